"""Agencies that live in hubs, and what they did there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import Agency, Hub, Residency
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.bookings.models import Booking
from scheduling.residency.counting import ROOM_MINUTES
from scheduling.residency.models import Agreement, Closing, Correction, Indicator, Turnout
from scheduling.sessions.claims import place, room_resource
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from tests.hours.factories import make_work
from tests.support.make import (
    make_agency,
    make_child,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_session,
    make_volunteer,
)
from volunteers.hours.models import ServiceRecord
from volunteers.hours.records import enter
from volunteers.models import Volunteer

DECEMBER, NOVEMBER, OCTOBER = dt.date(2026, 12, 1), dt.date(2026, 11, 1), dt.date(2026, 10, 1)
MIDDLE = clock.at(dt.date(2026, 12, 16), 12 * 60)
"""Now, in these tests: half of December has passed."""


def make_stay(*, agency: Agency | None = None, hub: Hub | None = None, **values: Any) -> Residency:
    return Residency.objects.create(agency=agency or make_agency(), hub=hub or make_hub(), **values)


def make_agreement(stay: Residency, *, valid_from: dt.date = OCTOBER, **values: Any) -> Agreement:
    defaults = {"owed": {}, "by": make_person(Role.ADMINISTRATOR), "at": clock.now()}
    return Agreement.objects.create(residency=stay, valid_from=valid_from, **defaults | values)


def make_held(stay: Residency, **values: Any) -> Session:
    """A session of the agency at the hub, with its room if one is named. Nothing is recorded of it yet."""
    program = values.pop("program", None) or make_program(agency=stay.agency)
    session = make_session(**{"program": program, "hub": stay.hub} | values)
    if session.room_id:
        place(session=session, resource=room_resource(session.room_id))
    return session


def come(session: Session, child: Person | None = None, *, arrived: bool = True) -> Booking:
    """A child with a place, who came (or did not, so far)."""
    now = clock.now()
    values = {"state": Booking.State.BOOKED, "created_at": now, "changed_at": now}
    booking = Booking.objects.create(session=session, participant=child or make_child().person, **values)
    if arrived:
        ChildAttendance.objects.create(booking=booking, arrived_at=session.starts_at, changed_at=now)
    return booking


def take_place(session: Session, volunteer: Volunteer | None = None, *, came: bool = False) -> Assignment:
    now = clock.now()
    row = Assignment.objects.create(
        need=session.needs.first() or make_need(session=session),
        session=session,
        volunteer=volunteer or make_volunteer(),
        state=Assignment.State.ACCEPTED,
        source=Assignment.Source.HAND,
        created_at=now,
        changed_at=now,
    )
    if came:
        Attendance.objects.create(assignment=row, signed_in_at=session.starts_at, changed_at=now)
    return row


def record_hours(session: Session, *, state: str = ServiceRecord.State.CONFIRMED) -> ServiceRecord:
    work = make_work(program=session.program, hub=session.hub, session_uid=session.uid)
    record = enter(
        volunteer=make_volunteer(),
        work=work,
        started_at=work.starts_at,
        ended_at=work.ends_at,
        by=None,
        source="scan",
    )
    minutes = int((session.ends_at - session.starts_at).total_seconds()) // 60
    window = {"starts_at": session.starts_at, "ends_at": session.ends_at}
    ServiceRecord.objects.filter(pk=record.pk).update(state=state, minutes=minutes, **window)
    record.refresh_from_db()
    return record


def count_people(session: Session, visits: int, newcomers: int = 0) -> Turnout:
    values = {"visits": visits, "newcomers": newcomers, "by": make_person(), "at": clock.now()}
    return Turnout.objects.create(session=session, **values)


def make_closed(stay: Residency, *, month: dt.date = OCTOBER, **done: int) -> tuple[Closing, Correction]:
    """A month closed over these figures, and a correction that the agency proposes."""
    figures = {
        "agreement": None,
        "owed": {},
        "done": dict.fromkeys((*Indicator.values, ROOM_MINUTES), 0) | done,
        "granted": None,
    }
    closing = Closing.objects.create(residency=stay, month=month, closed_at=clock.now(), figures=figures)
    words = {"figure": "sessions", "change": 1, "reason": "漏记一场", "side": "agency"}
    return closing, Correction.objects.create(closing=closing, by=make_person(), at=clock.now(), **words)
