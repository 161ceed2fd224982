"""Two plans of a week side by side: both scored by the same, differences only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.people.models import Person, Role
from scheduling.planning import runs
from scheduling.planning.compare import by_person, by_session, compare, figures
from scheduling.planning.models import Run
from scheduling.planning.proposal import Proposal
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.solver import scoring
from tests.planning.factories import finish, make_assignment, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub, make_person
from tests.support.queries import count_queries
from volunteers.models import Volunteer

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def hub() -> Any:
    return make_hub()


def plan(hub: Any, *places: tuple[Need, Volunteer], policy: str = "") -> Run:
    run = runs.request_run(week=MONDAY, hubs=[hub], seconds=5, by=None, policy=policy)
    return finish(run, *places)


def test_only_what_differs_is_told_counts_first(hub: Any) -> None:
    monday, tuesday, both = (make_open_need(hub=hub, day=day) for day in range(3))
    one, two, same = make_helper(), make_helper(), make_helper()
    ours = plan(hub, (monday, one), (tuesday, two), (both, same))
    theirs = plan(hub, (monday, two), (both, same))
    found = compare(Proposal(ours), theirs)

    told = figures(found)
    assert (told["sessions"], told["left_out"], told["beyond"], told["same"]) == (3, 0, 0, 1)
    assert [told[side]["places"] for side in ("ours", "theirs")] == [3, 2]
    assert [told[side]["short_of_min"] for side in ("ours", "theirs")] == [0, 1]

    rows = by_session(found, most=9)
    assert rows["count"] == 2
    shown = [
        (row["shift"]["need"], row["short"], *([one["volunteer"] for one in row[side]] for side in ("ours", "theirs")))
        for row in rows["rows"]
    ]
    assert shown == [(tuesday.pk, [0, 1], [two.pk], []), (monday.pk, [0, 0], [one.pk], [two.pk])]

    people = by_person(found, most=9)
    assert [
        (row["volunteer"], row["places"], *([s["need"] for s in row[side]] for side in ("ours", "theirs")))
        for row in people["people"]
    ] == [(one.pk, [1, 0], [monday.pk], []), (two.pk, [1, 1], [tuesday.pk], [monday.pk])]
    assert len(by_person(found, most=1)["people"]) == len(by_session(found, most=1)["rows"]) == 1


def test_both_are_scored_by_the_proposals_own_policy(hub: Any) -> None:
    """Whatever the other was planned by: the independent scorer's figures of both, in the same problem."""
    monday, tuesday = make_open_need(hub=hub), make_open_need(hub=hub, day=1)
    one, two = make_helper(home=hub), make_helper(home=make_hub(longitude=106.65, latitude=29.12))
    ours = plan(hub, (monday, one), (tuesday, two), policy="fair")
    theirs = plan(hub, (monday, one), (tuesday, one), policy="wishes")
    for run, other, policy in ((ours, theirs, "fair"), (theirs, ours, "wishes")):
        proposal = Proposal(run)
        told = figures(compare(proposal, other))
        beside = [proposal.triple(need, who) for need, who in Proposal(other).places]
        own, foreign = scoring.score(proposal.problem, proposal.triples), scoring.score(proposal.problem, beside)
        assert (told["ours"]["points"], told["theirs"]["points"]) == (own.total, foreign.total)
        assert {one["term"]: (one["ours"], one["theirs"]) for one in told["terms"]} == {
            name: (own.terms[name], foreign.terms[name]) for name in own.terms if own.terms[name] != foreign.terms[name]
        }
        assert run.policy["code"] == policy
    assert Proposal(ours).problem.weights != Proposal(theirs).problem.weights


def test_two_equal_plans_differ_in_nothing(hub: Any) -> None:
    need, helper = make_open_need(hub=hub), make_helper()
    found = compare(Proposal(plan(hub, (need, helper))), plan(hub, (need, helper), policy="steady"))
    told = figures(found)
    assert (told["ours"], told["terms"], told["same"]) == (told["theirs"], [], 1)
    assert (by_session(found, most=9)["count"], by_person(found, most=9)["count"]) == (0, 0)


def test_beside_the_roster_in_force(hub: Any) -> None:
    need, declined = make_open_need(hub=hub, target=2), make_helper()
    stays, goes, comes = make_helper(), make_helper(), make_helper()
    make_assignment(need, stays)
    make_assignment(need, goes)
    make_assignment(need, declined, Assignment.State.DECLINED)
    found = compare(Proposal(plan(hub, (need, stays), (need, comes))), None)
    [row] = by_session(found, most=9)["rows"]
    assert [[one["volunteer"] for one in row[side]] for side in ("ours", "theirs")] == [[comes.pk], [goes.pk]]


def test_only_what_both_plan_is_compared(hub: Any) -> None:
    other = make_hub()
    here, there = make_open_need(hub=hub), make_open_need(hub=other)
    helper, left = make_helper(), make_helper()
    wide = finish(make_run(hub, other), (here, helper), (there, left))
    narrow = finish(make_run(hub), (here, left))
    told = figures(compare(Proposal(wide), narrow))
    assert (told["sessions"], told["left_out"]) == (1, 1)
    assert [told[side]["short_of_min"] for side in ("ours", "theirs")] == [0, 0]
    left.active = False
    left.save()
    told = figures(compare(Proposal(finish(make_run(hub), (here, helper))), narrow))
    assert (told["beyond"], told["theirs"]["places"]) == (1, 0)


def test_who_may_see_both_compares_them_and_a_regulator_without_names(hub: Any, sign_in: SignIn) -> None:
    elsewhere = make_hub()
    need, helper = make_open_need(hub=hub), make_helper()
    ours, theirs = plan(hub, (need, helper)), plan(hub)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    address = f"/api/planning/runs/{ours.pk}/compare"
    assert client.get(address, {"other": theirs.pk}).json()["theirs"]["short_of_min"] == 1
    assert client.get(address).json()["their_policy"] is None
    make_open_need(hub=elsewhere)
    foreign = finish(make_run(elsewhere))
    for path in (address, f"{address}/sessions", f"{address}/people"):
        assert client.get(path, {"other": foreign.pk}).status_code == 404
    regulator = sign_in(make_person(Role.REGULATOR))
    [row] = regulator.get(f"{address}/people", {"other": theirs.pk}).json()["people"]
    assert row["name"] == f"{helper.person.name[0]}*"


def test_only_finished_plans_of_one_week_are_compared(hub: Any, sign_in: SignIn) -> None:
    make_open_need(hub=hub)
    make_open_need(hub=hub, day=7)
    ours = plan(hub)
    later = runs.request_run(week=MONDAY + dt.timedelta(days=7), hubs=[hub], seconds=5, by=None)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    address = f"/api/planning/runs/{ours.pk}/compare"
    assert client.get(address, {"other": later.pk}).json()["code"] == "run_not_finished"
    assert client.get(address, {"other": finish(later).pk}).json()["code"] == "another_week"


@pytest.mark.parametrize("look", [by_session, by_person])
def test_a_comparison_takes_as_many_queries_with_thirty_rows_as_with_one(hub: Any, look: Callable[..., Any]) -> None:
    found = []
    for size in (1, 30):
        needs = [make_open_need(hub=hub, day=day % 7, start=480 + day) for day in range(size)]
        people = [make_helper() for _ in needs]
        ours, theirs = plan(hub, *zip(needs, people, strict=True)), plan(hub)
        found.append(count_queries(lambda: look(compare(Proposal(ours), theirs), most=100)))  # noqa: B023
    assert found[0] == found[1]
