"""From attendance to hours: what is complete is entered, once. The hours' own room caps, confirms and corrects them."""

from __future__ import annotations

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.signups.models import Assignment
from volunteers.hours.records import Work, enter

How = AttendanceEvent.How
SOURCES = {How.QR: "scan", How.DEVICE: "card", How.HAND: "hand", How.ASSUMED: "assumed"}
LEAST_CERTAIN = (How.ASSUMED, How.HAND, How.DEVICE, How.QR)


def work_of(row: Assignment) -> Work:
    session = row.session
    return Work(
        session_uid=session.uid,
        title=session.program.name,
        role=row.need.role,
        program=session.program,
        hub=session.hub,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        in_charge=session.duty_worker,
    )


def source_of(attendance: Attendance) -> str:
    """A record is as good as the weaker of its ends."""
    ends = {attendance.how, attendance.how_out}
    return SOURCES[next(how for how in LEAST_CERTAIN if how in ends)]


def enter_hours(attendance: Attendance, *, closed: bool = False, by: Person | None = None) -> None:
    """What is entered stays as it is, so nothing is before it is complete: they went at the end or later, or (`closed`)
    staff or time have closed the session over what was noted. Once."""
    row, came, went = attendance.assignment, attendance.signed_in_at, attendance.signed_out_at
    session = row.session
    if attendance.hours_entered_at or came is None or went is None or (went < session.ends_at and not closed):
        return
    if min(went, session.ends_at) <= max(came, session.starts_at):
        return  # not a minute of the session
    try:
        enter(
            volunteer=row.volunteer,
            work=work_of(row),
            started_at=came,
            ended_at=went,
            by=by or attendance.by,
            source=source_of(attendance),
        )
    except Refused as refused:
        # Too late for staff's word alone. Who came is noted all the same, and what the hours ask for is said.
        if refused.code not in attendance.doubts:
            attendance.doubts = [*attendance.doubts, refused.code]
            attendance.save(update_fields=["doubts"])
        return
    attendance.hours_entered_at = clock.now()
    attendance.save(update_fields=["hours_entered_at"])
