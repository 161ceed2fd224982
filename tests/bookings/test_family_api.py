"""The family's side over the API: my children, what they may join, who gets in where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.notify.models import Message
from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from scheduling.sessions.sessions import cancel_session
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import (
    MONDAY,
    make_agency,
    make_child,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_session,
)
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 7, 1, tzinfo=dt.UTC)
JSON = "application/json"


@pytest.fixture(autouse=True)
def a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(NOW)


def book(client: Client, session: int, *children: int) -> Any:
    return client.post(f"/api/activities/{session}/book", {"children": children}, JSON)


def test_my_children_with_their_places_soonest_first_and_nobody_elses(sign_in: SignIn) -> None:
    guardian, (older, younger) = make_guardian(2)
    older.person.birth_date, younger.person.birth_date = dt.date(2016, 1, 1), dt.date(2019, 1, 1)
    older.person.save(), younger.person.save()
    hub = make_hub(name="双龙", address="双龙路8号")
    late = make_reading(hub=hub, day=MONDAY + dt.timedelta(1))
    soon = make_reading(hub=hub, places=0)
    rows = [book_for(late, younger), book_for(soon), book_for(soon, younger)]
    family = sign_in(guardian).get("/api/family").json()
    assert [(one["id"], one["age"], len(one["places"])) for one in family["children"]] == [
        (older.pk, 10, 0),
        (younger.pk, 7, 2),
    ]
    waiting, booked = family["children"][1]["places"]
    assert (waiting["id"], waiting["state"], waiting["ahead"]) == (rows[2].pk, "waiting", 1)
    assert (booked["id"], booked["state"], booked["cancellable"]) == (rows[0].pk, "booked", True)
    assert booked["session"]["hub"] == {"id": hub.pk, "name": "双龙", "address": "双龙路8号"}


def test_a_session_that_the_site_cancelled_stays_struck_one_given_back_does_not(sign_in: SignIn) -> None:
    guardian, (child,) = make_guardian()
    session, other = make_reading(), make_reading(start=14 * 60)
    book_for(session, child)
    given_back = book_for(other, child)
    client = sign_in(guardian)
    assert client.post(f"/api/bookings/{given_back.pk}/cancel").json()["state"] == "cancelled"
    cancel_session(session_id=session.pk, revision=1, reason="停电", by=None)
    (place,) = client.get("/api/family").json()["children"][0]["places"]
    assert (place["state"], place["cancellable"]) == ("cancelled", False)
    assert (place["session"]["cancelled"], place["session"]["cancel_reason"]) == (True, "停电")


def test_what_they_may_join_and_how_each_child_fits(sign_in: SignIn) -> None:
    guardian, (fits, small, busy) = make_guardian(3)
    small.person.birth_date = dt.date(2023, 1, 1)
    small.person.save()
    session = make_reading(places=4)
    book_for(session), book_for(session)
    book_for(make_reading(start=10 * 60), busy)
    (found, _) = sign_in(guardian).get("/api/activities").json()["activities"]
    assert (found["session"]["id"], found["left"], found["waiting"]) == (session.pk, 2, 0)
    by_child = {fit["child"]: (fit["state"], [reason["code"] for reason in fit["reasons"]]) for fit in found["fits"]}
    assert by_child == {
        fits.pk: ("fits", []),
        small.pk: ("unfit", ["age_outside"]),
        busy.pk: ("unfit", ["child_clash"]),
    }


def test_what_is_not_offered(sign_in: SignIn) -> None:
    guardian, _children = make_guardian()
    make_reading(places=None)
    make_reading(day=dt.date(2026, 12, 6))
    make_reading(day=MONDAY + dt.timedelta(weeks=5))
    make_reading(state="cancelled")
    make_reading(program=make_program(kind="reading", age_min=3, age_max=5))
    make_session(places=30)
    assert sign_in(guardian).get("/api/activities").json()["activities"] == []


def test_by_hub_day_and_child(sign_in: SignIn) -> None:
    guardian, (older, younger) = make_guardian(2)
    younger.person.birth_date = dt.date(2022, 1, 1)
    younger.person.save()
    here, tuesday = make_reading(), make_reading(day=MONDAY + dt.timedelta(1))
    small = make_reading(program=make_program(kind="reading", age_min=3, age_max=5))
    client = sign_in(guardian)

    def found(query: str) -> set[int]:
        return {one["session"]["id"] for one in client.get(f"/api/activities?{query}").json()["activities"]}

    assert found("") == {here.pk, tuesday.pk, small.pk}
    assert found(f"hub={here.hub_id}") == {here.pk}
    assert found("day=2026-12-15") == {tuesday.pk}
    assert found(f"child={older.pk}") == {here.pk, tuesday.pk}
    assert found(f"child={younger.pk}") == {small.pk}


def test_where_a_family_goes_most_stands_first(sign_in: SignIn) -> None:
    guardian, (child,) = make_guardian()
    sessions = [make_reading(day=MONDAY + dt.timedelta(days=ahead)) for ahead in range(3)]
    last, middle, first = [one.hub_id for one in sessions]
    book_for(sessions[1], child)
    for ahead in (3, 4):
        book_for(make_reading(hub=sessions[2].hub, day=MONDAY + dt.timedelta(days=ahead)), child)
    for _ in range(3):
        book_for(sessions[0])
    hubs = sign_in(guardian).get("/api/activities/hubs").json()
    assert [hub["id"] for hub in hubs] == [first, middle, last]


def test_pages_show_everything_once(sign_in: SignIn) -> None:
    guardian, _children = make_guardian()
    program, hub = make_program(kind="reading"), make_hub()
    wanted = [make_reading(program=program, hub=hub, start=8 * 60 + step // 2).pk for step in range(45)]
    client, seen, cursor = sign_in(guardian), [], ""
    for _ in range(3):
        page = client.get(f"/api/activities?cursor={cursor}").json()
        seen += [one["session"]["id"] for one in page["activities"]]
        cursor = page["cursor"]
    assert (seen, cursor) == (wanted, "")
    assert client.get("/api/activities?cursor=x").status_code == 422


def test_siblings_book_together_and_see_it(sign_in: SignIn) -> None:
    guardian, children = make_guardian(2)
    session = make_reading(places=1)
    client = sign_in(guardian)
    answer = book(client, session.pk, *(child.pk for child in children))
    assert [(row["child"], row["state"]) for row in answer.json()] == [
        (children[0].pk, "booked"),
        (children[1].pk, "waiting"),
    ]
    one = client.get(f"/api/activities/{session.pk}").json()
    assert (one["left"], one["waiting"], [fit["state"] for fit in one["fits"]]) == (0, 1, ["booked", "waiting"])
    assert book(client, session.pk).json()["code"] == "nobody_chosen"


def test_siblings_are_named_eldest_first_wherever_they_are_named_together(sign_in: SignIn) -> None:
    guardian = make_person(Role.GUARDIAN)
    younger, elder = (make_child(guardian=guardian, born=dt.date(year, 5, 4)) for year in (2018, 2016))
    session, client = make_reading(), sign_in(guardian)
    (outing,) = client.get("/api/activities/together").json()["outings"]
    assert outing["parts"][0]["children"] == [elder.pk, younger.pk]
    book(client, session.pk, younger.pk, elder.pk)
    (message,) = Message.objects.filter(template="booking_made")
    assert message.variables["children"] == " ".join(child.person.name[1:] for child in (elder, younger))
    card = client.get(f"/api/families/{elder.family_id}/card").json()
    assert card["children"] == [elder.person.name, younger.person.name]


def test_staff_book_children_they_know_at_their_sites_alone(sign_in: SignIn) -> None:
    hub, agency = make_hub(), make_agency()
    program = make_program(kind="reading", agency=agency, age_min=10)
    known = make_child()
    book_for(make_reading(hub=hub, program=make_program(kind="reading", agency=agency)), known)
    session, elsewhere = make_reading(hub=hub, program=program, start=14 * 60), make_reading(start=16 * 60)
    for role in (Role.COORDINATOR, Role.SOCIAL_WORKER):
        client = sign_in(make_person(role, hub=hub, agency=agency))
        assert book(client, elsewhere.pk, known.pk).status_code == 404
        row = book(client, session.pk, known.pk).json()[0]
        assert row["state"] == "booked"
        assert client.post(f"/api/bookings/{row['id']}/cancel").json()["state"] == "cancelled"


def test_a_regulator_sees_no_booking_of_anybody(sign_in: SignIn) -> None:
    row = book_for(make_reading())
    client = sign_in(make_person(Role.REGULATOR))
    for address in ("/api/family", "/api/activities"):
        assert client.get(address).status_code == 403
    assert client.post(f"/api/bookings/{row.pk}/cancel").status_code == 403
    assert Booking.objects.get().state == Booking.State.BOOKED


def test_the_adults_that_bookings_need_show_on_the_board(sign_in: SignIn) -> None:
    session = make_reading(places=30)
    need = make_need(session=session, min=1, target=3)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))

    def adults() -> dict[str, int]:
        (row,) = client.get("/api/board?week=2026-12-14").json()["sessions"]
        return row["adults"]  # type: ignore[no-any-return]

    assert adults() == {"required": 2, "present": 0}
    for _ in range(17):
        book_for(session)
    assert adults() == {"required": 3, "present": 0}
    need.refresh_from_db()
    assert (need.min, need.target) == (1, 3)


@pytest.mark.parametrize("address", ["/api/family", "/api/activities"])
def test_lists_cost_the_same_for_one_row_and_for_thirty(sign_in: SignIn, address: str) -> None:
    guardian, (child,) = make_guardian()
    client, program, hub = sign_in(guardian), make_program(kind="reading"), make_hub()

    def add(days: range) -> None:
        for day in days:
            session = make_reading(
                program=program, hub=hub, day=MONDAY + dt.timedelta(day % 15), start=480 + 120 * (day % 2)
            )
            if address == "/api/family":
                book_for(session, child)

    add(range(1))
    client.get(address)
    one = count_queries(lambda: client.get(address))
    add(range(1, 30))
    assert count_queries(lambda: client.get(address)) == one
