"""Policies: an order of goals, as weights; what a run was made by; what a site usually plans by."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person, Role
from hub.places.models import Hub
from scheduling.planning import runs
from scheduling.planning.models import Policy, Run
from scheduling.planning.policies import FACTORS, GOALS, PRESETS, choose, set_policy, under
from scheduling.sessions.models import RosterSettings
from tests.planning.factories import make_open_need
from tests.support.make import MONDAY, make_hub, make_person
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
ORDER = ["near", "fair", "wishes", "steady", "familiar"]


def counts(goals: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Goal -> weight -> what it counts under this order."""
    settings = under(RosterSettings(), goals)
    found = {goal: {name: settings.weights[name] for name in names} for goal, names in GOALS.items()}
    found["wishes"]["kind"] = settings.preferred_kind_score
    return found


def test_a_goal_that_moves_up_counts_no_less_and_those_it_passes_no_more() -> None:
    for order in permutations(GOALS):
        before = counts(order)
        for place in range(1, len(order)):
            moved = (*order[: place - 1], order[place], order[place - 1], *order[place + 1 :])
            after = counts(moved)
            up, down = order[place], order[place - 1]
            assert all(after[up][name] >= before[up][name] for name in before[up])
            assert all(after[down][name] <= before[down][name] for name in before[down])
            assert {goal: after[goal] for goal in GOALS if goal not in (up, down)} == {
                goal: before[goal] for goal in GOALS if goal not in (up, down)
            }


def test_a_place_further_up_counts_twice_as_much_as_far_as_whole_points_go() -> None:
    usual = RosterSettings().weights["keep"]
    found = [counts((*tuple([goal for goal in GOALS if goal != "steady"][:place]), "steady")) for place in range(5)]
    assert [one["steady"]["keep"] for one in found] == [usual * factor for factor in FACTORS]


def test_no_order_makes_a_goal_outweigh_a_place_or_drops_one_and_filling_is_never_scaled() -> None:
    settings = RosterSettings()
    for order in permutations(GOALS):
        weights = under(settings, order).weights
        assert (weights["min"], weights["target"]) == (settings.weights["min"], settings.weights["target"])
        scaled = [weight for goal in counts(order).values() for weight in goal.values()]
        assert 0 < min(scaled) <= max(scaled) <= settings.weights["target"]


def test_what_the_district_sets_to_naught_stays_so() -> None:
    settings = RosterSettings()
    settings.weights["familiar"] = 0
    assert under(settings, ("familiar",)).weights["familiar"] == 0


@pytest.mark.parametrize("goals", PRESETS.values())
def test_presets_name_every_goal_once_or_none(goals: tuple[str, ...]) -> None:
    assert not goals or sorted(goals) == sorted(GOALS)


@pytest.fixture
def hub(db: None) -> Any:
    return make_hub()


def ask(*hubs: Hub, policy: str = "") -> Run:
    return runs.request_run(week=MONDAY, hubs=hubs, seconds=5, by=None, policy=policy)


def test_a_run_is_made_by_its_policy_and_keeps_it(hub: Any) -> None:
    make_open_need(hub=hub)
    set_policy(hub=hub, usual="fair", name="先近后匀", sentence="不让人跑远路", goals=ORDER, by=None)
    run = ask(hub, policy=f"hub:{hub.pk}")
    set_policy(hub=hub, usual="fair", by=None)
    run.refresh_from_db()
    kept = {"code": "own", "goals": ORDER, "hub": hub.pk, "name": "先近后匀", "sentence": "不让人跑远路"}
    assert run.policy == kept
    wanted = under(RosterSettings(), ORDER).weights
    assert {name: run.snapshot["weights"][name] for name in ("keep", "fair_step", "travel_per_min")} == {
        name: wanted[name] for name in ("keep", "fair_step", "travel_per_min")
    }


def test_without_a_word_a_run_goes_by_what_all_its_sites_usually_plan_by(hub: Any) -> None:
    other = make_hub()
    assert choose("", [hub]).code == "balanced"
    set_policy(hub=hub, usual="steady", by=None)
    assert [choose("", hubs).code for hubs in ([hub], [other], [hub, other])] == ["steady", "balanced", "balanced"]
    set_policy(hub=other, usual="steady", by=None)
    assert choose("", [hub, other]).code == "steady"
    set_policy(hub=hub, usual="own", name="我们的", goals=ORDER, by=None)
    assert (choose("", [hub]).name, choose("fair", [hub]).code) == ("我们的", "fair")


@pytest.mark.parametrize("policy", ["fastest", "hub:0", "own"])
def test_an_unknown_policy_is_refused(hub: Any, policy: str) -> None:
    set_policy(hub=make_hub(), usual="own", name="别处的", goals=ORDER, by=None)
    with pytest.raises(Refused) as refused:
        choose(policy, [hub])
    assert refused.value.code == "unknown_policy"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"usual": "fair", "name": "一", "goals": ORDER[:4]}, "goals_incomplete"),
        ({"usual": "fair", "name": "一", "goals": [*ORDER[:4], "near"]}, "goals_incomplete"),
        ({"usual": "fair", "name": " ", "goals": ORDER}, "policy_without_name"),
        ({"usual": "own"}, "unknown_policy"),
        ({"usual": "fastest"}, "unknown_policy"),
    ],
)
def test_half_a_policy_is_refused(hub: Any, said: Any, code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_policy(hub=hub, by=None, **said)
    assert (refused.value.code, Policy.objects.count()) == (code, 0)


def test_a_coordinator_sets_what_their_site_plans_by(hub: Any, sign_in: SignIn) -> None:
    other, person = make_hub(), make_person(Role.COORDINATOR, hub=hub)
    client = sign_in(person)
    wish = {"usual": "own", "name": "先近后匀", "sentence": "不让人跑远路", "goals": ORDER}

    def put(pk: int, said: Any = wish) -> Any:
        return client.put(f"/api/planning/policies/{pk}", said, content_type="application/json")

    said = put(hub.pk).json()
    assert (said["usual"], said["own"]["name"], said["own"]["goals"]) == ("own", "先近后匀", ORDER)
    assert put(other.pk).status_code == 404
    set_policy(hub=other, usual="fair", by=None)
    shown = client.get("/api/planning/policies").json()
    assert [one["code"] for one in shown["presets"]] == list(PRESETS)
    assert shown["hubs"] == [said]
    entry = Entry.objects.filter(action="policy.set").first()
    assert entry is not None
    assert (entry.chain, entry.actor_id, entry.facts) == (hub.pk, person.pk, {"usual": "own", "goals": ORDER})


def test_policies_take_as_many_queries_with_thirty_sites_as_with_one(hub: Any, sign_in: SignIn) -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    set_policy(hub=hub, usual="fair", by=None)
    client.get("/api/planning/policies")
    one = count_queries(lambda: client.get("/api/planning/policies"))
    for _ in range(29):
        set_policy(hub=make_hub(), usual="fair", by=None)
    assert count_queries(lambda: client.get("/api/planning/policies")) == one
