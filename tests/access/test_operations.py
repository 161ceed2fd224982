"""The gates themselves: cookies, forged requests, who is acting."""

from __future__ import annotations

import pytest
from django.test import Client, override_settings

from hub.access.operations import Allow
from hub.people.models import Role, User
from tests.support.clients import BACKEND, client_for
from tests.support.make import make_person

pytestmark = pytest.mark.django_db


def strict(client: Client) -> Client:
    """The same visitor, with forged requests checked as on the real server."""
    checked = Client(enforce_csrf_checks=True)
    checked.cookies = client.cookies
    return checked


def test_writing_without_the_token_is_refused() -> None:
    person = make_person(Role.VOLUNTEER)
    client = strict(client_for(person))
    answer = client.post("/api/me/person", {"person_id": person.pk}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")


def test_writing_with_the_token_works() -> None:
    person = make_person(Role.VOLUNTEER)
    client = strict(client_for(person))
    client.get("/")
    token = client.cookies["csrftoken"].value
    answer = client.post(
        "/api/me/person", {"person_id": person.pk}, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200


def test_writing_with_another_token_is_refused() -> None:
    person = make_person(Role.VOLUNTEER)
    client = strict(client_for(person))
    client.get("/")
    answer = client.post("/api/me/sign-out", headers={"X-CSRFToken": "a" * 32})
    assert answer.status_code == 403
    assert client.get("/api/me").json()["signed_in"] is True


def test_the_demo_signs_in_by_one_plain_request_and_hands_out_the_token_for_the_next() -> None:
    """Its people are invented and its address is no secret; every other writing request needs the token."""
    make_person(Role.VOLUNTEER)
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/api/demo/sign-in", {"role": "volunteer"}, content_type="application/json")
    assert answer.status_code == 200
    assert client.post("/api/me/sign-out").json()["code"] == "csrf_failed"
    token = client.cookies["csrftoken"].value
    assert client.post("/api/me/sign-out", headers={"X-CSRFToken": token}).json()["signed_in"] is False


def test_the_cookies_name_is_the_settings() -> None:
    with override_settings(SESSION_COOKIE_NAME="other"):
        person = make_person(Role.VOLUNTEER)
        client = client_for(person)
        assert "other" in client.cookies
        assert client.get("/api/me").json()["person"]["id"] == person.pk


def test_the_gate_tells_the_documents_cookie() -> None:
    from django.conf import settings

    assert Allow(Role.VOLUNTEER).param_name == settings.SESSION_COOKIE_NAME


def test_signed_in_without_a_chosen_person_is_nobody() -> None:
    first = make_person(Role.VOLUNTEER)
    make_person(Role.GUARDIAN, phone=first.phone, name="另一位")
    client = Client()
    client.force_login(User.objects.for_phone(first.phone), backend=BACKEND)
    me = client.get("/api/me").json()
    assert (me["signed_in"], me["person"], me["roles"], len(me["persons"])) == (True, None, [], 2)


def test_a_person_of_another_number_is_not_mine() -> None:
    mine, other = make_person(Role.VOLUNTEER), make_person(Role.ADMINISTRATOR)
    client = client_for(mine)
    answer = client.post("/api/me/person", {"person_id": other.pk}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert client.get("/api/me").json()["person"]["id"] == mine.pk


def test_a_forged_person_in_the_session_is_nobody() -> None:
    mine, other = make_person(Role.VOLUNTEER), make_person(Role.ADMINISTRATOR)
    client = client_for(mine)
    session = client.session
    session["person_id"] = other.pk
    session.save()
    assert client.get("/api/me").json()["person"] is None
