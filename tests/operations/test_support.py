"""The shared fixtures hold what they promise: other tests lean on them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from hub.people.models import Person
from hub.places.models import Hub
from tests.support import make
from tests.support.queries import count_queries


@pytest.mark.django_db
def test_a_client_is_the_person(sign_in: Callable[[Person], Client]) -> None:
    person = make.make_person("coordinator")
    assert sign_in(person).get("/api/me").json()["person"]["id"] == person.pk


@pytest.mark.django_db
def test_everything_can_be_made() -> None:
    need = make.make_need(session=make.make_session(room=make.make_room()))
    child = make.make_child()
    volunteer = make.make_volunteer()
    assert (need.position, child.person.child.pk, volunteer.person.grants.get().role) == (0, child.pk, "volunteer")


@pytest.mark.django_db
def test_queries_are_counted() -> None:
    assert count_queries(lambda: list(Hub.objects.all())) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_calls_run_on_connections_of_their_own(at_once: Callable[..., list[object]]) -> None:
    connections = at_once([lambda: connection.connection] * 5)
    assert len({id(one) for one in connections}) == 5
    results = at_once([lambda: make.make_hub(name="one name").pk] * 5)
    assert sorted(type(result).__name__ for result in results) == ["IntegrityError"] * 4 + ["int"]
