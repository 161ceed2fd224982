"""What stands in a calendar, and a stamp that says whether any of it changed without reading it.

Cancelled sessions, places given back and places taken away stay in as CANCELLED, so that calendar programs strike them
out: as long as their session is in the window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.people.models import Family
from hub.people.names import given_name
from scheduling.bookings.models import Booking
from scheduling.bookings.permissions import families_of
from scheduling.calendars.content import Content
from scheduling.calendars.family_days import days_of, with_days
from scheduling.calendars.ics import Entry, Status
from scheduling.calendars.scopes import Scope, Target, session_filter
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

PAST = dt.timedelta(weeks=13)
"""At least 90 days; by whole weeks, so that a feed does not change every day."""
AHEAD = dt.timedelta(weeks=52)
MOST_ENTRIES = 2000

SESSION = (
    "uid", "state", "starts_at", "ends_at", "sequence", "created_at", "changed_at", "program__name",
    "program__agency__name", "hub__name", "hub__address", "hub__latitude", "hub__longitude", "room__name",
)  # fmt: skip
BESIDE = tuple(f"session__{name}" for name in SESSION)


class Facts(NamedTuple):
    """A session's columns, whichever table they were reached from."""

    uid: Any
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    program: str
    agency: str
    hub: str
    address: str
    latitude: float | None
    longitude: float | None
    room: str | None


def _window() -> tuple[dt.datetime, dt.datetime]:
    monday = clock.at(clock.monday_of(clock.today()))
    return monday - PAST, monday + AHEAD


def content_of(target: Target, actor: Actor | None, *, names: bool = False) -> Content:
    """`actor` none: everything, for the command line. `names`: children stand in their family's calendar by name."""
    first, last = _window()
    if target.scope == Scope.VOLUNTEER:
        places = Assignment.objects.filter(
            volunteer=target.scope_id, session__starts_at__gte=first, session__starts_at__lt=last
        )
        if actor:
            places = places.filter(volunteer__person=actor.person)
        return _personal(places, _shifts)
    if target.scope == Scope.FAMILY:
        bookings = Booking.objects.filter(
            participant__child__family=target.scope_id, session__starts_at__gte=first, session__starts_at__lt=last
        )
        if actor:
            mine = Family.objects.filter(families_of(actor))
            bookings = bookings.filter(participant__child__family__in=mine)
            if not mine.filter(pk=target.scope_id).exists():
                return _personal(bookings, lambda rows: _family_places(rows, names=names))
        return with_days(
            _personal(bookings, lambda rows: _family_places(rows, names=names)),
            days_of(target.scope_id, first, last),
            names=names,
        )
    sessions = Session.objects.filter(session_filter(target), starts_at__gte=first, starts_at__lt=last)
    if actor:
        sessions = visible(actor, "view", sessions)
    return Content(
        # The sum of revisions sees also a change that was committed after a later one.
        lambda: tuple(sessions.aggregate(n=Count("pk"), r=Sum("revision"), at=Max("changed_at")).values()),
        lambda: _sessions(sessions),
        lambda stamp: stamp[2],
    )


def _personal(rows: QuerySet[Any], read: Callable[[Any], list[Entry]]) -> Content:
    def stamp() -> tuple[object, ...]:
        found = rows.aggregate(
            n=Count("pk"),
            out=Count("pk", filter=Q(state__in=("declined", "released", "cancelled"))),
            sure=Count("pk", filter=Q(state__in=("accepted", "booked"))),
            r=Sum("session__revision"),
            at=Max("changed_at"),
            there=Max("session__changed_at"),
        )
        return tuple(found.values())

    def changed(stamp: tuple[Any, ...]) -> dt.datetime | None:
        return max((at for at in stamp[4:] if at), default=None)

    return Content(stamp, lambda: read(rows), changed)


def _entry(facts: Facts, *, summary: str, description: Iterable[str], path: str, status: Status, own: Own) -> Entry:
    address = " ".join(part for part in (facts.hub, facts.room) if part)
    located = facts.latitude is not None and facts.longitude is not None
    cancelled = facts.state == Session.State.CANCELLED
    return Entry(
        uid=str(facts.uid),
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        summary=summary,
        location=_("calendar.location") % {"place": address, "address": facts.address} if facts.address else address,
        description="\n".join(line for line in description if line),
        geo=(facts.latitude or 0.0, facts.longitude or 0.0) if located else None,
        url=f"{settings.PUBLIC_URL}{path}",
        status="CANCELLED" if cancelled else status,
        sequence=facts.sequence + own.sequence,
        created_at=own.created_at or facts.created_at,
        changed_at=max(facts.changed_at, own.changed_at or facts.changed_at),
    )


@dataclass(frozen=True)
class Own:
    """What a person's place adds to its session's dates. It has no counter: the seconds since it was made do."""

    created_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None

    @property
    def sequence(self) -> int:
        return int((self.changed_at - self.created_at).total_seconds()) if self.changed_at and self.created_at else 0


def _sessions(sessions: QuerySet[Session]) -> list[Entry]:
    rows = sessions.order_by("starts_at", "pk").values_list(*SESSION)[:MOST_ENTRIES]
    return [
        _entry(
            facts,
            summary=facts.program,
            description=[_("calendar.by_agency") % {"agency": facts.agency}],
            path="/",
            status="CONFIRMED",
            own=Own(),
        )
        for facts in map(Facts._make, rows)
    ]


def _by_session(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Facts, list[tuple[Any, ...]]]]:
    """Rows end in their session's columns. A session stands once, however many rows lead to it: UIDs are unique."""
    grouped: dict[Any, tuple[Facts, list[tuple[Any, ...]]]] = {}
    for row in rows:
        facts = Facts._make(row[-len(SESSION) :])
        grouped.setdefault(facts.uid, (facts, []))[1].append(row[: -len(SESSION)])
    return list(grouped.values())


def _shifts(places: QuerySet[Assignment]) -> list[Entry]:
    """The newest place counts: who said no and signed up again has two rows."""
    columns = ("state", "need__role", "created_at", "changed_at", "session__duty_worker__name", *BESIDE)
    rows = places.order_by("session__starts_at", "session", "pk").values_list(*columns)[:MOST_ENTRIES]
    entries = []
    for facts, mine in _by_session(rows):
        active = [row for row in mine if row[0] in Assignment.ACTIVE]
        state, role, _created, changed, worker = (active or mine)[-1]
        status: Status = "CANCELLED"
        if state in Assignment.ACTIVE:
            status = "CONFIRMED" if state == Assignment.State.ACCEPTED else "TENTATIVE"
        entries.append(
            _entry(
                facts,
                summary=_("calendar.shift") % {"program": facts.program, "role": role},
                description=[
                    _("calendar.please_answer") if status == "TENTATIVE" else "",
                    _("calendar.duty_worker") % {"name": worker} if worker else "",
                ],
                path="/shifts",
                status=status,
                own=Own(mine[0][2], max(changed, *(row[3] for row in mine))),
            )
        )
    return entries


def _family_places(bookings: QuerySet[Booking], *, names: bool) -> list[Entry]:
    """Siblings share an entry."""
    columns = ("state", "participant__name", "created_at", "changed_at", *BESIDE)
    rows = bookings.order_by("session__starts_at", "session", "pk").values_list(*columns)[:MOST_ENTRIES]
    entries = []
    for facts, mine in _by_session(rows):
        booked = [name for state, name, *_dates in mine if state == Booking.State.BOOKED]
        waiting = [name for state, name, *_dates in mine if state in (Booking.State.WAITING, Booking.State.OFFERED)]
        named = booked or waiting or list(dict.fromkeys(name for _state, name, *_dates in mine))
        status: Status = "CONFIRMED" if booked else "TENTATIVE" if waiting else "CANCELLED"
        entries.append(
            _entry(
                facts,
                summary=_("calendar.place") % {"program": facts.program, "children": _called(named)}
                if names
                else facts.program,
                description=[_waits(_called(waiting) if names else "") if waiting else ""],
                path="/family",
                status=status,
                own=Own(min(row[2] for row in mine), max(row[3] for row in mine)),
            )
        )
    return entries


def _waits(children: str) -> str:
    return _("calendar.waiting") % {"children": children} if children else _("calendar.waits")


def _called(names: Iterable[str]) -> str:
    return " ".join(given_name(name) for name in names)
