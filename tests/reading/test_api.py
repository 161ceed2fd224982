"""The sheet after a session and the family's keepsake over the API."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.people.models import FamilyMember, Person, Role
from programs.reading.logs import Book
from tests.bookings.factories import make_guardian, make_reading
from tests.reading.factories import AFTER, DAY, make_shared, note, read_at
from tests.support.make import make_agency, make_person, make_program, make_room
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
JSON = "application/json"
EMPTY = {"isbn": "", "first_page": None, "last_page": None, "pages": None}


@pytest.fixture(autouse=True)
def after_the_session(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(AFTER)


def put(client: Client, session: int, *children: dict[str, Any]) -> Any:
    return client.put(f"/api/reading/sessions/{session}", {"children": children}, JSON)


def test_the_staff_fill_a_sheet_and_the_family_keeps_it(sign_in: SignIn) -> None:
    guardian, (child,) = make_guardian()
    session = make_reading()
    booking = read_at(session, child)
    boss = make_person(Role.COORDINATOR, hub=session.hub)
    staff = sign_in(boss)
    (behind,) = staff.get("/api/reading/sessions").json()["sessions"]
    assert (behind["id"], behind["children"], behind["noted"]) == (session.pk, 1, 0)
    read = {"booking": booking.pk, "books": [{"title": "小王子", "first_page": 1, "last_page": 4}], "mood": "glad"}
    (row,) = put(staff, session.pk, read).json()["children"]
    assert row == {
        "booking": booking.pk,
        "name": child.person.name,
        "books": [EMPTY | {"title": "小王子", "first_page": 1, "last_page": 4, "pages": 4}],
        "mood": "glad",
        "words": "",
        "written_by": boss.name,
    }
    assert staff.get("/api/reading/sessions").json()["sessions"][0]["noted"] == 1
    assert staff.get(f"/api/reading/sessions/{session.pk}").json()["titles"] == ["小王子"]
    kept = sign_in(guardian).get(f"/api/reading/children/{child.pk}").json()
    assert (kept["name"], kept["books"], kept["pages"]) == (child.person.name, 1, 4)
    assert [(one["session"]["id"], one["mood"]) for one in kept["logs"]] == [(session.pk, "glad")]


def test_a_keepsake_counts_different_books_and_begins_with_the_newest(sign_in: SignIn) -> None:
    guardian, (child,) = make_guardian()
    first, second = make_reading(day=DAY - dt.timedelta(7)), make_reading()
    note(read_at(first, child), Book("小王子", pages=5))
    note(read_at(second, child), Book("小王子", pages=6), Book("城南旧事"))
    note(read_at(second), Book("别人的书", pages=90))
    kept = sign_in(guardian).get(f"/api/reading/children/{child.pk}").json()
    assert (kept["books"], kept["pages"]) == (2, 11)
    assert [one["session"]["id"] for one in kept["logs"]] == [second.pk, first.pk]


def test_the_second_guardian_has_the_keepsake_too(sign_in: SignIn) -> None:
    _, (child,) = make_guardian()
    other = make_person(Role.GUARDIAN)
    FamilyMember.objects.create(family=child.family, person=other, part="guardian")
    assert sign_in(other).get(f"/api/reading/children/{child.pk}").status_code == 200


def test_who_was_on_duty_writes_though_another_agency_runs_it(sign_in: SignIn) -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    session, _ = make_shared(duty_worker=worker)
    make_shared()
    found = sign_in(worker).get("/api/reading/sessions").json()["sessions"]
    assert [one["id"] for one in found] == [session.pk]


def test_the_agency_writes_at_every_site(sign_in: SignIn) -> None:
    agency = make_agency()
    program = make_program(kind="reading", agency=agency)
    sessions = [make_shared(program=program)[0] for _ in range(2)]
    worker = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    assert {one["id"] for one in worker.get("/api/reading/sessions").json()["sessions"]} == {s.pk for s in sessions}


def test_what_has_not_begun_and_what_is_long_past_is_not_asked_about(sign_in: SignIn) -> None:
    today, _ = make_shared()
    make_shared(hub=today.hub, start=11 * 60 + 1)
    make_shared(hub=today.hub, day=DAY - dt.timedelta(36))
    make_reading(hub=today.hub)  # nobody came
    staff = sign_in(make_person(Role.COORDINATOR, hub=today.hub))
    assert [one["id"] for one in staff.get("/api/reading/sessions").json()["sessions"]] == [today.pk]


def test_pages_of_sessions(sign_in: SignIn) -> None:
    first, _ = make_shared()
    sessions = [make_shared(hub=first.hub, day=DAY - dt.timedelta(day))[0] for day in range(1, 22)]
    staff = sign_in(make_person(Role.COORDINATOR, hub=first.hub))
    page = staff.get("/api/reading/sessions").json()
    rest = staff.get(f"/api/reading/sessions?skip={page['size']}").json()
    seen = [one["id"] for one in [*page["sessions"], *rest["sessions"]]]
    assert (seen, page["more"], rest["more"]) == ([first.pk, *(one.pk for one in sessions)], True, False)


def test_a_long_list_asks_no_more_of_the_database(sign_in: SignIn) -> None:
    guardian, (child,) = make_guardian()
    session = make_reading(room=make_room())
    note(read_at(session, child), Book("小王子"))
    staff, mother = sign_in(make_person(Role.COORDINATOR, hub=session.hub)), sign_in(guardian)
    asked: list[tuple[Client, str]] = [
        (staff, "/api/reading/sessions"),
        (staff, f"/api/reading/sessions/{session.pk}"),
        (mother, f"/api/reading/children/{child.pk}"),
    ]
    for client, address in asked:
        client.get(address)
    few = [count_queries(lambda at=at: at[0].get(at[1])) for at in asked]  # type: ignore[misc]
    for day in range(30):
        note(read_at(session), Book("小王子"), Book("城南旧事"))
        past = make_reading(room=make_room(hub=session.hub), day=DAY - dt.timedelta(day + 1))
        note(read_at(past, child), Book("城南旧事"))
    assert [count_queries(lambda at=at: at[0].get(at[1])) for at in asked] == few  # type: ignore[misc]


@pytest.mark.parametrize(
    "wrong", [{"mood": "furious"}, {"books": [{"title": "书", "isbn": "123"}]}, {"words": "长" * 201}]
)
def test_what_does_not_fit_is_refused(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    session, (booking,) = make_shared()
    staff = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    assert put(staff, session.pk, {"booking": booking.pk} | wrong).status_code == 422
