"""Places kept for children in hardship: they find one, and nobody else can tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Child, Person, Role
from scheduling.bookings.bookings import book, book_together, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.bookings.seats import Seats, seats_of
from scheduling.bookings.tasks import look
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import MONDAY, make_child, make_hub, make_person, make_program

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
State = Booking.State
NOON = clock.at(MONDAY - dt.timedelta(days=7), 12 * 60)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(NOON)


def in_hardship(child: Child | None = None) -> Child:
    child = child or make_child()
    child.hardship = "低保"
    child.save(update_fields=["hardship"])
    return child


def test_kept_places_are_for_them_alone_until_the_cut_off(at_time: Callable[[dt.datetime], None]) -> None:
    session = make_reading(places=2, priority_places=1)
    assert seats_of(session) == Seats(1, 1)
    assert [book_for(session).state for _ in range(2)] == [State.BOOKED, State.WAITING]
    assert book_for(session, in_hardship()).state == State.BOOKED
    assert book_for(session, in_hardship()).state == State.WAITING

    other = make_reading(places=1, priority_places=1)
    waiting = book_for(other)
    at_time(other.starts_at - dt.timedelta(hours=24))
    assert seats_of(other) == Seats(1)
    look()
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED


def test_as_many_as_the_program_says_unless_the_session_says_otherwise() -> None:
    program = make_program(kind="reading", priority_places=2)
    kept = [seats_of(make_reading(program=program, places=9, priority_places=own)).kept for own in (None, 0, 3)]
    assert kept == [2, 0, 3]


def test_a_place_that_one_of_them_gives_back_is_kept_again_and_goes_to_the_next_of_them() -> None:
    session = make_reading(places=1, priority_places=1)
    holder, other = book_for(session, in_hardship()), book_for(session)
    theirs = book_for(session, in_hardship())
    cancel_booking(booking=holder.pk, by=Person.objects.get(pk=holder.booked_by_id))
    for row in (other, theirs):
        row.refresh_from_db()
    assert (other.state, theirs.state) == (State.WAITING, State.OFFERED)


def test_siblings_of_whom_one_has_priority() -> None:
    guardian, (plain, child) = make_guardian(2)
    in_hardship(child)
    session = make_reading(places=1, priority_places=1)
    rows = book_together(session=session.pk, children=[plain.pk, child.pk], by=guardian)
    assert [row.state for row in rows] == [State.WAITING, State.BOOKED]


OWN = {"id", "head", "turn", "child", "booking", "facts"}


def bare(answer: Any) -> Any:
    """An answer without what tells one session, or child, from another."""
    if isinstance(answer, dict):
        return {name: bare(value) for name, value in answer.items() if name not in OWN}
    return [bare(one) for one in answer] if isinstance(answer, list) else answer


def test_to_everybody_else_it_is_a_session_with_fewer_places(sign_in: SignIn) -> None:
    """Step by step the same answers as where there never were so many."""
    program, hub = make_program(kind="reading", age_min=6, age_max=12), make_hub()
    kept = make_reading(program=program, hub=hub, places=4, priority_places=2)
    plain = make_reading(program=program, hub=hub, places=2, day=MONDAY)
    guardian, children = make_guardian(2)
    guardian_too, children_too = make_guardian(2)
    clients = {kept: (sign_in(guardian), children), plain: (sign_in(guardian_too), children_too)}
    for one, other in zip(children, children_too, strict=True):
        Person.objects.filter(pk=other.person_id).update(name=one.person.name)

    def same() -> None:
        one, other = (
            bare([client.get(f"/api/activities/{session.pk}").json(), client.get("/api/family").json()["children"]])
            for session, (client, _) in clients.items()
        )
        assert one == other

    same()
    theirs = in_hardship()
    book(session=kept.pk, child=theirs.pk, by=theirs.family.guardian)
    same()
    holders = {session: [book_for(session) for _ in range(2)] for session in (kept, plain)}
    same()
    for session, (client, mine) in clients.items():
        ids = [child.pk for child in mine]
        client.post(f"/api/activities/{session.pk}/book", {"children": ids, "all_or_none": True}, "application/json")
    same()
    another = in_hardship()
    assert book(session=kept.pk, child=another.pk, by=another.family.guardian).state == State.BOOKED
    same()
    for rows in holders.values():
        for row in rows:
            cancel_booking(booking=row.pk, by=Person.objects.get(pk=row.booked_by_id))
    same()
    assert {row.state for row in Booking.objects.filter(participant__in=[one.person for one in children])} == {
        State.OFFERED
    }


def test_staff_of_the_session_say_how_many_and_what_is_kept_no_more_goes_to_the_line(sign_in: SignIn) -> None:
    hub = make_hub()
    session = make_reading(places=2, hub=hub, priority_places=1)
    _, waiting = book_for(session), book_for(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    path = f"/api/sessions/{session.pk}/kept-places"
    assert client.get(path).json() == {"kept": 1, "by_program": 0, "most": 1}
    answer = client.put(path, {"kept": None}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"kept": None, "by_program": 0, "most": 1})
    waiting.refresh_from_db()
    assert waiting.state == State.OFFERED
    assert sign_in(make_person(Role.SOCIAL_WORKER)).get(path).status_code == 404


def test_one_at_least_is_anybodys_and_no_more_are_kept_than_there_are(sign_in: SignIn) -> None:
    hub = make_hub()
    session = make_reading(places=14, hub=hub)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    path = f"/api/sessions/{session.pk}/kept-places"
    answer = client.put(path, {"kept": 14}, content_type="application/json")
    assert (answer.status_code, answer.json()) == (409, {"code": "too_many_kept", "facts": {"most": 13}})
    assert client.put(path, {"kept": 13}, content_type="application/json").status_code == 200
    session.refresh_from_db()
    assert seats_of(session) == Seats(1, 13)
    assert client.put(path, {"kept": 0}, content_type="application/json").status_code == 200

    session.priority_places = 50
    session.save(update_fields=["priority_places"])
    assert seats_of(session) == Seats(0, 14)
