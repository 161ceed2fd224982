"""A wish said on the phone, written down by who plans."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from hub.journal.models import Entry
from hub.people.models import Person, Role
from tests.support.make import make_person, make_volunteer

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def test_it_is_theirs_and_says_who_wrote_it_down(sign_in: SignIn) -> None:
    coordinator, volunteer = make_person(Role.COORDINATOR), make_volunteer()
    client = sign_in(coordinator)
    for count in (3, None):
        answer = client.put(
            f"/api/volunteers/{volunteer.pk}/wish", {"per_week": count}, content_type="application/json"
        )
        assert answer.json() == {"per_week": count}
        volunteer.refresh_from_db()
        assert volunteer.wish_per_week == count
    entries = Entry.objects.filter(action="volunteer.wished").order_by("pk").values_list("actor_id", "for_id")
    assert list(entries) == [(coordinator.pk, volunteer.person_id)] * 2


@pytest.mark.parametrize("count", [-1, 15, "many"])
def test_out_of_range(sign_in: SignIn, count: object) -> None:
    volunteer = make_volunteer(wish_per_week=2)
    client = sign_in(make_person(Role.COORDINATOR))
    answer = client.put(f"/api/volunteers/{volunteer.pk}/wish", {"per_week": count}, content_type="application/json")
    assert answer.status_code == 422
    volunteer.refresh_from_db()
    assert volunteer.wish_per_week == 2


def test_not_by_a_social_worker_nor_another_volunteer(sign_in: SignIn) -> None:
    volunteer = make_volunteer()
    for who in (make_person(Role.SOCIAL_WORKER), make_volunteer().person):
        address = f"/api/volunteers/{volunteer.pk}/wish"
        assert sign_in(who).put(address, {"per_week": 3}, content_type="application/json").status_code == 403
