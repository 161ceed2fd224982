"""Children's sessions that lack adults."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.people.models import Role
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from tests.bookings.factories import make_reading
from tests.support.make import make_need, make_person, make_volunteer

HOUR = dt.timedelta(hours=1)


def short_session(*, target: int = 2, **values: object) -> tuple[Session, Need]:
    """At four in the afternoon, two adults needed, one confirmed."""
    duty = make_person(Role.SOCIAL_WORKER)
    session = make_reading(**{"start": 16 * 60, "places": 9, "duty_worker": duty} | values)
    return session, make_need(session=session, min=1, target=target, clearance="child")


def place_in(need: Need, state: str = "accepted") -> Assignment:
    now = clock.now()
    return Assignment.objects.create(
        need=need, session=need.session, volunteer=make_volunteer(), state=state, source="hand",
        created_at=now, changed_at=now,
    )  # fmt: skip
