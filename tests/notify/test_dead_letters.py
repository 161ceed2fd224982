"""What did not go out waits for an administrator, who sends it again or lays it aside."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hub.journal.models import Entry
from hub.notify.dead_letters import count_states, lay_aside
from hub.notify.models import Message
from hub.notify.outbox import queue
from hub.notify.sending import send_due
from hub.people.models import Role
from tests.support.clients import client_for
from tests.support.make import make_person
from tests.support.provider import Provider

State = Message.State
pytestmark = pytest.mark.django_db


def dead(template: str = "session_cancelled", **values: Any) -> Message:
    values = {"to_id": make_person().pk, "link": "http://localhost:8000/a/Abc"} | values
    queue(template=template, dedupe_key=f"dead{Message.objects.count()}", **values)
    send_due()
    message = Message.objects.latest("pk")
    assert message.state == State.DEAD
    return message


def act(message: Message, deed: str, client: Client | None = None) -> Any:
    client = client or client_for(make_person(Role.ADMINISTRATOR))
    return client.post(f"/api/messages/{message.pk}/{deed}")


@pytest.fixture
def refusing(provider: type[Provider], settings: Any) -> type[Provider]:
    settings.DEMO, provider.status = False, 400
    return provider


def test_sent_again_it_goes_out_whole(refusing: type[Provider]) -> None:
    message = dead()
    assert act(message, "again").json()["state"] == "queued"
    refusing.status = 200
    assert send_due() == 1
    message.refresh_from_db()
    assert (message.state, message.error, message.link) == (State.SENT, "", "")
    assert [one["variables"]["code"] for one in refusing.received] == ["Abc", "Abc"]
    assert Entry.objects.get(action="message.sent_again").facts == {"error": "http_400"}


def test_sent_again_in_vain_it_is_back_at_once(refusing: type[Provider]) -> None:
    message = dead()
    for attempts in (2, 3):
        act(message, "again")
        send_due()
        message.refresh_from_db()
        assert (message.state, message.error, message.attempts) == (State.DEAD, "http_400", attempts)


def test_laid_aside_it_is_done_with_and_opens_nothing(refusing: type[Provider]) -> None:
    message = dead()
    assert act(message, "aside").json()["state"] == "aside"
    message.refresh_from_db()
    assert (message.link, send_due()) == ("", 0)
    assert act(message, "again").json()["code"] == "not_dead"


@pytest.mark.parametrize("deed", ["again", "aside"])
def test_only_what_is_dead(deed: str, provider: type[Provider]) -> None:
    queue(to_id=make_person().pk, template="session_cancelled", dedupe_key="k")
    message = Message.objects.get()
    assert act(message, deed).json()["code"] == "not_dead"
    send_due()
    assert act(message, deed).json()["code"] == "not_dead"
    message.pk += 1
    assert act(message, deed).status_code == 404


def test_a_code_that_nobody_kept_is_not_sent_again(refusing: type[Provider]) -> None:
    message = dead("sign_in_code", variables={"code": "123456"})
    answer = act(message, "again")
    assert (answer.status_code, answer.json()["code"]) == (409, "message_forgotten")
    listed = client_for(make_person(Role.ADMINISTRATOR)).get("/api/messages?state=dead").json()
    assert [one["again"] for one in listed["messages"]] == [False]


def test_the_list_counts_and_sifts_by_state(refusing: type[Provider]) -> None:
    first, second = dead(), dead()
    lay_aside(message=first.pk, by=1)
    queue(to_id=make_person().pk, template="session_moved", dedupe_key="waits")
    client = client_for(make_person(Role.ADMINISTRATOR))
    listed = client.get("/api/messages?state=dead").json()
    assert [one["id"] for one in listed["messages"]] == [second.pk]
    assert listed["counts"] == {"queued": 1, "sending": 0, "sent": 0, "dead": 1, "aside": 1} == count_states()
