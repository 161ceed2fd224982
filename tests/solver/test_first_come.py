"""Where there is no time to weigh people: a plan that keeps every rule all the same, at once."""

import time
from itertools import count
from typing import Any

import pytest

from scheduling.solver.first_come import first_come
from scheduling.solver.problem import Problem, parse_problem
from scheduling.solver.scoring import score, violations
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate


def never() -> bool:
    return False


def at_once() -> bool:
    return True


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_keeps_every_rule_and_fills_what_it_can(seed: int) -> None:
    problem = parse_problem(generate("S", seed))
    plan = first_come(problem, (), is_over=never)
    assert violations(problem, plan) == []
    assert score(problem, plan).total < score(problem, ()).total / 2


def test_it_ends_when_the_time_is_over() -> None:
    problem = parse_problem(generate("S", 1))
    looks = count()
    some = first_come(problem, (), is_over=lambda: next(looks) >= 5)
    assert 0 < len(some) < len(first_come(problem, (), is_over=never))
    assert first_come(problem, (), is_over=at_once) == []


def test_it_keeps_of_a_plan_what_fits() -> None:
    problem = parse_problem(generate("S", 1))
    plan = first_come(problem, (), is_over=never)
    looks = count()
    kept = first_come(problem, [*plan, plan[0]], is_over=lambda: next(looks) > len(plan))
    assert kept == plan


def alone(*, may_come: bool) -> Problem:
    """A pinned newcomer, and somebody experienced who may come or not."""
    data = generate("tiny", 1)
    session = {**data["sessions"][0], "id": 0, "clearance": None, "hub": 0, "start": 600, "end": 660}
    session["needs"] = [{"role": "", "skill": "meal", "min": 0, "target": 2, "priority": 1}]
    person = {**data["volunteers"][0], "home": 0, "skills": ["meal"], "blocked": [], "max_sessions": 1}
    person |= {"available": [[0, 1440]], "max_minutes": 600}
    data |= {"sessions": [session], "buddies": [], "avoid": [], "barred": [], "published": [], "pins": [[0, 0, 0]]}
    data["volunteers"] = [
        {**person, "id": 0, "new": True, "experienced": False},
        {**person, "id": 1, "new": False, "experienced": True, "available": [[0, 1440]] if may_come else []},
    ]
    return parse_problem(data)


def test_a_pinned_newcomer_has_company_however_late_it_is() -> None:
    assert first_come(alone(may_come=True), (), is_over=at_once) == [(0, 0, 0), (1, 0, 0)]
    assert first_come(alone(may_come=False), (), is_over=at_once) == [(0, 0, 0)]


def large() -> dict[str, Any]:
    """More than a moment's work to number all pairs of."""
    data = generate("S", 1)
    people, sessions = data["volunteers"], data["sessions"]
    data["volunteers"] = [{**people[v % len(people)], "id": v} for v in range(3_000)]
    data["sessions"] = [{**sessions[s % len(sessions)], "id": s} for s in range(3_000)]
    return data


def test_a_large_problem_has_its_plan_in_the_time_it_is_given() -> None:
    data = large()
    problem = parse_problem(data)
    began = time.monotonic()
    plan = solve(problem, seconds=0.001)
    assert time.monotonic() - began < 5  # and not the building of a million pairs
    assert (plan.status, check(data, plan.to_json()["assignments"])["faults"]) == ("feasible", [])
    assert plan.bound <= plan.objective == score(problem, plan.assignments).total
    assert len(plan.unfilled) == len({(one.session, one.need) for one in plan.unfilled}) > 0
