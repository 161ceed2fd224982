"""Children coming and going, as staff note it. Nothing is overwritten: what was noted before stays on record.

Locks: person, session, topic.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child, Person
from scheduling.attendance.child_settling import settle_child
from scheduling.attendance.fetching import check_fetching
from scheduling.attendance.folding import EARLIEST, How, Kind
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session


@transaction.atomic
def arrive(*, booking: int, by: Person) -> ChildAttendance:
    """The child is here. Again is harmless.

    Refused: not_found, no_place, session_cancelled, too_early, session_over.
    """
    row, _ = _hold(booking)
    now, session = clock.now(), row.session
    found = ChildAttendance.objects.filter(booking=row).first()
    if found and found.arrived_at and not found.left_at:
        return found
    if now < session.starts_at - EARLIEST:
        minutes = EARLIEST // dt.timedelta(minutes=1)
        raise Refused("too_early", starts_at=clock.local(session.starts_at).isoformat(), minutes=minutes)
    if now >= session.ends_at:
        raise Refused("session_over", session=session.pk)
    _note(row, Kind.IN, by=by)
    return settle_child(row, by=by)


@transaction.atomic
def leave(*, booking: int, fetched_by: int | None, code: str = "", known: bool = False, by: Person) -> ChildAttendance:
    """The child goes: with one who may fetch it (a person's id), or alone where a guardian agreed to that. Again is
    harmless.

    Refused: not_found, no_place, session_cancelled, not_here, and what check_fetching refuses.
    """
    row, child = _hold(booking)
    found = ChildAttendance.objects.filter(booking=row).first()
    if found is None or found.arrived_at is None:
        raise Refused("not_here")
    if found.left_at:
        return found
    said = check_fetching(child, person=fetched_by, code=code, known=known)
    _note(row, Kind.OUT, by=by, fetched_by=fetched_by, code_said=said)
    return settle_child(row, by=by)


@transaction.atomic
def take_back(*, booking: int, by: Person) -> ChildAttendance:
    """What was noted was another child's: nothing is known of this one. Refused: not_found, no_place, not_here."""
    row, _ = _hold(booking)
    found = ChildAttendance.objects.filter(booking=row).first()
    if found is None or found.arrived_at is None:
        raise Refused("not_here")
    _note(row, Kind.CORRECTED, by=by)
    return settle_child(row, by=by)


def _hold(booking: int) -> tuple[Booking, Child]:
    row = Booking.objects.select_related("participant__child__family__guardian").filter(pk=booking).first()
    child: Child | None = getattr(row.participant, "child", None) if row else None
    if row is None or child is None:
        raise Refused("not_found", model="booking", id=booking)
    lock_people([row.participant_id])
    lock_session(row.session_id)
    row.refresh_from_db(fields=["state"])
    row.session = Session.objects.select_related("program", "hub").get(pk=row.session_id)
    if row.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if row.state != Booking.State.BOOKED:
        raise Refused("no_place")
    return row, child


def _note(row: Booking, kind: str, *, by: Person, fetched_by: int | None = None, code_said: bool = False) -> None:
    now = clock.now()
    event = AttendanceEvent.objects.create(
        kind=kind,
        how=How.HAND,
        hub=row.session.hub,
        booking=row,
        fetched_by_id=fetched_by,
        code_said=code_said,
        at=now,
        received_at=now,
        by=by,
    )
    append(
        action=f"child.{event.kind}",
        subject=event,
        actor_id=by.pk,
        for_id=row.participant_id,
        hub_id=event.hub_id,
        booking=row.pk,
        code_said=code_said,
    )
