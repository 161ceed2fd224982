"""Signing in by phone and code, through the real endpoints and the real outbox."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from hub import clock
from hub.journal.models import Entry
from hub.notify.models import Message
from hub.people.models import Person, User
from tests.support.make import make_person

pytestmark = pytest.mark.django_db

REQUEST = "/_allauth/browser/v1/auth/code/request"
CONFIRM = "/_allauth/browser/v1/auth/code/confirm"
SESSION = "/_allauth/browser/v1/auth/session"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


def post(client: Client, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, body, content_type="application/json")


def ask_for_code(client: Client, phone: str) -> Any:
    return post(client, REQUEST, {"phone": phone})


def code_in_outbox() -> str:
    return str(Message.objects.get(template="sign_in_code").variables["code"])


def test_a_code_signs_in() -> None:
    person = make_person(phone="13812345678")
    client = Client()
    asked = ask_for_code(client, "13812345678")
    assert (asked.status_code, asked.json()["meta"]) == (401, {"is_authenticated": False})
    assert client.get("/api/me").json()["signed_in"] is False

    confirmed = post(client, CONFIRM, {"code": code_in_outbox()})
    assert confirmed.status_code == 200
    me = client.get("/api/me").json()
    assert (me["signed_in"], me["person"], me["phone"]) == (True, {"id": person.pk, "name": person.name}, "138****5678")


def test_the_code_has_six_digits() -> None:
    make_person(phone="13812345678")
    ask_for_code(Client(), "13812345678")
    code = code_in_outbox()
    assert (len(code), code.isdigit()) == (6, True)


@pytest.mark.parametrize("written", ["+8613812345678", "138 1234 5678", "１３８１２３４５６７８", "138-1234-5678"])
def test_a_number_is_known_however_it_is_written(written: str) -> None:
    make_person(phone="13812345678")
    ask_for_code(Client(), written)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("written", ["199000000001", "+86199000000001"])
def test_an_invented_persons_number_works(written: str) -> None:
    make_person(phone="199000000001")
    client = Client()
    ask_for_code(client, written)
    assert post(client, CONFIRM, {"code": code_in_outbox()}).status_code == 200


@pytest.mark.parametrize("written", ["12345", "", "02348662000", "abc", "1" * 41])
def test_what_is_no_mobile_number_is_refused(written: str) -> None:
    answer = ask_for_code(Client(), written)
    assert answer.status_code == 400
    assert Message.objects.count() == 0


def test_an_unknown_number_looks_like_a_known_one() -> None:
    make_person(phone="13812345678")
    known, unknown = Client(), Client()
    answers = [ask_for_code(known, "13812345678"), ask_for_code(unknown, "13912345678")]
    assert answers[0].json() == answers[1].json()
    assert Message.objects.count() == 1
    assert User.objects.count() == 1
    for _ in range(6):
        wrong = [post(client, CONFIRM, {"code": "xxxxxx"}) for client in (known, unknown)]
        assert (wrong[0].status_code, wrong[0].json()) == (wrong[1].status_code, wrong[1].json())


def test_no_code_confirms_nothing() -> None:
    client = Client()
    ask_for_code(client, "13912345678")
    assert post(client, CONFIRM, {"code": ""}).status_code == 400
    assert client.get("/api/me").json()["signed_in"] is False


def test_five_wrong_codes_end_the_attempt() -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    code = code_in_outbox()
    assert [post(client, CONFIRM, {"code": "no"}).status_code for _ in range(5)] == [400] * 5
    assert post(client, CONFIRM, {"code": code}).status_code == 409


def test_guesses_that_come_together_count_one_by_one() -> None:
    """Each finds the session as the first did: what the others wrote into it is written over."""
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    code, stored = code_in_outbox(), Session.objects.get().session_data
    for _ in range(5):
        assert post(client, CONFIRM, {"code": "no"}).status_code == 400
        Session.objects.update_or_create(
            session_key=client.cookies["sessionid"].value,
            defaults={"session_data": stored, "expire_date": clock.now() + dt.timedelta(days=1)},
        )
    assert post(client, CONFIRM, {"code": code}).status_code == 400
    assert client.get("/api/me").json()["signed_in"] is False


def test_a_code_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    import time

    later = time.time() + 10 * 60 + 1
    monkeypatch.setattr("allauth.account.internal.flows.code_verification.time.time", lambda: later)
    assert post(client, CONFIRM, {"code": code_in_outbox()}).status_code == 409


def test_a_code_works_once_and_only_in_its_browser() -> None:
    make_person(phone="13812345678")
    first, other = Client(), Client()
    ask_for_code(first, "13812345678")
    assert post(other, CONFIRM, {"code": code_in_outbox()}).status_code == 409
    assert post(first, CONFIRM, {"code": code_in_outbox()}).status_code == 200
    first.post("/api/me/sign-out")
    assert post(first, CONFIRM, {"code": code_in_outbox()}).status_code == 409


def test_sending_again_makes_the_old_code_worthless() -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    old = code_in_outbox()
    Message.objects.update(variables={"code": "other"})
    while True:
        Message.objects.exclude(variables={"code": "other"}).delete()
        ask_for_code(client, "13812345678")
        new = str(Message.objects.exclude(variables={"code": "other"}).get().variables["code"])
        if new != old:
            break
    assert post(client, CONFIRM, {"code": old}).status_code == 400
    assert post(client, CONFIRM, {"code": new}).status_code == 200


def test_a_number_gets_four_codes_in_five_minutes() -> None:
    make_person(phone="13812345678")
    answers = [ask_for_code(Client(), "13812345678") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [401] * 4 + [400]
    assert answers[-1].json()["errors"][0]["code"] == "too_many_login_attempts"
    assert Message.objects.count() == 4


def test_a_hub_behind_one_address_is_not_locked_out() -> None:
    for number in range(60):
        make_person(phone=f"1370000{number:04d}")
    answers = [ask_for_code(Client(), f"1370000{number:04d}").status_code for number in range(60)]
    assert answers == [401] * 60


def test_the_session_changes_its_key_on_signing_in() -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    before = client.session.session_key
    post(client, CONFIRM, {"code": code_in_outbox()})
    after = client.session.session_key
    assert before != after
    assert not Session.objects.filter(session_key=before).exists()


def test_the_stored_session_tells_no_number() -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    import base64
    import zlib

    stored = Session.objects.get().session_data
    payload = stored.split(":")[0]
    raw = base64.urlsafe_b64decode(payload.lstrip(".") + "=" * (-len(payload.lstrip(".")) % 4))
    plain = zlib.decompress(raw) if payload.startswith(".") else raw
    assert b"13812345678" not in plain
    assert client.session["account_login"]["state"]["stages"]["login_by_code"]["data"]["phone"] == "13812345678"


def test_a_forged_request_is_refused() -> None:
    make_person(phone="13812345678")
    client = Client(enforce_csrf_checks=True)
    assert ask_for_code(client, "13812345678").status_code == 403
    assert Message.objects.count() == 0


def test_signing_in_is_in_the_journal() -> None:
    person = make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    post(client, CONFIRM, {"code": code_in_outbox()})
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.facts) == ("person.signed_in", person.pk, {})


@pytest.mark.parametrize("path", ["auth/signup", "auth/login", "account/phone", "account/email", "auth/phone/verify"])
def test_nothing_else_of_the_library_answers(path: str) -> None:
    assert Client().post(f"/_allauth/browser/v1/{path}", {}, content_type="application/json").status_code == 404


def test_signing_out_by_the_librarys_endpoint() -> None:
    make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    post(client, CONFIRM, {"code": code_in_outbox()})
    assert client.delete(SESSION).status_code == 401
    assert client.get("/api/me").json()["signed_in"] is False


def test_a_persons_number_taken_away_ends_their_session() -> None:
    person = make_person(phone="13812345678")
    client = Client()
    ask_for_code(client, "13812345678")
    post(client, CONFIRM, {"code": code_in_outbox()})
    Person.objects.get(pk=person.pk).delete()
    me = client.get("/api/me").json()
    assert (me["person"], me["persons"], me["roles"]) == (None, [], [])
