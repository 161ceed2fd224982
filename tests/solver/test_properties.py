"""What holds of every plan and bound, tried on problems so small that all plans there are can be looked at.

Each has what makes planning hard: newcomers and experienced people, pairs who avoid or like each other, pins, a plan in
force, people whose coming at all has a price, and the terms of our own.
"""

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.solver.build import build
from scheduling.solver.presolve import presolve
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights, to_json
from scheduling.solver.relaxation import Relaxation, proven
from scheduling.solver.scoring import score, violations
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check

PEOPLE, SESSIONS = 4, 3
MOST_COLUMNS = 9
OWN = ("standing", "familiar", "wish", "shared", "asked", "wanted")
people, places = st.integers(0, PEOPLE - 1), st.integers(0, SESSIONS - 1)
meetings = st.frozensets(st.tuples(people, places), max_size=3)
pairs = st.lists(st.sampled_from(list(combinations(range(PEOPLE), 2))), max_size=2, unique=True).map(tuple)


@st.composite
def volunteers(draw: st.DrawFn) -> Volunteer:
    return Volunteer(
        skills=frozenset(draw(st.sampled_from(["a", "ab"]))),
        experienced=draw(st.booleans()),
        new=draw(st.booleans()),
        available=(draw(st.sampled_from([(0, 400), (0, 250), (100, 400)])),),
        max_sessions=draw(st.integers(1, 3)),
        max_minutes=draw(st.sampled_from([60, 120, 600])),
        min_rest=draw(st.sampled_from([0, 40])),
        history=draw(st.integers(0, 2)),
        pref_daypart=(draw(st.integers(-5, 20)), 0, 0),
        wish=draw(st.none() | st.integers(0, 3)),
        unpopular_before=draw(st.integers(0, 2)),
        wished_before=draw(st.integers(0, 3)),
        weeks_since_asked=draw(st.none() | st.integers(0, 5)),
    )


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    sessions = []
    for s in range(SESSIONS):
        start = 100 * s + draw(st.sampled_from([0, 30]))
        low = draw(st.integers(0, 2))
        needs = [Need(draw(st.sampled_from("ab")), low, low + draw(st.integers(0, 1)), draw(st.integers(1, 2)))]
        if draw(st.integers(0, 3)) == 0:
            needs.append(Need("b", 1, 1, 1))
        sessions.append(Session(start, start + 60, needs=tuple(needs), unpopular=draw(st.sampled_from([0, -1]))))
    triples = st.lists(st.tuples(people, places, st.just(0)), max_size=3, unique=True).map(tuple)
    weight = st.sampled_from([0, 7, 60])
    problem = Problem(
        travel=((0,),),
        sessions=tuple(sessions),
        volunteers=tuple(draw(st.lists(volunteers(), min_size=PEOPLE, max_size=PEOPLE))),
        weights=Weights(
            min={1: 900, 2: draw(st.sampled_from([30, 300]))},
            target=draw(st.sampled_from([0, 20])),
            fair_step=draw(st.sampled_from([0, 4])),
            unpopular=draw(weight),
            buddy=draw(weight),
            keep=draw(weight),
            add=draw(weight),
            open_volunteer=draw(weight),
            **{name: draw(weight) for name in OWN},
        ),
        buddies=draw(pairs),
        avoid=draw(pairs),
        barred=draw(meetings),
        published=draw(triples),
        standing=draw(meetings),
        familiar=draw(meetings),
        hubs=({},),
    )
    arrays = build(problem)
    if arrays.columns > MOST_COLUMNS:  # few enough for all plans to be tried
        keep = {(v, s) for v, s, _ in arrays.assignments(range(MOST_COLUMNS))}
        everything = {(v, s) for v, s, _ in arrays.assignments(range(arrays.columns))}
        problem = replace(problem, barred=problem.barred | (everything - keep))
    if draw(st.booleans()) and (arrays := build(problem)).columns:
        pin = arrays.assignments([draw(st.integers(0, arrays.columns - 1))])
        if {fault.code for fault in violations(problem, pin)} <= {"needs_experienced"}:  # others may come with them
            problem = replace(problem, pins=tuple(pin))
    return problem


def all_plans(problem: Problem) -> list[list[tuple[int, int, int]]]:
    arrays = build(problem)
    chosen = ([c for c in range(arrays.columns) if mask >> c & 1] for mask in range(2**arrays.columns))
    plans = (arrays.assignments(columns) for columns in chosen)
    return [plan for plan in plans if not violations(problem, plan)]


def optimum(problem: Problem) -> int | None:
    return min((score(problem, plan).total for plan in all_plans(problem)), default=None)


def referee(problem: Problem) -> dict[str, Any]:
    return {"pins": [], "barred": [], "published": []} | to_json(problem)


@settings(deadline=None, max_examples=150)
@given(problems())
def test_a_plan_passes_the_referee_and_no_bound_is_above_the_optimum(problem: Problem) -> None:
    best = optimum(problem)
    plan = solve(problem, seconds=5)
    if best is None:
        assert (plan.status, plan.assignments) == ("infeasible", tuple(sorted(problem.pins)))
        return
    verdict = check(referee(problem), [list(item) for item in plan.assignments])
    assert verdict["faults"] == []
    assert plan.objective == score(problem, plan.assignments).total
    assert plan.objective - sum(score(problem, plan.assignments).own.values()) == verdict["objective"]
    assert plan.bound <= best <= plan.objective
    if plan.status == "optimal":
        assert plan.objective == best


@settings(deadline=None, max_examples=60)
@given(problems(), st.integers(0, 1000))
def test_no_prices_give_a_bound_above_the_optimum(problem: Problem, seed: int) -> None:
    best = optimum(problem)
    if best is None:
        return
    relaxation = Relaxation(presolve(build(problem)))
    random = np.random.default_rng(seed)
    for spread in np.geomspace(1, 2_000, 12):
        prices = relaxation.start() + spread * random.standard_normal(relaxation.size)
        assert proven(relaxation.evaluate(relaxation.project(prices))[0]) <= best


@settings(deadline=None, max_examples=60)
@given(problems(), volunteers())
def test_one_more_volunteer_never_worsens_a_proven_optimum(problem: Problem, person: Volunteer) -> None:
    problem = replace(problem, weights=replace(problem.weights, wish=0))  # who wishes to come and cannot is a cost
    before = solve(problem, seconds=5)
    after = solve(replace(problem, volunteers=(*problem.volunteers, person)), seconds=5)
    if before.status == after.status == "optimal":
        assert after.objective <= before.objective


@settings(deadline=None, max_examples=60)
@given(problems(), st.permutations(range(PEOPLE)), st.permutations(range(SESSIONS)))
def test_other_numbers_for_the_same_people_and_sessions_change_no_proven_optimum(
    problem: Problem, who: list[int], when: list[int]
) -> None:
    """Person v is now number who[v], and session s number when[s]."""
    turned = renumbered(problem, who, when)
    one, other = solve(problem, seconds=5), solve(turned, seconds=5)
    assert one.status == other.status
    if one.status == "optimal":
        assert one.objective == other.objective


def renumbered(problem: Problem, who: list[int], when: list[int]) -> Problem:
    return replace(
        problem,
        volunteers=tuple(problem.volunteers[who.index(i)] for i in range(PEOPLE)),
        sessions=tuple(problem.sessions[when.index(i)] for i in range(SESSIONS)),
        **{key: tuple((who[v], who[w]) for v, w in getattr(problem, key)) for key in ("buddies", "avoid")},
        **{key: tuple((who[v], when[s], r) for v, s, r in getattr(problem, key)) for key in ("pins", "published")},
        **{
            key: frozenset((who[v], when[s]) for v, s in getattr(problem, key))
            for key in ("barred", "standing", "familiar")
        },
    )
