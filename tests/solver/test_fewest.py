"""Problems in which people are what counts: who comes at all is searched for, and the best there is is known."""

import threading
import time

import numpy as np
import pytest

from scheduling.solver.build import build
from scheduling.solver.construct import construct
from scheduling.solver.fewest import Fewest, bound, by_schedules, improve_fewest, people_count, rarity
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.problem import parse_problem
from scheduling.solver.relaxation import Relaxation
from scheduling.solver.scoring import score, violations
from scheduling.solver.solve import solve
from tests.benchmarks.roster import intervals
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

CREW = 12


@pytest.fixture
def data(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    monkeypatch.setitem(intervals.SIZES, "small", (20, 90))
    return intervals.generate("small", 1)


def test_it_is_for_problems_where_people_count(data: dict[str, object]) -> None:
    assert people_count(build(parse_problem(data)))
    assert not people_count(build(parse_problem(generate("tiny", 1))))


def test_not_where_a_place_is_cheaper_left_empty(data: dict[str, object]) -> None:
    data["weights"]["min"] = {"1": intervals.PERSON - 1}  # type: ignore[index]
    assert not people_count(build(parse_problem(data)))


def test_a_first_plan_keeps_every_rule_and_asks_fewer(data: dict[str, object]) -> None:
    problem = parse_problem(data)
    arrays = build(problem)
    plan = by_schedules(Relaxation(arrays), rarity(arrays))
    assert violations(problem, arrays.assignments(plan)) == []
    asked, greedily = (len(np.unique(arrays.col_volunteer[some])) for some in (plan, construct(arrays)))
    assert asked < greedily


def test_the_crew_is_found_from_everybody_at_work(data: dict[str, object]) -> None:
    problem = parse_problem(data)
    arrays = build(problem)
    incumbent = Incumbent(arrays, problem)
    incumbent.offer(construct(arrays))
    incumbent.raise_bound(CREW * intervals.PERSON)
    until = time.monotonic() + 60
    thread = threading.Thread(target=improve_fewest, args=(arrays, incumbent, until, 0))
    thread.start()
    while thread.is_alive() and not incumbent.is_proven:
        thread.join(0.02)
    incumbent.stopped.set()
    thread.join()
    assert incumbent.objective == CREW * intervals.PERSON


def test_a_step_never_breaks_a_rule(data: dict[str, object]) -> None:
    problem = parse_problem(data)
    arrays = build(problem)
    incumbent = Incumbent(arrays, problem)
    search = Fewest(arrays, by_schedules(Relaxation(arrays), rarity(arrays)), seed=3)
    for _ in range(6):
        search.step(time.monotonic() + 0.3, incumbent)
        assert violations(problem, arrays.assignments(search.plan)) == []
        assert np.isin(arrays.col_volunteer[search.plan], np.flatnonzero(search.here)).all() or search.has_succeeded


def test_who_is_needed_at_once_are_different_people(data: dict[str, object]) -> None:
    """The whole crew is at work at noon."""
    assert bound(build(parse_problem(data))) == CREW * intervals.PERSON


def test_no_such_bound_where_coming_is_worth_something(data: dict[str, object]) -> None:
    data["volunteers"][0]["pref_daypart"] = [1, 0, 0]  # type: ignore[index]
    assert bound(build(parse_problem(data))) is None


def test_bounds_are_rounded_up_to_what_a_plan_can_cost(data: dict[str, object]) -> None:
    arrays = build(parse_problem(data))
    incumbent = Incumbent(arrays)
    incumbent.raise_bound(10_001)
    assert (arrays.grain, incumbent.bound) == (intervals.PERSON, 11_000)


def test_all_of_it_together(data: dict[str, object]) -> None:
    problem = parse_problem(data)
    plan = solve(problem, seconds=20, seed=1)
    judged = check(data, [list(item) for item in plan.assignments])
    assert (judged["ok"], judged["cost"]["min"]) == (True, 0)
    assert plan.bound <= CREW * intervals.PERSON <= plan.objective == score(problem, plan.assignments).total
