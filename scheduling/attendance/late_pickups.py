"""Children whom nobody fetched: some minutes after the end their family gets a message; later staff see them on top of
今天, with whom to call. The figures are settings (LATE_PICKUP_MINUTES)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.notify import outbox
from hub.people.names import given_name
from scheduling.attendance.fetching import Fetching, who_may_fetch
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import lock_session

FORGOTTEN_AFTER = dt.timedelta(hours=8)
"""Nobody waits so long: their going was not noted."""


def awaited_children() -> QuerySet[ChildAttendance]:
    """Those who came, did not go, and whose session is not long over. Who came to a later one waits for its end."""
    later = ChildAttendance.objects.filter(
        booking__participant=OuterRef("booking__participant"),
        booking__session__starts_at__gt=OuterRef("booking__session__starts_at"),
        arrived_at__isnull=False,
    )
    return ChildAttendance.objects.filter(
        ~Exists(later),
        arrived_at__isnull=False,
        left_at=None,
        booking__session__ends_at__gt=clock.now() - FORGOTTEN_AFTER,
        booking__session__state="planned",
    )


def _after_end(minutes: int) -> QuerySet[ChildAttendance]:
    return awaited_children().filter(booking__session__ends_at__lte=clock.now() - dt.timedelta(minutes=minutes))


def _untold(minutes: int) -> QuerySet[ChildAttendance]:
    """Not where a tablet saw the child go at a time that can't be true: that is staff's to find out."""
    going = AttendanceEvent.objects.filter(
        booking=OuterRef("booking"),
        kind=AttendanceEvent.Kind.OUT,
        doubt=AttendanceEvent.Doubt.CLOCK_OFF,
        voided_by=None,
    )
    return _after_end(minutes).filter(~Exists(going), late_told_at=None)


def tell_families() -> int:
    """Of each child once; how many. Each session in a transaction of its own."""
    minutes, _ = settings.LATE_PICKUP_MINUTES
    late = _untold(minutes)
    sessions = late.order_by().values_list("booking__session", flat=True).distinct()
    return sum(_tell(session, minutes) for session in list(sessions))


@transaction.atomic
def _tell(session: int, minutes: int) -> int:
    lock_session(session)
    late = _untold(minutes).filter(booking__session=session)
    rows = list(late.select_related("booking__participant__child__family__guardian", "booking__session__hub"))
    people = who_may_fetch([row.booking.participant.child for row in rows])
    drafts = []
    for row in rows:
        booking = row.booking
        for one in people[booking.participant.child.pk]:
            if one.person.phone:
                drafts.append(
                    outbox.Draft(
                        to_id=one.person.pk,
                        template="child_waits",
                        variables={"children": given_name(booking.participant.name), "hub": booking.session.hub.name},
                        dedupe_key=f"child_waits:{booking.pk}:{one.person.pk}",
                    )
                )
        append(
            action="child.late_told",
            subject=booking,
            actor_id=None,
            for_id=booking.participant_id,
            hub_id=booking.session.hub_id,
        )
    outbox.queue_all(drafts)
    ChildAttendance.objects.filter(pk__in=[row.pk for row in rows]).update(late_told_at=clock.now())
    return len(rows)


def late_for(actor: Actor) -> list[ChildAttendance]:
    """For 今天: the longest waiting first."""
    _, minutes = settings.LATE_PICKUP_MINUTES
    mine = visible(actor, "note_children", Booking.objects.all())
    rows = _after_end(minutes).filter(booking__in=mine)
    found = rows.select_related("booking__participant", "booking__session__program", "booking__session__hub")
    return list(found.order_by("booking__session__ends_at", "pk"))


@transaction.atomic
def numbers_to_call(*, booking: Booking, actor: Actor) -> Sequence[Fetching]:
    """Whom to call of a child that is here. That they were looked up is in the journal. Refused: not_here."""
    here = ChildAttendance.objects.filter(booking=booking, arrived_at__isnull=False, left_at=None)
    row = here.select_related("booking__participant__child__family__guardian").first()
    if row is None:
        raise Refused("not_here")
    append(
        action="child.numbers_read",
        subject=booking,
        actor_id=actor.person.pk,
        for_id=booking.participant_id,
        hub_id=booking.session.hub_id,
    )
    child = row.booking.participant.child
    return [one for one in who_may_fetch([child])[child.pk] if one.person.phone]
