"""The sign-in sheet of a session, from what was noted at the door and of hours: who was there, when, who says so."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from scheduling.attendance.hours import SOURCES
from scheduling.attendance.models import Attendance, AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.hours.models import ServiceRecord

MISSED = "missed"
NOTHING = ""


@dataclass(frozen=True)
class Line:
    name: str
    role: str
    """A volunteer's; empty for a child."""
    came: dt.datetime | None
    went: dt.datetime | None
    how: str
    """scan, card, hand, assumed, back_entry, missed; empty where nothing was noted."""
    by: str
    """Who noted it by hand."""


@dataclass(frozen=True)
class SignInSheet:
    volunteers: Sequence[Line] = ()
    children: Sequence[Line] = ()

    @property
    def volunteers_there(self) -> int:
        return sum(line.came is not None for line in self.volunteers)

    @property
    def children_there(self) -> int:
        return sum(line.came is not None for line in self.children)


def sheets_of(sessions: Collection[Session]) -> dict[int, SignInSheet]:
    """By session. Three queries for any number."""
    keys = [one.pk for one in sessions]
    records = _records([one.uid for one in sessions])
    volunteers: dict[int, list[Line]] = defaultdict(list)
    places = Assignment.objects.filter(session__in=keys, state__in=Assignment.ACTIVE)
    places = places.select_related("session", "need", "volunteer__person", "attendance__by")
    for place in places.order_by("session", "need__position", "pk"):
        record = records.get((place.session.uid, place.volunteer_id))
        volunteers[place.session_id].append(_volunteer(place, getattr(place, "attendance", None), record))
    children: dict[int, list[Line]] = defaultdict(list)
    bookings = Booking.objects.filter(session__in=keys, state=Booking.State.BOOKED)
    bookings = bookings.select_related("participant", "attendance__by")
    for booking in bookings.order_by("session", "participant__name", "pk"):
        children[booking.session_id].append(_child(booking, getattr(booking, "attendance", None)))
    return {key: SignInSheet(volunteers[key], children[key]) for key in keys}


def _records(uids: Collection[UUID]) -> dict[tuple[UUID, int], ServiceRecord]:
    rows = ServiceRecord.objects.filter(session_uid__in=uids).exclude(state=ServiceRecord.State.REJECTED)
    return {(one.session_uid, one.volunteer_id): one for one in rows.select_related("entered_by")}


def _volunteer(place: Assignment, noted: Attendance | None, record: ServiceRecord | None) -> Line:
    name, role = place.volunteer.person.name, place.need.role
    if noted and noted.missed:
        return Line(name, role, None, None, MISSED, _name(noted))
    if noted and noted.signed_in_at:
        by_hand = AttendanceEvent.How.HAND in (noted.how, noted.how_out)
        how = SOURCES[AttendanceEvent.How(noted.how)]
        return Line(name, role, noted.signed_in_at, noted.signed_out_at, how, _name(noted) if by_hand else "")
    if record:
        by = record.entered_by.name if record.entered_by else ""
        return Line(name, role, record.started_at, record.ended_at, record.source, by)
    return Line(name, role, None, None, NOTHING, "")


def _child(booking: Booking, noted: ChildAttendance | None) -> Line:
    came = noted.arrived_at if noted else None
    how = "hand" if came and noted and noted.by_id else "card" if came else NOTHING
    return Line(booking.participant.name, "", came, noted.left_at if noted else None, how, _name(noted))


def _name(noted: Attendance | ChildAttendance | None) -> str:
    return noted.by.name if noted and noted.by else ""
