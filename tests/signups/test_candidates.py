"""Whom a coordinator may call: ranked, with reasons, under the rules of sign-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.people.models import Person, Role
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline
from tests.signups.factories import make_regular, make_young, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session, make_volunteer
from tests.support.queries import count_queries
from volunteers.models import Skill

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db


def ask(sign_in: SignIn, need: Any) -> dict[str, Any]:
    coordinator = make_person(Role.COORDINATOR, hub=need.session.hub)
    answer = sign_in(coordinator).get(f"/api/needs/{need.pk}/candidates")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_who_lives_near_and_was_not_asked_yet_comes_first(sign_in: SignIn) -> None:
    here, away = make_hub(), make_hub(longitude=106.74)
    need = make_need(session=make_session(hub=here), target=5)
    far, near, busy = make_regular(home=away), make_regular(home=here), make_regular(home=here)
    for hour in (13, 15):
        take(make_need(session=make_session(hub=here, start=hour * 60, minutes=30)), busy)
    found = ask(sign_in, need)
    assert [one["volunteer"] for one in found["free"]] == [near.pk, busy.pk, far.pk]
    assert [reason["code"] for reason in found["free"][0]["why"]] == ["near", "fair"]
    assert found["free_count"] == 3


def test_one_step_away_is_named_and_the_rest_is_counted(sign_in: SignIn) -> None:
    skill = Skill.objects.create(name="讲故事")
    need = make_need(skill=skill)
    afternoon = [[day, 14 * 60, 18 * 60] for day in range(7)]
    can, later = make_regular(), make_regular(availability=afternoon)
    for one in (can, later):
        one.skills.add(skill)
    make_regular()
    found = ask(sign_in, need)
    assert [one["volunteer"] for one in found["free"]] == [can.pk]
    assert [(one["volunteer"], one["against"][0]["code"]) for one in found["near"]] == [(later.pk, "unavailable")]
    assert found["others"] == {"no_skill": 1}


def test_who_is_free_here_is_taken_by_the_same_rules(sign_in: SignIn) -> None:
    """Judged one by one and all together, everybody is judged alike."""
    need = make_need(target=2)
    here = take(need).volunteer
    clashing = make_regular()
    take(make_need(session=make_session(day=MONDAY, start=9 * 60 + 30)), clashing)
    free = make_regular()
    found = ask(sign_in, need)
    assert [one["volunteer"] for one in found["free"]] == [free.pk]
    assert [one["volunteer"] for one in found["near"]] == [clashing.pk]
    assert found["others"] == {"already_here": 1}
    assert here.pk not in [one["volunteer"] for one in found["near"]]
    assert take(need, free).volunteer == free


def test_a_crowd_costs_the_same(sign_in: SignIn) -> None:
    need = make_need(target=5)
    make_regular(home=make_hub())
    client = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))
    address = f"/api/needs/{need.pk}/candidates"
    client.get(address)
    one = count_queries(lambda: client.get(address))
    for _ in range(29):
        take(make_need(session=make_session(start=13 * 60)), make_regular(home=make_hub()))
    assert count_queries(lambda: client.get(address)) == one


@pytest.mark.parametrize("state", ["requested", "wished", "waiting", "offered", "agreed"])
def test_who_asks_for_a_place_there_already_is_not_called(sign_in: SignIn, state: str) -> None:
    need = make_need(target=3)
    asking = take(make_need(session=need.session))
    Assignment.objects.filter(pk=asking.pk).update(state=state)
    found = ask(sign_in, need)
    assert (found["free"], found["near"], found["others"]) == ([], [], {"already_asked": 1})


def test_who_comes_accompanied_is_no_company_for_a_newcomer(sign_in: SignIn) -> None:
    need = make_need(target=5)
    take(need, make_regular(prior_minutes=100 * 60))
    young = make_young(prior_minutes=200 * 60)
    take(need, young)
    newcomer = make_volunteer()
    assert newcomer.pk in [one["volunteer"] for one in ask(sign_in, need)["free"]]
    decline(assignment=need.assignments.exclude(volunteer=young).get().pk, by=None)
    (near,) = [one for one in ask(sign_in, need)["near"] if one["volunteer"] == newcomer.pk]
    assert near["against"][0]["code"] == "needs_experienced"


def test_who_said_no_to_this_session_is_not_offered_as_free(sign_in: SignIn) -> None:
    need = make_need()
    place = take(need)
    decline(assignment=place.pk, by=None)
    found = ask(sign_in, need)
    assert (found["free"], found["near"][0]["against"][0]["code"]) == ([], "said_no")
