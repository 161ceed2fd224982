"""/api/places."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Residency
from tests.support.make import make_hub, make_person, make_room
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def test_sites_with_their_rooms(sign_in: Callable[[Person], Client]) -> None:
    hub = make_hub(name="双龙社区")
    make_room(hub=hub, name="公益书屋", capacity=24)
    (place,) = sign_in(make_person(Role.VOLUNTEER)).get("/api/places").json()
    assert (place["name"], [room["name"] for room in place["rooms"]]) == ("双龙社区", ["公益书屋"])
    assert place["editable"] is False


def test_a_coordinator_furnishes_their_own_sites_alone(sign_in: Callable[[Person], Client]) -> None:
    """Also where they may put sessions as their agency's social worker."""
    hub, other, by = make_hub(), make_hub(), make_person(Role.SOCIAL_WORKER)
    below = make_hub(parent=hub)
    Residency.objects.create(hub=other, agency=by.grants.get().agency)
    RoleGrant.objects.create(person=by, role=Role.COORDINATOR, hub=hub)

    def ours(person: Person) -> list[int]:
        return [one["id"] for one in sign_in(person).get("/api/places").json() if one["editable"]]

    assert set(ours(by)) == {hub.pk, below.pk}
    assert set(ours(make_person(Role.ADMINISTRATOR))) == {hub.pk, other.pk, below.pk}


def test_thirty_sites_cost_as_many_queries_as_one(sign_in: Callable[[Person], Client]) -> None:
    client = sign_in(make_person(Role.VOLUNTEER))
    make_room()
    client.get("/api/places")
    one = count_queries(lambda: client.get("/api/places"))
    for _ in range(29):
        make_room()
    assert count_queries(lambda: client.get("/api/places")) == one
