"""Wishes of volunteers."""

from __future__ import annotations

from scheduling.sessions.models import Session
from tests.support.make import make_session, make_volunteer
from volunteers.models import StandingShift, Volunteer
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
