"""The children of a day, as staff see them at the door and as their families do from afar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.people.consents import missing_for
from hub.people.models import Child, Consent
from scheduling.attendance.child_news import relation_of, relations_to
from scheduling.attendance.fetching import Fetching, homegoers, who_may_fetch
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


@dataclass(frozen=True)
class ChildHere:
    booking: Booking
    attendance: ChildAttendance
    """Empty where nothing was noted."""
    fetching: Sequence[Fetching]
    may_go_alone: bool
    no_photo: bool
    has_note: bool
    """There is something to know of its health: opened by its own reading, which is kept."""
    wrong_codes: int
    """How often a wrong code was said to the tablet."""


def children_of_day(*, actor: Actor, hub: int, day: dt.date) -> dict[int, list[ChildHere]]:
    """By session. Six queries for any number."""
    rows = visible(actor, "note_children", Booking.objects.filter(state=Booking.State.BOOKED)).filter(
        session__hub=hub,
        session__state=Session.State.PLANNED,
        session__starts_at__gte=clock.at(day),
        session__starts_at__lt=clock.at(day, clock.MINUTES_A_DAY),
        participant__child__isnull=False,
    )
    found = list(
        rows.select_related(
            "session", "participant__child__family__guardian", "attendance__fetched_by", "attendance__by"
        ).order_by("participant__name", "pk")
    )
    children = [row.participant.child for row in found]
    fetching, alone = who_may_fetch(children), homegoers(children)
    no_photo = missing_for([one.person_id for one in children], Consent.Kind.PHOTO)
    noted, tries = _with_note(children), _wrong_codes(found)
    by_session: dict[int, list[ChildHere]] = {}
    for row, child in zip(found, children, strict=True):
        here = ChildHere(
            booking=row,
            attendance=getattr(row, "attendance", None) or ChildAttendance(booking=row),
            fetching=fetching[child.pk],
            may_go_alone=child.pk in alone,
            no_photo=child.person_id in no_photo,
            has_note=child.pk in noted,
            wrong_codes=tries.get(row.pk, 0),
        )
        by_session.setdefault(row.session_id, []).append(here)
    return by_session


def _with_note(children: Collection[Child]) -> set[int]:
    rows = Child.objects.filter(pk__in=[one.pk for one in children]).exclude(care_note="")
    return set(rows.values_list("pk", flat=True))


def _wrong_codes(rows: Collection[Booking]) -> dict[int, int]:
    tries = AttendanceEvent.objects.filter(booking__in=rows, kind=AttendanceEvent.Kind.TRY)
    return dict(tries.values_list("booking").annotate(Count("pk")))


def loose_children(*, actor: Actor, hub: int, day: dt.date) -> list[AttendanceEvent]:
    """What a tablet told of children that does not fit, until staff have looked: in order of time."""
    told = AttendanceEvent.objects.filter(
        kind__in=(AttendanceEvent.Kind.IN, AttendanceEvent.Kind.OUT),
        hub=hub,
        at__gte=clock.at(day),
        at__lt=clock.at(day, clock.MINUTES_A_DAY),
        voided_by=None,
    )
    rows = visible(actor, "set_aside", told.exclude(doubt=""))
    return list(rows.select_related("booking__participant", "fetched_by", "device").order_by("at", "pk"))


@dataclass(frozen=True)
class Came:
    attendance: ChildAttendance
    relation: str
    """Of whoever fetched the child."""


def came_today(actor: Actor) -> list[Came]:
    """My children who came today, whoever noted it: the last first."""
    children = visible(actor, "guard", Child.objects.all()).values("person")
    today = clock.at(clock.today())
    rows = ChildAttendance.objects.filter(booking__participant__in=children, arrived_at__gte=today)
    rows = rows.select_related(
        "fetched_by", "booking__session__program", "booking__session__hub", "booking__participant__child__family"
    )
    found = [(row, row.booking.participant.child) for row in rows.order_by("-arrived_at", "-pk")]
    relations = relations_to({(child.family_id, row.fetched_by_id) for row, child in found if row.fetched_by_id})
    return [Came(row, relation_of(child, row.fetched_by_id or 0, relations)) for row, child in found]
