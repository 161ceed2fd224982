"""A hub's lobby screen: its address, who sets it up, and that it names nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.board.models import Wall
from scheduling.board.walls import set_up_wall
from tests.bookings.factories import book_for, make_reading
from tests.closures.factories import make_closure
from tests.signups.factories import take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_room, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def shown(path: str, **headers: str) -> Any:
    return Client().get(f"/api/wall-links/{path.removeprefix('/w/')}", headers=headers)


def test_an_address_is_shown_once_replaced_and_taken_down(sign_in: SignIn) -> None:
    hub = make_hub()
    make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    assert [(one["hub_id"], one["since"]) for one in client.get("/api/walls").json()] == [(hub.pk, None)]
    first = client.put(f"/api/hubs/{hub.pk}/wall").json()["path"]
    assert first.removeprefix("/w/") not in str(Wall.objects.values())
    assert shown(first).status_code == 200
    (listed,) = client.get("/api/walls").json()
    assert (listed["seen_at"] is None, "path" in listed) == (False, False)

    second = client.put(f"/api/hubs/{hub.pk}/wall").json()["path"]
    assert (shown(first).status_code, shown(second).status_code) == (404, 200)
    assert client.delete(f"/api/hubs/{hub.pk}/wall").json()["since"] is None
    assert client.delete(f"/api/hubs/{hub.pk}/wall").status_code == 200
    assert shown(second).status_code == 404
    actions = Entry.objects.filter(action__startswith="wall.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["wall.set_up", "wall.set_up", "wall.taken_down"]


def test_what_is_left_of_the_day_without_a_name(at_time: Callable[[dt.datetime], None]) -> None:
    hub, worker = make_hub(), make_person(name="周社工")
    room = make_room(hub=hub, name="书屋")
    session = make_reading(room=room, day=MONDAY, start=600, duty_worker=worker, note="带小明的药")
    child, place = book_for(session), take(make_need(session=session))
    for day, start in ((MONDAY, 480), (MONDAY + dt.timedelta(days=1), 600)):
        make_session(hub=hub, day=day, start=start, minutes=60)
    make_session(day=MONDAY, start=600)
    make_reading(hub=hub, day=MONDAY, start=660, group_only=True)
    make_session(hub=hub, program=make_program(kind="visit"), start=600)
    meals = make_session(hub=hub, program=make_program(kind="meal"), start=660)
    _, token = set_up_wall(hub=hub, by=worker)
    at_time(clock.at(MONDAY, 9 * 60 + 30))
    answer = shown(token)
    assert [(one["title"], one["room"]) for one in answer.json()["sessions"]] == [
        (session.program.name, "书屋"), (meals.program.name, "")
    ]  # fmt: skip
    said = answer.content.decode()
    names = (child.participant.name, place.volunteer.person.name, worker.name, session.note)
    assert [name for name in names if name in said] == []


def test_what_is_closed_today_stands_there_and_why_does_not(at_time: Callable[[dt.datetime], None]) -> None:
    room, by = make_room(name="书屋"), make_person()
    at_time(clock.at(MONDAY, 9 * 60 + 30))
    spans = [(None, 480, 540), (room, 600, 720), (None, 720, 2880), (None, 1440, 2880)]
    for what, since, until in spans:
        make_closure(room.hub, room=what, start=since, end=until, reason="张三家里有事")
    answer = shown(set_up_wall(hub=room.hub, by=by)[1])
    assert [one["room"] for one in answer.json()["closures"]] == ["书屋", ""]
    assert "张三" not in answer.content.decode()


def test_it_is_a_304_until_something_changes_and_costs_the_same_for_one_and_for_thirty(
    at_time: Callable[[dt.datetime], None],
) -> None:
    session = make_session(day=MONDAY, start=600)
    hub = session.hub
    _, token = set_up_wall(hub=hub, by=make_person())
    at_time(clock.at(MONDAY, 9 * 60))
    tag = shown(token)["ETag"]
    assert shown(token, if_none_match=tag).status_code == 304
    one = count_queries(lambda: shown(token))
    for _ in range(29):
        take(make_need(session=make_session(day=MONDAY, start=600, hub=hub, program=session.program)))
    again = shown(token, if_none_match=tag)
    assert (again.status_code, len(again.json()["sessions"])) == (200, 30)
    assert count_queries(lambda: shown(token)) == one


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(sign_in: SignIn) -> None:
    by, client = make_person(), sign_in(make_person(Role.ADMINISTRATOR))
    counts = []
    for hubs in (1, 29):
        for _ in range(hubs):
            set_up_wall(hub=make_hub(), by=by)
        counts.append(count_queries(lambda: client.get("/api/walls")))
    assert (len(client.get("/api/walls").json()), counts[0]) == (30, counts[1])
