"""A Saturday's children's sessions that lack people, and who could help."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.people.models import Person, Role
from scheduling.sessions.claims import person_resource, place
from scheduling.sessions.models import Need, Session
from scheduling.signups.models import Assignment
from tests.bookings.factories import make_reading
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_need, make_person
from volunteers.models import Clearance, Volunteer

SATURDAY = MONDAY + dt.timedelta(days=5)
TEN = 10 * 60


def make_reader(**values: Any) -> Volunteer:
    """Checked for the whole year."""
    volunteer = make_regular(**values)
    Clearance.objects.create(
        volunteer=volunteer, kind="child", checked_on=dt.date(2026, 1, 5), valid_until=dt.date(2027, 1, 4)
    )
    return volunteer


def make_morning(*, readers: int = 0, least: int = 1, target: int = 3, **values: Any) -> tuple[Session, Need]:
    """A reading on Saturday at ten with a worker on duty, and so many who said they come."""
    duty = make_person(Role.SOCIAL_WORKER)
    session = make_reading(**{"day": SATURDAY, "start": TEN, "places": 30, "duty_worker": duty} | values)
    if session.duty_worker_id:
        place(session=session, resource=person_resource(session.duty_worker_id), exclusive=False)
    need = make_need(session=session, role="领读员", min=least, target=target, clearance="child")
    for _ in range(readers):
        take(need, make_reader())
    return session, need


def serving(session: Session) -> list[tuple[int, str]]:
    """(volunteer id, state) of who holds a place."""
    rows = Assignment.objects.filter(session=session, state__in=Assignment.ACTIVE).order_by("pk")
    return list(rows.values_list("volunteer", "state"))


def worker_of(session: Session, **values: Any) -> Person:
    """A social worker of the session's agency."""
    return make_person(Role.SOCIAL_WORKER, agency=session.program.agency, **values)
