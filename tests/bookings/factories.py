"""Children's sessions, and families who book them."""

from __future__ import annotations

from typing import Any

from hub.people.models import Child, Person, Role
from scheduling.bookings.bookings import book
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from tests.support.make import make_child, make_person, make_program, make_session


def make_reading(**values: Any) -> Session:
    """A children's session with places, on a Monday in December."""
    if "program" not in values:
        values["program"] = make_program(kind="reading", age_min=6, age_max=12)
    return make_session(**{"places": 3} | values)


def make_guardian(children: int = 1) -> tuple[Person, list[Child]]:
    guardian = make_person(Role.GUARDIAN)
    return guardian, [make_child(guardian=guardian) for _ in range(children)]


def book_for(session: Session, child: Child | None = None) -> Booking:
    """A place booked by the child's guardian."""
    child = child or make_child()
    return book(session=session.pk, child=child.pk, by=child.family.guardian)
