"""A hub's group robot: set, tried, and what it tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import GroupRobot, Message
from hub.notify.outbox import queue
from hub.notify.robots import remove_robot, set_robot, tell_group, try_robot
from hub.notify.sending import send_due
from hub.people.models import Role
from scheduling.board.rows import board_rows
from scheduling.planning.group_news import tell_tomorrow
from scheduling.planning.group_tasks import tell_groups, tell_roster
from scheduling.planning.publish import publish_run
from scheduling.sessions.models import Need, Session
from scheduling.signups.signups import sign_up
from tests.bookings.factories import book_for, make_reading
from tests.planning.factories import BEFORE, finish, make_helper, make_open_need, make_run
from tests.signups.factories import make_regular
from tests.support.clients import client_for
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_program, make_session
from tests.support.provider import Provider

pytestmark = pytest.mark.django_db
KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"


@pytest.fixture
def robots(provider: type[Provider], settings: Any) -> type[Provider]:
    settings.NOTIFY_CHANNELS, settings.DEMO = ["sms", "email", "robot", "group"], False
    settings.ROBOT_ADDRESS = f"{settings.SMS['URL']}/?key="
    provider.answer = b'{"errcode": 0, "errmsg": "ok"}'
    return provider


def address(settings: Any) -> str:
    return f"{settings.ROBOT_ADDRESS}{KEY}"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        KEY,
        "http://169.254.169.254/",
        "https://qyapi.weixin.qq.com.evil.example/?key=" + KEY,
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=钥匙钥匙钥匙钥匙",
    ],
)
def test_nothing_but_a_robot_is_ever_called(wrong: str) -> None:
    with pytest.raises(Refused, match="not_a_robot"):
        set_robot(hub=make_hub().pk, address=wrong, by=1)


def test_set_tried_and_taken_away(robots: type[Provider], settings: Any) -> None:
    hub = make_hub(name="沙溪")
    client = client_for(make_person(Role.COORDINATOR, hub=hub))
    body = {"address": address(settings)}
    answer = client.put(f"/api/hubs/{hub.pk}/robot", body, content_type="application/json")
    assert (answer.status_code, KEY in answer.content.decode()) == (200, False)
    assert client.post(f"/api/hubs/{hub.pk}/robot/try").status_code == 204
    assert ["沙溪" in one["text"]["content"] for one in robots.received] == [True]
    assert [one["set_at"] is None for one in client.get("/api/robots").json()] == [False]
    client.delete(f"/api/hubs/{hub.pk}/robot")
    remove_robot(hub=hub.pk, by=1)
    assert (GroupRobot.objects.count(), client.post(f"/api/hubs/{hub.pk}/robot/try").status_code) == (0, 404)


def test_a_robot_that_does_not_exist_any_more_says_so(robots: type[Provider], settings: Any) -> None:
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    robots.answer = b'{"errcode": 93000, "errmsg": "invalid webhook url"}'
    with pytest.raises(Refused, match="robot_refused"):
        try_robot(hub=hub.pk, text="x")


@pytest.mark.parametrize(
    ("status", "answer", "why"),
    [
        (302, b"", "http_302"),
        (404, b"", "http_404"),
        (502, b"", "outcome_unknown"),
        (200, b"<html>", "outcome_unknown"),
        (200, b"[]", "outcome_unknown"),
        (0, b"", "outcome_unknown"),
        (200, b'{"errcode": 45009}', "robot_busy"),
    ],
)
def test_tried_where_no_robot_answers(
    status: int, answer: bytes, why: str, robots: type[Provider], settings: Any
) -> None:
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    robots.status, robots.answer = status, answer
    client = client_for(make_person(Role.COORDINATOR, hub=hub))
    refusal = client.post(f"/api/hubs/{hub.pk}/robot/try")
    assert (refusal.status_code, refusal.json()) == (409, {"code": "robot_refused", "facts": {"why": why}})
    assert len(robots.received) == 1, "a redirect is not followed"


@pytest.mark.parametrize(
    ("status", "state", "error"),
    [(302, "queued", "http_302"), (429, "queued", "http_429"), (502, "dead", "outcome_unknown")],
)
def test_what_a_group_may_have_heard_is_not_said_again(
    status: int, state: str, error: str, robots: type[Provider], settings: Any
) -> None:
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    tell_group(hub=hub.pk, template="group_tomorrow", variables={"count": "1"}, dedupe_key="k")
    robots.status = status
    assert send_due() == 0
    assert [(one.state, one.error) for one in Message.objects.all()] == [(state, error)]


def test_nothing_leaves_the_demo(robots: type[Provider], settings: Any) -> None:
    settings.DEMO, settings.NOTIFY_GROUP_URLS = True, [settings.SMS["URL"].replace("http://", "json://")]
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    with pytest.raises(Refused, match="demo_posts_nothing"):
        try_robot(hub=hub.pk, text="x")
    tell_group(hub=hub.pk, template="group_tomorrow", variables={"count": "1"}, dedupe_key="k")
    queue(to_id=None, template="group_tomorrow", dedupe_key="everybody", variables={"count": "1"})
    assert (send_due(), robots.received) == (0, [])


def test_news_for_a_robot_that_is_gone_goes_nowhere_else(robots: type[Provider], settings: Any) -> None:
    settings.NOTIFY_GROUP_URLS = [settings.SMS["URL"].replace("http://", "json://")]
    hub, gone = make_hub(), make_person()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    tell_group(hub=hub.pk, template="group_tomorrow", variables={"count": "1"}, dedupe_key="k")
    queue(to_id=gone.pk + 1, template="group_tomorrow", dedupe_key="nobody we know", variables={"count": "1"})
    remove_robot(hub=hub.pk, by=1)
    assert (send_due(), robots.received) == (0, [])
    assert set(Message.objects.values_list("state", "error")) == {("dead", "out_of_reach")}


def test_what_is_short_tomorrow_once_and_without_names(
    robots: type[Provider], settings: Any, at_time: Callable[[dt.datetime], None]
) -> None:
    hub, other = make_hub(), make_hub()
    at_time(clock.at(MONDAY, 17 * 60))
    tomorrow = MONDAY + dt.timedelta(days=1)
    program = make_program(name="四点半课堂")
    short = make_need(session=make_session(day=tomorrow, start=990, hub=hub, program=program), min=2)
    me = make_regular()
    sign_up(need=short.pk, person=me.person_id, by=me.person)
    make_need(session=make_session(day=tomorrow, hub=other))
    make_need(session=make_session(day=tomorrow + dt.timedelta(days=1), hub=hub))
    set_robot(hub=hub.pk, address=address(settings), by=1)
    assert tell_groups.call() == 1
    assert tell_tomorrow() == 1
    assert send_due() == 1
    said = robots.received[0]["text"]["content"]
    assert "16:30 四点半课堂，还差1人" in said
    assert me.person.name not in said
    assert Message.objects.filter(group_id=hub.pk).count() == 1


def test_a_roster_is_told_once_it_is_out_with_the_figures_of_the_board(
    robots: type[Provider], settings: Any, at_time: Callable[[dt.datetime], None]
) -> None:
    at_time(BEFORE)
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    full, short = make_open_need(hub=hub), make_open_need(hub=hub, day=1, min=3, target=3)
    reading = make_reading(hub=hub, places=20)
    make_need(session=reading, min=0)
    book_for(reading)
    helper = make_helper()
    run = finish(make_run(hub), (full, helper), (short, helper))
    publish_run(run=run, by=None)
    assert Message.objects.filter(group_id=hub.pk).count() == 0, "not under the locks of publishing"
    shown = board_rows(Session.objects.filter(hub=hub), actor=None)
    assert [row["missing"] for row in shown] == [0, 2, 2]
    for _ in range(2):
        tell_roster.call(run.pk)
    [message] = Message.objects.filter(group_id=hub.pk)
    assert (message.variables["sessions"], message.variables["missing"]) == ("3", "4")


def test_a_site_of_which_nothing_was_published_hears_nothing(
    robots: type[Provider], settings: Any, at_time: Callable[[dt.datetime], None]
) -> None:
    at_time(BEFORE)
    hub, other = make_hub(), make_hub()
    for site in (hub, other):
        set_robot(hub=site.pk, address=address(settings), by=1)
    here, there, one, two = make_open_need(hub=hub), make_open_need(hub=other), make_helper(), make_helper()
    run = finish(make_run(hub, other), (here, one), (there, two))
    Session.objects.filter(pk=there.session_id).update(state=Session.State.CANCELLED)
    publish_run(run=run, by=None, sessions=[here.session_id])
    tell_roster.call(run.pk)
    assert list(Message.objects.exclude(group_id=None).values_list("group_id", flat=True)) == [hub.pk]


def test_a_wish_that_a_roster_leaves_open_is_no_place_in_what_the_group_hears(
    robots: type[Provider], settings: Any, at_time: Callable[[dt.datetime], None]
) -> None:
    at_time(BEFORE)
    hub = make_hub()
    set_robot(hub=hub.pk, address=address(settings), by=1)
    need = make_open_need(hub=hub, min=2, target=3, mode=Need.Mode.PLAN)
    given, left = make_helper(), make_helper()
    for one in (given, left):
        sign_up(need=need.pk, person=one.person_id, by=one.person)
    run = finish(make_run(hub), (need, given))
    publish_run(run=run, by=None)
    tell_roster.call(run.pk)
    [message] = Message.objects.filter(group_id=hub.pk)
    assert (message.variables["sessions"], message.variables["missing"]) == ("1", "1")


def test_without_a_robot_nobody_is_told() -> None:
    make_need(session=make_session(day=clock.today() + dt.timedelta(days=1)))
    assert (tell_groups.call(), tell_tomorrow(), Message.objects.count()) == (0, 0, 0)
