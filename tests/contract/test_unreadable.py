"""What can't be read, or names nothing, is refused in the API's own form."""

from __future__ import annotations

import pytest
from django.test import Client

from hub.people.models import Role
from tests.support.clients import client_for
from tests.support.make import make_person

pytestmark = pytest.mark.django_db
INVALID = {"code": "invalid", "facts": {}}
NOT_FOUND = {"code": "not_found", "facts": {}}


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[1", b'{"person_id": "\\ud92e"}', b'{"code": "\\u0000"}'])
def test_a_body_that_is_no_json(body: bytes) -> None:
    answer = Client().post("/api/setup/code", body, content_type="application/json")
    assert (answer.status_code, answer.json()) == (400, INVALID)


def test_a_query_with_a_nul() -> None:
    answer = client_for(make_person(Role.ADMINISTRATOR)).get("/api/people?q=%00")
    assert (answer.status_code, answer.json()) == (400, INVALID)


@pytest.mark.parametrize("path", ["nowhere", "people/x/roles", f"people/{2**63}/roles", f"people/-{2**70}/roles"])
def test_an_address_that_names_nothing(path: str) -> None:
    answer = client_for(make_person(Role.ADMINISTRATOR)).get(f"/api/{path}")
    assert (answer.status_code, answer.json()) == (404, NOT_FOUND)


def test_a_number_that_fits_no_row_in_a_body() -> None:
    client = client_for(make_person(Role.ADMINISTRATOR))
    person = make_person()
    wish = {"role": "coordinator", "hub_id": 2**70}
    answer = client.post(f"/api/people/{person.pk}/roles", wish, content_type="application/json")
    assert answer.status_code in (400, 404, 422)
