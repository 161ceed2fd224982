"""Children's sessions, and families who book them."""

from __future__ import annotations

from typing import Any

from hub.access.actor import Actor, load_actor
from hub.people.models import Child, Person, Role
from scheduling.bookings.bookings import book, book_together, cancel_booking
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


def offered_to(*children: Child, **values: Any) -> Booking:
    """One family's turn in a session of as many places: all their children together. The first one's row."""
    session = make_reading(**{"places": len(children)} | values)
    holders = [book_for(session) for _ in children]
    ids = [child.pk for child in children]
    first = book_together(session=session.pk, children=ids, by=children[0].family.guardian, all_or_none=True)[0]
    for row in holders:
        cancel_booking(booking=row.pk, by=row.booked_by)
    first.refresh_from_db()
    return first


def actor_for(person: Person) -> Actor:
    """The person with what they hold."""
    return load_actor(person)
