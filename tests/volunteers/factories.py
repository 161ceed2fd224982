"""Wishes of volunteers, and dates that differ from their week."""

from __future__ import annotations

import datetime as dt

from hub import clock
from scheduling.sessions.models import Session
from tests.support.make import MONDAY, make_session, make_volunteer
from volunteers.models import Absence, BusyCalendar, ExtraTime, OwnWeek, StandingShift, Volunteer
from volunteers.wishes import make_standing


def make_standing_shift(*, volunteer: Volunteer | None = None, session: Session | None = None) -> StandingShift:
    """By the volunteer's own word, of a session's weekday and time."""
    volunteer, session = volunteer or make_volunteer(), session or make_session()
    return make_standing(
        volunteer=volunteer,
        program=session.program,
        hub=session.hub,
        starts_at=session.starts_at,
        by=volunteer.person,
    )


def make_absence(volunteer: Volunteer, *, day: dt.date = MONDAY, start: int = 0, end: int = 1440) -> Absence:
    """On `day`, between these minutes after local midnight; the end may lie on a later day."""
    return Absence.objects.create(volunteer=volunteer, starts_at=clock.at(day, start), ends_at=clock.at(day, end))


def make_extra_time(volunteer: Volunteer, *, day: dt.date = MONDAY, start: int = 0, end: int = 1440) -> ExtraTime:
    return ExtraTime.objects.create(volunteer=volunteer, starts_at=clock.at(day, start), ends_at=clock.at(day, end))


def make_own_week(volunteer: Volunteer, windows: list[list[int]], *, week: dt.date = MONDAY) -> OwnWeek:
    return OwnWeek.objects.create(volunteer=volunteer, week=week, availability=windows)


def make_busy_calendar(volunteer: Volunteer) -> BusyCalendar:
    now = clock.now()
    return BusyCalendar.objects.create(volunteer=volunteer, name="work.ics", read_at=now, tried_at=now)
