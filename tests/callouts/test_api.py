"""Call-outs over HTTP: the staff's list, the volunteer's card, the link without a sign-in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from hub.live.models import Event
from hub.notify.models import Message
from hub.notify.recipients import Recipient
from hub.notify.replies import take_reply
from hub.notify.sending import send_one
from hub.people.models import Person, Role
from scheduling.callouts.callouts import look
from scheduling.callouts.models import Ask
from scheduling.signups.models import Assignment
from tests.callouts.factories import AtTime, first_wave, helpers, short_need, the_callout
from tests.signups.factories import make_regular
from tests.support.make import MONDAY, make_agency, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def post(client: Client, address: str, body: dict[str, Any] | None = None) -> Any:
    return client.post(f"/api/{address}", body or {}, content_type="application/json")


def token_of(ask: Ask) -> str:
    return Message.objects.get(dedupe_key=f"callout_ask:{ask.pk}").link.rsplit("/", 1)[-1]


def test_a_coordinator_sees_asked_declined_and_silent(sign_in: SignIn) -> None:
    need, _ = short_need()
    helpers(4)
    asks = first_wave(need)
    coordinator = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))
    assert post(sign_in(asks[0].volunteer.person), f"asks/{asks[0].pk}/answer", {"coming": False}).status_code == 200
    (found,) = coordinator.get("/api/call-outs").json()
    assert {name: found[name] for name in ("asked", "declined", "silent", "wave", "state", "by_hand")} == {
        "asked": 3,
        "declined": 1,
        "silent": 2,
        "wave": 1,
        "state": "running",
        "by_hand": False,
    }
    listed = coordinator.get(f"/api/needs/{need.pk}/call-list").json()
    assert [one["volunteer"] for one in listed["asked"]] == [
        asks[1].volunteer_id,
        asks[2].volunteer_id,
        asks[0].volunteer_id,
    ]
    assert [one["state"] for one in listed["asked"]] == ["silent", "silent", "no"]
    assert listed["asked"][0]["phone"] == asks[1].volunteer.person.phone
    assert (listed["missing"], len(listed["next"])) == (1, 1)
    assert listed["next"][0]["volunteer"] not in {one.volunteer_id for one in asks}


def test_whom_no_message_reached_is_told_from_who_is_silent_until_somebody_rings(
    sign_in: SignIn, settings: Any
) -> None:
    need, _ = short_need()
    helpers(3)
    *_, lost = first_wave(need)
    settings.NOTIFY_CHANNELS = ["sms"]
    told = Event.objects.filter(topic__name=f"hub:{need.session.hub_id}", kind="callout.changed")
    before = told.count()
    send_one(Message.objects.get(dedupe_key=f"callout_ask:{lost.pk}"), Recipient(name="没有电话"))
    assert told.count() == before + 1
    coordinator = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))

    def shown() -> tuple[int, int, list[tuple[int, bool]]]:
        found = coordinator.get(f"/api/needs/{need.pk}/call-list").json()
        search = found["callout"]
        return search["unreached"], search["silent"], [(one["volunteer"], one["unreached"]) for one in found["asked"]]

    for state in (Message.State.DEAD, Message.State.LAID_ASIDE):
        unreached, silent, people = shown()
        assert (unreached, silent, people[0]) == (1, 2, (lost.volunteer_id, True))
        assert [lacks for _, lacks in people] == [True, False, False]
        Message.objects.filter(state=state).update(state=Message.State.LAID_ASIDE)
    post(coordinator, f"needs/{need.pk}/calls", {"volunteer": lost.volunteer_id, "outcome": "no_answer"})
    assert (shown()[:2], shown()[2][-1]) == ((0, 3), (lost.volunteer_id, False))


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.SOCIAL_WORKER])
def test_the_agencys_social_worker_may_start_and_stop_it_too(sign_in: SignIn, role: Role) -> None:
    agency, hub = make_agency(), make_hub()
    need = make_need(session=make_session(hub=hub, program=make_program(agency=agency)))
    client = sign_in(make_person(role, hub=hub, agency=agency))
    started = post(client, f"needs/{need.pk}/call-out")
    assert (started.status_code, started.json()["by_hand"], started.json()["state"]) == (200, True, "running")
    stopped = post(client, f"call-outs/{started.json()['id']}/stop")
    assert stopped.json()["state"] == "stopped"
    assert client.get("/api/call-outs").json() == []


def test_calls_are_written_down_and_a_yes_signs_up(sign_in: SignIn) -> None:
    need = make_need(target=1)
    yes, no, away = helpers(3)
    staff = make_person(Role.COORDINATOR, hub=need.session.hub)
    client = sign_in(staff)
    for who, outcome in ((away, "no_answer"), (no, "no")):
        assert post(client, f"needs/{need.pk}/calls", {"volunteer": who.pk, "outcome": outcome}).status_code == 200
    callout = the_callout(need)
    assert (callout.state, callout.asking) == ("running", False)
    assert not look(callout.pk), "nobody is asked by message"
    answer = post(client, f"needs/{need.pk}/calls", {"volunteer": yes.pk, "outcome": "yes"}).json()
    assert {one["volunteer"]: one["state"] for one in answer["asked"]} == {
        yes.pk: "yes",
        no.pk: "no",
        away.pk: "closed",
    }
    row = Assignment.objects.get(need=need)
    assert (row.volunteer_id, row.state, row.source, row.by) == (yes.pk, "accepted", "hand", staff)
    assert list(Message.objects.values_list("to_id", "template")) == [(yes.person_id, "shifts_added")]
    again = post(client, f"needs/{need.pk}/calls", {"volunteer": no.pk, "outcome": "yes"})
    assert (again.status_code, again.json()["code"]) == (409, "not_short")


def test_a_rule_stands_on_the_telephone_too(sign_in: SignIn) -> None:
    need, _ = short_need()
    who = make_regular(active=False)
    client = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))
    answer = post(client, f"needs/{need.pk}/calls", {"volunteer": who.pk, "outcome": "yes"})
    assert (answer.status_code, answer.json()["code"]) == (409, "inactive")
    assert not Ask.objects.exists()


def test_a_volunteer_finds_the_question_at_home_until_it_is_answered(sign_in: SignIn) -> None:
    need, _ = short_need()
    helpers(2)
    one, other = first_wave(need)
    mine, theirs = sign_in(one.volunteer.person), sign_in(other.volunteer.person)
    (card,) = mine.get("/api/asks").json()
    assert (card["id"], card["need"], card["state"], card["callout"]) == (one.pk, need.pk, "silent", "running")
    assert post(mine, f"asks/{one.pk}/answer", {"coming": True}).json()["state"] == "yes"
    assert mine.get("/api/asks").json() == theirs.get("/api/asks").json() == []
    late = post(theirs, f"asks/{other.pk}/answer", {"coming": True})
    assert (late.status_code, late.json()["code"]) == (409, "callout_filled")
    told = Event.objects.filter(topic__name=f"person:{other.volunteer.person_id}").values_list("kind", flat=True)
    assert list(told) == ["callout.changed", "callout.changed"], "asked, and over"


def test_a_link_answers_without_a_sign_in() -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    token, client = token_of(ask), Client()
    assert not Ask.objects.filter(token_hash=token).exists(), "only a hash is kept"
    page = client.get(f"/api/asked/{token}").json()
    assert (page["name"], page["ask"]["state"]) == ("人*", "silent")
    for coming, state in [(False, "no"), (False, "no"), (True, "yes"), (True, "yes")]:
        answer = post(client, f"asked/{token}", {"coming": coming})
        assert (answer.status_code, answer.json()["ask"]["state"]) == (200, state)
    assert Assignment.objects.filter(need=need, state="accepted").count() == 1


def test_a_text_answers_too() -> None:
    need, _ = short_need()
    helpers(2)
    one, other = first_wave(need)
    Message.objects.filter(template="callout_ask").update(state="sent", attempts=1)
    for ask, text, said in ((other, "2", "reply_no"), (one, "1", "reply_yes"), (other, "1", "reply_late")):
        reply = take_reply(provider_id=f"{ask.pk}{text}", phone=ask.volunteer.person.phone, text=text)
        assert reply.outcome == said
    assert Assignment.objects.get(need=need, state="accepted").volunteer_id == one.volunteer_id


def test_a_link_ends_when_the_session_begins(at_time: AtTime) -> None:
    need, _ = short_need()
    helpers(1)
    (ask,) = first_wave(need)
    at_time(need.session.starts_at)
    answer = Client().get(f"/api/asked/{token_of(ask)}")
    assert (answer.status_code, answer.json()["code"]) == (409, "link_expired")


def test_guessing_is_cut_short() -> None:
    cache.clear()
    codes = [Client().get(f"/api/asked/guess{number}").status_code for number in range(22)]
    cache.clear()
    assert codes == [404] * 20 + [429] * 2


def test_an_unreadable_outcome_is_refused(sign_in: SignIn) -> None:
    need, _ = short_need()
    client = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))
    answer = post(client, f"needs/{need.pk}/calls", {"volunteer": make_regular().pk, "outcome": "perhaps"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_lists_cost_the_same_for_thirty_rows(sign_in: SignIn) -> None:
    hub, program, me = make_hub(), make_program(), make_regular()
    staff = sign_in(make_person(Role.COORDINATOR, hub=hub))
    mine = sign_in(me.person)
    listed = make_need(session=make_session(hub=hub, program=program))

    def add(count: int, first: int) -> None:
        for number in range(first, first + count):
            day = MONDAY + dt.timedelta(days=number)
            session = make_session(day=day, hub=hub, program=program, minutes=60)
            need, _ = short_need(session=session)
            Ask.objects.create(callout=the_callout(need), volunteer=me, wave=1, asked_at=session.created_at)
            make_regular()
        assert post(staff, f"needs/{listed.pk}/calls", {"volunteer": me.pk, "outcome": "no_answer"}).status_code == 200

    calls = {
        "call-outs": lambda: staff.get("/api/call-outs"),
        "call-list": lambda: staff.get(f"/api/needs/{listed.pk}/call-list"),
        "asks": lambda: mine.get("/api/asks"),
    }
    add(1, 0)
    for call in calls.values():
        call()
    one = {name: count_queries(call) for name, call in calls.items()}
    add(29, 1)
    assert {name: count_queries(call) for name, call in calls.items()} == one
    assert len(calls["call-outs"]().json()) == 31
    assert len(calls["asks"]().json()) == 30
