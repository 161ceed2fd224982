"""/api/places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub.people.models import Person, Role
from tests.support.make import make_hub, make_person, make_room
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def test_sites_with_their_rooms(sign_in: Callable[[Person], Client]) -> None:
    hub = make_hub(name="双龙社区")
    room = make_room(hub=hub, name="公益书屋", capacity=24)
    (place,) = sign_in(make_person(Role.VOLUNTEER)).get("/api/places").json()
    assert (place["name"], place["rooms"]) == ("双龙社区", [{"id": room.pk, "name": "公益书屋", "capacity": 24}])


def test_thirty_sites_cost_as_many_queries_as_one(sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(make_person(Role.VOLUNTEER))
    make_room()
    client.get("/api/places")
    one = count_queries(lambda: client.get("/api/places"))
    for _ in range(29):
        make_room()
    assert count_queries(lambda: client.get("/api/places")) == one
