"""What the hot paths cost the database. A list costs the same for one row and for thirty."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from hub.people.models import Person
from tests.signups.factories import make_regular, take
from tests.support.make import make_hub, make_need, make_program, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db

# SQLite says BEGIN in a statement of its own.
SIGN_UP = 13 if connection.vendor == "sqlite" else 12


def test_a_sign_up_with_its_session_and_person(
    sign_in: SignIn, django_assert_num_queries: Callable[..., object]
) -> None:
    volunteer, need = make_regular(home=make_hub()), make_need(target=3)
    client = sign_in(volunteer.person)
    assert client.get("/api/me").status_code == 200
    queries = count_queries(lambda: client.post(f"/api/needs/{need.pk}/sign-up"))
    assert volunteer.assignments.count() == 1
    assert queries <= SIGN_UP


def test_a_full_need_is_refused_before_any_lock(sign_in: SignIn) -> None:
    need = make_need(target=1)
    take(need)
    client = sign_in(make_regular().person)
    assert count_queries(lambda: client.post(f"/api/needs/{need.pk}/sign-up")) == 4


@pytest.mark.parametrize("address", ["/api/shifts/mine", "/api/shifts/open", "/api/shifts/open?which=full"])
def test_lists_cost_the_same_for_thirty_rows(sign_in: SignIn, address: str) -> None:
    me, hub, program = make_regular(home=make_hub()), make_hub(), make_program()
    client = sign_in(me.person)

    def add(count: int, first: int) -> None:
        for number in range(first, first + count):
            session = make_session(hub=hub, program=program, start=8 * 60 + number * 240, minutes=60)
            need = make_need(session=session, target=3)
            if "mine" in address:
                take(need, me)
            elif "full" in address:
                need.target = need.min = 0
                need.save()
            take(make_need(session=session, target=3))

    add(1, 0)
    client.get(address)
    one = count_queries(lambda: client.get(address))
    add(29, 1)
    thirty = count_queries(lambda: client.get(address))
    assert len(client.get(address).json()["shifts"]) >= 15
    assert thirty == one
