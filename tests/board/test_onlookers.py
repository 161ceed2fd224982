"""Who else has a session open: heard at once, forgotten soon, told to those alone who may change it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.live.models import Event
from hub.people.models import Person, Role
from scheduling.board.models import Onlooker
from scheduling.board.onlookers import FORGOTTEN_AFTER, look_away, look_on
from scheduling.sessions.models import Session
from tests.support.make import make_hub, make_person, make_session
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def open_by(session: Session, person: Person, *, changing: bool = False) -> list[tuple[str, bool]]:
    return [(one.person.name, one.changing) for one in look_on(session=session, by=person, changing=changing)]


def told() -> list[tuple[str, str, dict[str, list[int]]]]:
    return list(Event.objects.order_by("pk").values_list("topic__name", "kind", "ids"))


def age(by: dt.timedelta) -> None:
    Onlooker.objects.update(seen_at=clock.now() - by)


def test_each_hears_of_the_other_once_by_the_hubs_topic_and_without_a_name() -> None:
    session, first, second = make_session(), make_person(Role.COORDINATOR), make_person(Role.COORDINATOR)
    assert open_by(session, first) == []
    assert open_by(session, second, changing=True) == [(first.name, False)]
    assert open_by(session, first) == [(second.name, True)]
    news = (f"hub:{session.hub_id}", "onlooker.changed", {"looked_at": [session.pk]})
    assert told() == [news, news]
    open_by(session, second)
    assert (open_by(session, first), told()) == ([(second.name, False)], [news] * 3)


def test_saying_it_again_tells_nobody() -> None:
    session, person = make_session(), make_person(Role.COORDINATOR)
    for _ in range(3):
        open_by(session, person)
    assert (len(told()), Onlooker.objects.count()) == (1, 1)


def test_closing_is_told_once() -> None:
    session, first, second = make_session(), make_person(Role.COORDINATOR), make_person(Role.COORDINATOR)
    open_by(session, first)
    for _ in range(2):
        look_away(session=session, by=first)
    assert (open_by(session, second), len(told())) == ([], 3)


def test_who_says_nothing_is_forgotten() -> None:
    session, other, first, second = make_session(), make_session(), *(make_person(Role.COORDINATOR) for _ in range(2))
    open_by(session, first)
    open_by(other, first)
    age(FORGOTTEN_AFTER - dt.timedelta(seconds=5))
    assert open_by(session, second) == [(first.name, False)]
    age(FORGOTTEN_AFTER + dt.timedelta(seconds=5))
    assert open_by(session, second) == []
    assert list(Onlooker.objects.values_list("session", "person")) == [(session.pk, second.pk)]


def test_over_http(sign_in: SignIn) -> None:
    session = make_session()
    hub = session.hub
    first, second = (sign_in(make_person(Role.COORDINATOR, hub=hub, name=name)) for name in ("王芳", "李强"))
    path = f"/api/board/sessions/{session.pk}/onlookers"
    put = {"content_type": "application/json"}
    assert first.put(path, {"changing": True}, **put).json() == []
    assert second.put(path, {"changing": False}, **put).json() == [{"name": "王芳", "changing": True}]
    assert first.delete(path).status_code == 204
    assert second.put(path, {"changing": False}, **put).json() == []


def test_who_only_reads_the_session_has_no_part_in_it(sign_in: SignIn) -> None:
    session = make_session()
    path = f"/api/board/sessions/{session.pk}/onlookers"
    clients = [sign_in(make_person(Role.REGULATOR)), sign_in(make_person(Role.COORDINATOR, hub=make_hub()))]
    answers = [client.put(path, {"changing": False}, content_type="application/json").status_code for client in clients]
    assert (answers, Onlooker.objects.count()) == ([403, 404], 0)


def test_thirty_cost_as_many_queries_as_one() -> None:
    session, person = make_session(), make_person(Role.COORDINATOR)
    open_by(session, person)
    open_by(session, make_person(Role.COORDINATOR))
    one = count_queries(lambda: open_by(session, person))
    for _ in range(28):
        open_by(session, make_person(Role.COORDINATOR))
    assert count_queries(lambda: open_by(session, person)) == one
