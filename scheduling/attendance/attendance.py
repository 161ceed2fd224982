"""Signing people in and out by hand, and 未到: what staff say happened, marked as theirs. Nothing is overwritten: what
was noted before stays on record.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from scheduling.attendance.folding import EARLIEST, LATEST, How, Kind
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.attendance.noting import hold, note, record_deed, settle
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment


@transaction.atomic
def sign_in(*, assignment: int, by: Person, at: dt.datetime | None = None) -> Attendance:
    """They came, now or when `by` says. Again is harmless.

    Refused: no_place, session_cancelled, not_for_oneself, in_future, too_early, too_late, over_say_when (after the end
    without a time: nobody comes then).
    """
    row, found = _open(assignment, by=by)
    if at is None and clock.now() >= row.session.ends_at:
        raise Refused("over_say_when")
    if found and found.signed_in_at and not found.signed_out_at:
        return found
    note(kind=Kind.IN, how=How.HAND, assignment=row, at=moment_at(row.session, at), by=by)
    return settle([row])[row.pk]


@transaction.atomic
def sign_out(*, assignment: int, by: Person, at: dt.datetime | None = None) -> Attendance:
    """They went. Refused as sign_in is, and not_signed_in, out_before_in."""
    row, found = _open(assignment, by=by)
    came = found.signed_in_at if found else None
    if came is None:
        raise Refused("not_signed_in")
    moment = moment_at(row.session, at)
    if moment < came:
        raise Refused("out_before_in")
    note(kind=Kind.OUT, how=How.HAND, assignment=row, at=moment, by=by)
    return settle([row])[row.pk]


@transaction.atomic
def correct(
    *, assignment: int, signed_in_at: dt.datetime | None, signed_out_at: dt.datetime | None, by: Person
) -> Attendance:
    """These times stand in the place of all that was noted; none at all says that nothing is known.

    Refused as sign_in is, and out_before_in, not_signed_in (a going without a coming).
    """
    row, _ = _open(assignment, by=by)
    times = [(Kind.IN, signed_in_at), (Kind.OUT, signed_out_at)]
    moments = [(kind, moment_at(row.session, at)) for kind, at in times if at]
    if signed_out_at and not signed_in_at:
        raise Refused("not_signed_in")
    if signed_in_at and signed_out_at and signed_out_at < signed_in_at:
        raise Refused("out_before_in")
    note(kind=Kind.CORRECTED, how=How.HAND, assignment=row, at=clock.now(), by=by)
    for kind, at in moments:
        note(kind=kind, how=How.HAND, assignment=row, at=at, by=by)
    return settle([row])[row.pk]


@transaction.atomic
def mark_missed(*, assignment: int, by: Person) -> Attendance:
    """未到, confirmed by staff once the session is over: noted without blame, and bars nobody from anything. Again is
    harmless; `correct` takes it back.

    Refused: not_over_yet, was_here, and what sign_in refuses.
    """
    row, found = _open(assignment, by=by)
    if row.session.ends_at > clock.now():
        raise Refused("not_over_yet")
    if found and found.signed_in_at:
        raise Refused("was_here")
    if found and found.missed:
        return found
    note(kind=Kind.MISSED, how=How.HAND, assignment=row, at=row.session.ends_at, by=by)
    return settle([row])[row.pk]


@transaction.atomic
def set_aside(*, event: AttendanceEvent, by: Person) -> None:
    """Staff looked at a sighting that fits no place: it counts for nothing and stays on record. Again is harmless."""
    if AttendanceEvent.objects.filter(voids=event).exists():
        return
    now = clock.now()
    void = AttendanceEvent.objects.create(
        kind=Kind.VOID, how=How.HAND, hub=event.hub, at=now, received_at=now, by=by, voids=event
    )
    record_deed(void, by=by)


def _open(assignment: int, *, by: Person) -> tuple[Assignment, Attendance | None]:
    row = hold(assignment)
    if row.volunteer.person_id == by.pk:
        raise Refused("not_for_oneself")
    return row, Attendance.objects.filter(assignment=row).first()


def moment_at(session: Session, at: dt.datetime | None, *, latest: dt.timedelta = LATEST) -> dt.datetime:
    """Now, or the time that was said, where it can be true. Refused: in_future, too_early, too_late."""
    now = clock.now()
    at = at or now
    if at > now:
        raise Refused("in_future")
    if at < session.starts_at - EARLIEST:
        raise Refused("too_early", starts_at=clock.local(session.starts_at).isoformat(), minutes=_minutes(EARLIEST))
    if at > session.ends_at + latest:
        raise Refused("too_late", ends_at=clock.local(session.ends_at).isoformat())
    return at


def _minutes(span: dt.timedelta) -> int:
    return span // dt.timedelta(minutes=1)
