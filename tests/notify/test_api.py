"""Who sees what went out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.notify.outbox import queue
from hub.people.models import Person, Role
from tests.support.make import make_person
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def fill(count: int = 1) -> None:
    for number in range(count):
        person = make_person(name="王芳", phone=f"1391234{number:04d}")
        queue(to_id=person.pk, template="shifts_added", dedupe_key=f"k{person.pk}", link="http://x/a/Abc")
        queue(
            to_id=None,
            phone=person.phone,
            template="sign_in_code",
            variables={"code": "QK7"},
            dedupe_key=f"c{person.pk}",
        )


def test_the_demo_shows_codes_and_links_to_everybody(settings: Any) -> None:
    settings.DEMO = True
    fill()
    code, shift = Client().get("/api/messages").json()["messages"]
    assert "QK7" in code["text"]
    assert (code["to"], code["phone"]) == ("王*", "139****0000")
    assert shift["link"] == "http://x/a/Abc"


@pytest.mark.parametrize("role", [None, *Role])
def test_elsewhere_administrators_alone_and_without_secrets(role: Role | None, settings: Any, sign_in: SignIn) -> None:
    settings.DEMO = False
    fill()
    client = sign_in(make_person(role)) if role else Client()
    answer = client.get("/api/messages")
    if role != Role.ADMINISTRATOR:
        assert answer.status_code == (403 if role else 401)
        return
    assert [(one["to"], one["link"]) for one in answer.json()["messages"]] == [("王*", ""), ("王*", "")]
    assert "QK7" not in answer.content.decode()
    assert "/a/Abc" not in answer.content.decode()


def test_the_list_costs_the_same_for_thirty(settings: Any) -> None:
    settings.DEMO = True
    client = Client()
    fill()
    one = count_queries(lambda: client.get("/api/messages"))
    fill(0)
    for number in range(30):
        queue(to_id=make_person().pk, template="shifts_added", dedupe_key=f"more{number}")
    assert count_queries(lambda: client.get("/api/messages")) == one
