"""A hub's calendar for everybody: opened and closed by its coordinator, without a name of anybody who comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from hub import clock
from hub.journal.models import Entry
from hub.people.models import Person, Role
from programs.kinds import all_kinds
from scheduling.calendars.opening import open_calendar
from scheduling.closures.closing import close_place, lift_closure
from scheduling.sessions.models import Closure
from scheduling.sessions.sessions import cancel_session
from tests.bookings.factories import book_for, make_reading
from tests.calendars.factories import events_at, fetch
from tests.signups.factories import take
from tests.support.make import make_hub, make_need, make_person, make_program, make_room, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def address(hub: Any) -> str:
    return f"/calendar/hubs/{hub.pk}.ics"


def test_a_coordinator_opens_and_closes_it(sign_in: SignIn) -> None:
    hub, everybody = make_hub(), Client()
    make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    about = f"/api/hubs/{hub.pk}/open-calendar"
    assert [(one["hub_id"], one["since"]) for one in client.get("/api/open-calendars").json()] == [(hub.pk, None)]
    assert (fetch(address(hub)).status_code, everybody.get(about).status_code) == (404, 404)

    opened = client.put(about)
    assert (opened.status_code, opened.json()["path"], opened.json()["since"] is None) == (
        200, f"/open?hub={hub.pk}", False,
    )  # fmt: skip
    assert client.put(about).json() == opened.json()
    assert everybody.get(about).json()["path"] == address(hub)
    assert fetch(address(hub)).status_code == 200

    assert client.delete(about).json()["since"] is None
    assert client.delete(about).status_code == 200
    assert (fetch(address(hub)).status_code, everybody.get(about).status_code) == (404, 404)
    actions = Entry.objects.filter(action__startswith="open_calendar.").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["open_calendar.opened", "open_calendar.closed"]


def test_only_what_a_hub_announces_and_nobodys_name() -> None:
    tomorrow = clock.today() + dt.timedelta(days=1)
    worker = make_person(name="周社工")
    session = make_reading(day=tomorrow, duty_worker=worker, note="带小明的药")
    child, place = book_for(session), take(make_need(session=session))
    hub = session.hub
    for kind in ("visit", "group", "meal"):
        make_session(hub=hub, day=tomorrow, program=make_program(kind=kind))
    make_session(day=tomorrow)
    make_reading(hub=hub, day=tomorrow, group_only=True)
    open_calendar(hub=hub, by=worker)

    assert [event["uid"] for event in events_at(address(hub))] == [f"{session.uid}@renqi"]
    shown = Client().get(f"/api/hubs/{hub.pk}/open-calendar")
    assert [one["title"] for one in shown.json()["sessions"]] == [session.program.name]
    names = (child.participant.name, place.volunteer.person.name, worker.name, session.note)
    for said in (fetch(address(hub)).content.decode(), shown.content.decode()):
        assert [name for name in names if name in said] == []


def test_a_cancelled_one_is_struck_and_its_reason_is_not_told() -> None:
    session = make_session(day=clock.today() + dt.timedelta(days=1))
    open_calendar(hub=session.hub, by=make_person())
    tag = fetch(address(session.hub))["ETag"]
    assert fetch(address(session.hub), if_none_match=tag).status_code == 304
    cancel_session(session_id=session.pk, revision=1, reason="老师家里有事", by=None)
    (event,) = events_at(address(session.hub))
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    shown = Client().get(f"/api/hubs/{session.hub_id}/open-calendar")
    assert [one["cancelled"] for one in shown.json()["sessions"]] == [True]
    assert "老师" not in shown.content.decode() + fetch(address(session.hub)).content.decode()


def test_what_is_closed_stands_in_it_and_why_is_not_told(at_time: Callable[[dt.datetime], None]) -> None:
    room = make_room(name="书屋")
    hub, tomorrow, by = room.hub, clock.today() + dt.timedelta(days=1), make_person(Role.ADMINISTRATOR)
    open_calendar(hub=hub, by=by)
    tag = fetch(address(hub))["ETag"]
    spans = [(None, clock.at(tomorrow, 480), clock.at(tomorrow, 1260)), (room, clock.now(), clock.at(tomorrow))]
    wishes = [
        {
            "hub": hub,
            "room": what,
            "starts_at": since,
            "ends_at": until,
            "reason": "张三家里有事",
            "choices": {},
            "by": by,
        }
        for what, since, until in spans
    ]
    for wish in wishes:
        close_place(seen=close_place(seen="", **wish).seen, **wish)
    assert fetch(address(hub), if_none_match=tag).status_code == 200
    assert [(str(one["SUMMARY"]), one["STATUS"]) for one in events_at(address(hub))] == [
        ("书屋暂停开放", "CONFIRMED"), ("暂停开放", "CONFIRMED"),
    ]  # fmt: skip
    shown = Client().get(f"/api/hubs/{hub.pk}/open-calendar")
    assert [one["room"] for one in shown.json()["closures"]] == ["书屋", ""]
    assert "张三" not in shown.content.decode() + fetch(address(hub)).content.decode()

    first = fetch(address(hub))
    assert fetch(address(hub), if_none_match=first["ETag"]).status_code == 304
    at_time(clock.now() + dt.timedelta(minutes=5))
    for closure in Closure.objects.all():
        lift_closure(closure_id=closure.pk, by=by)
    assert [(one["STATUS"], one["SEQUENCE"]) for one in events_at(address(hub))] == [("CONFIRMED", 1), ("CANCELLED", 1)]
    for asked in ({"if_none_match": first["ETag"]}, {"if_modified_since": first["Last-Modified"]}):
        assert fetch(address(hub), **asked).status_code == 200
    assert parsedate_to_datetime(fetch(address(hub))["Last-Modified"]) == clock.now().replace(microsecond=0)


def test_it_says_where_it_is_fetched_and_costs_the_same_for_one_and_for_thirty() -> None:
    hub, program = make_hub(), make_program()
    open_calendar(hub=hub, by=make_person())
    counts = []
    for sessions in (1, 29):
        for number in range(sessions):
            make_session(hub=hub, program=program, day=clock.today() + dt.timedelta(days=1 + number % 12))
        about = f"/api/hubs/{hub.pk}/open-calendar"
        counts.append((count_queries(lambda: fetch(address(hub))), count_queries(lambda: Client().get(about))))  # noqa: B023
    assert (len(events_at(address(hub))), counts[0]) == (30, counts[1])
    assert f"SOURCE;VALUE=URI:http://localhost:8000{address(hub)}" in fetch(address(hub)).content.decode()


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(sign_in: SignIn) -> None:
    by, client = make_person(), sign_in(make_person(Role.ADMINISTRATOR))
    counts = []
    for hubs in (1, 29):
        for _ in range(hubs):
            open_calendar(hub=make_hub(), by=by)
        counts.append(count_queries(lambda: client.get("/api/open-calendars")))
    assert (len(client.get("/api/open-calendars").json()), counts[0]) == (30, counts[1])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_kind_has_a_word(language: str) -> None:
    with translation.override(language):
        assert [one.code for one in all_kinds() if gettext(f"kind.{one.code}") == f"kind.{one.code}"] == []
