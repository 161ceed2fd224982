"""The list of ways out, and taking one over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.board.panel import READ_ACTION
from scheduling.bookings.models import Booking
from scheduling.rescues.ways import ways_out
from scheduling.sessions.models import Need, Session, StaffPlace
from scheduling.signups.models import Assignment
from tests.bookings.factories import actor_for, book_for
from tests.rescues.factories import SATURDAY, make_morning, make_reader, worker_of
from tests.signups.factories import make_standby, take
from tests.support.make import make_person
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _saturday(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(SATURDAY, 8 * 60 + 40))


def address(session: Session) -> str:
    return f"/api/sessions/{session.pk}/ways-out"


def post(client: Client, session: Session, **wish: object) -> Any:
    return client.post(address(session), wish, content_type="application/json")


def test_all_ways_the_best_first_and_why_not_the_others(sign_in: SignIn) -> None:
    session, need = make_morning(least=2, readers=1)
    standby = make_standby(need, make_reader())
    worker = worker_of(session)
    into, _ = make_morning(program=session.program, hub=session.hub)
    for _ in range(2):
        book_for(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    found = client.get(address(session)).json()
    assert (found["missing"], found["need"]) == (1, need.pk)
    ways = {way["kind"]: way for way in found["ways"]}
    assert list(ways) == ["standby", "call", "repair", "staff", "merge", "move", "fewer", "cancel"]
    assert [way["refused"] for way in found["ways"]] == [None] * 8
    assert [one["id"] for one in ways["standby"]["options"]] == [standby.volunteer_id]
    assert [one["id"] for one in ways["staff"]["options"] if not one["refused"]] == [worker.pk]
    assert [one["id"] for one in ways["merge"]["options"]] == [into.pk]
    for kind in ("merge", "move", "cancel"):
        assert [ways[kind][what] for what in ("volunteers", "families", "children")] == [2, 2, 2]

    alone, _ = make_morning()
    client = sign_in(make_person(Role.COORDINATOR, hub=alone.hub))
    found = client.get(address(alone)).json()
    refused = {way["kind"]: way["refused"]["code"] for way in found["ways"] if way["refused"]}
    assert refused == {
        "standby": "no_standby",
        "staff": "no_staff_free",
        "merge": "no_session_near",
        "fewer": "nobody_booked",
    }
    assert [way["kind"] for way in found["ways"]][:4] == ["call", "repair", "move", "cancel"]


def test_a_standby_steps_in(sign_in: SignIn) -> None:
    session, need = make_morning()
    standby = make_standby(need, make_reader())
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    shown = post(client, session, kind="standby", option=standby.volunteer_id).json()
    assert (shown["done"], shown["missing"], Assignment.objects.count()) == (False, 0, 0)
    done = post(client, session, kind="standby", option=standby.volunteer_id, seen=shown["seen"]).json()
    assert (done["done"], Assignment.objects.get().volunteer_id) == (True, standby.volunteer_id)
    again = post(client, session, kind="standby", option=standby.volunteer_id, seen=shown["seen"])
    assert (again.status_code, again.json()["code"]) == (409, "no_standby")


def test_reading_the_names_of_children_is_logged(sign_in: SignIn) -> None:
    session, _ = make_morning(readers=1, least=2)
    for _ in range(17):
        book_for(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    shown = post(client, session, kind="fewer").json()
    assert ([one["what"] for one in shown["families"]], shown["places"]) == (["told"], 16)
    assert Entry.objects.filter(action=READ_ACTION).count() == 1


def test_staff_are_let_go_again(sign_in: SignIn) -> None:
    session, need = make_morning()
    worker = worker_of(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    shown = post(client, session, kind="staff", option=worker.pk).json()
    assert post(client, session, kind="staff", option=worker.pk, seen=shown["seen"]).json()["done"]
    panel = client.get(f"/api/board/sessions/{session.pk}").json()
    row = StaffPlace.objects.get()
    assert panel["staff"] == [{"id": row.pk, "need": need.pk, "name": worker.name, "phone": worker.phone}]
    assert client.post(f"/api/staff-places/{row.pk}/end").status_code == 204
    assert client.get(f"/api/board/sessions/{session.pk}").json()["staff"] == []


def test_merging_into_a_session_of_others_is_no_way(sign_in: SignIn) -> None:
    session, _ = make_morning()
    elsewhere, _ = make_morning(program=session.program)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    assert post(client, session, kind="merge", option=elsewhere.pk).status_code == 404
    assert post(client, session, kind="staff", option=make_person(Role.SOCIAL_WORKER).pk).status_code == 404


def test_merging_is_no_way_where_people_would_be_lacking_all_the_same(sign_in: SignIn) -> None:
    """Two halves make a whole; less than that moves nobody."""
    session, _ = make_morning(least=2, readers=1)
    halves, _ = make_morning(program=session.program, hub=session.hub, least=2, readers=1)
    worse, _ = make_morning(program=session.program, hub=session.hub, least=3, readers=1)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))

    def merge() -> Any:
        return next(way for way in client.get(address(session)).json()["ways"] if way["kind"] == "merge")

    no = {"code": "still_short", "facts": {}}
    assert merge()["refused"] is None
    assert [(one["id"], one["refused"]) for one in merge()["options"]] == [(halves.pk, None), (worse.pk, no)]
    assert post(client, session, kind="merge", option=halves.pk).json()["missing"] == 0
    refused = post(client, session, kind="merge", option=worse.pk)
    assert (refused.status_code, refused.json()["code"]) == (409, "still_short")
    Need.objects.filter(session=halves).update(min=3)
    assert merge()["refused"] == no


def test_a_place_that_is_offered_is_not_free() -> None:
    session, _ = make_morning()
    into, _ = make_morning(program=session.program, hub=session.hub, places=3)
    book_for(into)
    Booking.objects.filter(pk=book_for(into).pk).update(state=Booking.State.OFFERED)
    actor = actor_for(make_person(Role.COORDINATOR, hub=session.hub))
    ways = {way.kind: way for way in ways_out(session, actor).ways}
    assert [(one.id, one.free) for one in ways["merge"].options] == [(into.pk, 1)]


def test_a_crowd_costs_as_many_queries_as_a_few() -> None:
    session, need = make_morning(least=9, target=40, readers=1)
    actor = actor_for(make_person(Role.COORDINATOR, hub=session.hub))

    def ask() -> None:
        ways_out(Session.objects.select_related("program", "hub").get(pk=session.pk), actor)

    def fill(count: int) -> None:
        for _ in range(count):
            book_for(session)
            worker_of(session)
            make_standby(need, make_reader())
            make_morning(program=session.program, hub=session.hub)

    fill(1)
    ask()
    one = count_queries(ask)
    fill(6)
    for _ in range(4):
        take(need, make_reader())
    assert (count_queries(ask), one <= 40) == (one, True)
