"""Children coming and going, as staff note it. Nothing is overwritten: what was noted before stays on record.

Locks: person, session, topic.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Child, Person
from scheduling.attendance.attendance import moment_at
from scheduling.attendance.child_settling import hold_children, record_deeds, settle_children
from scheduling.attendance.fetching import check_fetching
from scheduling.attendance.folding import EARLIEST, How, Kind
from scheduling.attendance.late_pickups import FORGOTTEN_AFTER
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
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
    return _settle(row)


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
    return _settle(row)


@transaction.atomic
def take_back(*, booking: int, by: Person) -> ChildAttendance:
    """What was noted was another child's: nothing is known of this one. Refused: not_found, no_place, not_here."""
    row, _ = _hold(booking)
    found = ChildAttendance.objects.filter(booking=row).first()
    if found is None or found.arrived_at is None:
        raise Refused("not_here")
    _note(row, Kind.CORRECTED, by=by)
    return _settle(row)


@transaction.atomic
def correct(
    *, booking: int, arrived_at: dt.datetime | None, left_at: dt.datetime | None, fetched_by: int | None, by: Person
) -> ChildAttendance:
    """Said afterwards: these times, and with whom the child went, stand in the place of all that was noted; none at all
    says that nothing is known. Staff's word stands in for a code that was not said then.

    Refused: not_found, no_place, session_cancelled, not_here (a going without a coming), out_before_in, and what
    moment_at and check_fetching refuse.
    """
    row, child = _hold(booking)
    before = ChildAttendance.objects.filter(booking=row).first()
    came, went = (at and moment_at(row.session, at, latest=FORGOTTEN_AFTER) for at in (arrived_at, left_at))
    if went and not came:
        raise Refused("not_here")
    if came and went and went < came:
        raise Refused("out_before_in")
    if went:
        check_fetching(child, person=fetched_by, code="", known=True)
    _note(row, Kind.CORRECTED, by=by)
    if came:
        _note(row, Kind.IN, by=by, at=came)
    if went:
        said = bool(before and before.code_said and before.fetched_by_id == fetched_by)
        _note(row, Kind.OUT, by=by, at=went, fetched_by=fetched_by, code_said=said)
    return _settle(row)


def _hold(booking: int) -> tuple[Booking, Child]:
    row = next(iter(hold_children([booking])), None)
    if row is None:
        raise Refused("not_found", model="booking", id=booking)
    if row.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if row.state != Booking.State.BOOKED:
        raise Refused("no_place")
    return row, row.participant.child


def _note(
    row: Booking,
    kind: str,
    *,
    by: Person,
    at: dt.datetime | None = None,
    fetched_by: int | None = None,
    code_said: bool = False,
) -> None:
    now = clock.now()
    event = AttendanceEvent.objects.create(
        kind=kind,
        how=How.HAND,
        hub=row.session.hub,
        booking=row,
        fetched_by_id=fetched_by,
        code_said=code_said,
        at=at or now,
        received_at=now,
        by=by,
    )
    record_deeds([event], [row])


def _settle(row: Booking) -> ChildAttendance:
    return settle_children([row])[row.pk]
