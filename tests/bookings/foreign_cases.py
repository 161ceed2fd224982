"""Bookings and children of other families."""

from __future__ import annotations

from hub.people.models import Person, Role
from tests.access.foreign import Foreign, foreign
from tests.bookings.factories import book_for, make_reading, offered_to
from tests.support.make import make_child, make_person, make_session


def booking_seen_by(person: Person) -> Foreign:
    return Foreign(person=person, ids={"booking_id": book_for(make_reading()).pk})


@foreign("POST /api/bookings/{booking_id}/cancel")
def booking_of_another_family() -> Foreign:
    return booking_seen_by(make_person(Role.GUARDIAN))


@foreign("POST /api/bookings/{booking_id}/cancel")
def booking_at_another_hub() -> Foreign:
    return booking_seen_by(make_person(Role.COORDINATOR))


@foreign("POST /api/bookings/{booking_id}/cancel")
def booking_at_another_agency() -> Foreign:
    return booking_seen_by(make_person(Role.SOCIAL_WORKER))


@foreign("POST /api/activities/{session_id}/book")
def child_of_another_family() -> Foreign:
    ids: dict[str, object] = {"session_id": make_reading().pk}
    return Foreign(person=make_person(Role.GUARDIAN), ids=ids, body={"children": [make_child().pk]})


@foreign("POST /api/activities/{session_id}/book")
def child_whom_the_staff_do_not_know() -> Foreign:
    session = make_reading()
    coordinator = make_person(Role.COORDINATOR, hub=session.hub)
    return Foreign(person=coordinator, ids={"session_id": session.pk}, body={"children": [make_child().pk]})


@foreign("POST /api/activities/{session_id}/book-series")
def child_of_another_family_in_a_series() -> Foreign:
    return child_of_another_family()


@foreign("POST /api/bookings/{booking_id}/cancel-series")
def series_of_another_family() -> Foreign:
    return booking_seen_by(make_person(Role.GUARDIAN))


@foreign("POST /api/turns/{turn_id}/answer")
def turn_of_another_family() -> Foreign:
    ids: dict[str, object] = {"turn_id": offered_to(make_child()).turn_id}
    return Foreign(person=make_person(Role.GUARDIAN), ids=ids, body={"coming": True})


@foreign("GET /api/activities/{session_id}")
def session_that_nobody_books() -> Foreign:
    return Foreign(person=make_person(Role.GUARDIAN), ids={"session_id": make_session().pk})


@foreign("GET /api/activities/{session_id}/children")
def session_of_another_site() -> Foreign:
    return Foreign(person=make_person(Role.COORDINATOR), ids={"session_id": make_reading().pk})


@foreign("GET /api/sessions/{session_id}/kept-places", "PUT /api/sessions/{session_id}/kept-places")
def places_kept_at_another_hub() -> Foreign:
    return Foreign(make_person(Role.COORDINATOR), {"session_id": make_session().pk})
