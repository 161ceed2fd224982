"""The figures once more, row by row and without a query language: what residency.counting must come to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from hub import clock
from hub.places.models import Hub, Residency
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.residency.models import Casework, Turnout
from scheduling.sessions.models import Claim, Session
from scheduling.signups.models import Assignment
from volunteers.hours.models import ServiceRecord

Figures = dict[str, int]


def lives_at(agency: int, hub: Hub) -> Residency | None:
    for place in (hub, hub.parent):
        if place and (stay := Residency.objects.filter(agency=agency, hub=place).first()):
            return stay
    return None


def recount(stay: Residency, month: dt.date) -> tuple[Figures, Figures, Figures]:
    """Done, pending, coming; zeros left out."""
    now = clock.now()
    done: Figures = defaultdict(int)
    pending: Figures = defaultdict(int)
    coming: Figures = defaultdict(int)

    def in_month(moment: dt.datetime) -> bool:
        return clock.local(moment).date().replace(day=1) == month

    came: set[int] = set()
    expected: set[int] = set()
    for session in Session.objects.select_related("hub__parent", "program"):
        if session.state != "planned" or not in_month(session.starts_at):
            continue
        if session.program.agency_id != stay.agency_id or lives_at(stay.agency_id, session.hub) != stay:
            continue
        over = session.ends_at <= now
        recorded = ServiceRecord.objects.filter(session_uid=session.uid).exclude(state="rejected").exists()
        minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
        for booking in Booking.objects.filter(session=session, state="booked"):
            seen = ChildAttendance.objects.filter(booking=booking, arrived_at__isnull=False).exists()
            recorded |= seen
            if seen:
                done["visits"] += 1
                came.add(booking.participant_id)
            elif not over:
                coming["visits"] += 1
                expected.add(booking.participant_id)
        for place in Assignment.objects.filter(session=session):
            recorded |= Attendance.objects.filter(assignment=place, signed_in_at__isnull=False).exists()
            if not over and place.state in ("published", "accepted"):
                coming["volunteer_minutes"] += minutes
        for turnout in Turnout.objects.filter(session=session):
            recorded |= turnout.visits > 0
            done["visits"] += turnout.visits
            done["people"] += turnout.newcomers
        (coming if not over else done if recorded else pending)["sessions"] += 1
        if any(one.resource.startswith("room:") for one in Claim.objects.filter(session=session)):
            (done if over else coming)["room_minutes"] += minutes
    done["people"] += len(came)
    coming["people"] += len(expected - came)
    for record in ServiceRecord.objects.select_related("hub__parent", "program"):
        if in_month(record.starts_at) and lives_at(record.program.agency_id, record.hub) == stay:
            if record.state == "confirmed":
                done["volunteer_minutes"] += record.minutes
            elif record.state != "rejected":
                pending["volunteer_minutes"] += record.minutes
    for case in Casework.objects.filter(residency=stay):
        if case.day.replace(day=1) == month:
            (done if case.confirmed_at else pending)["casework"] += case.count
    return tuple({name: value for name, value in one.items() if value} for one in (done, pending, coming))  # type: ignore[return-value]
