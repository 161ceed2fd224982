"""Terms that people recognize: off unless weighted, and each what its table says."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.solver import terms
from scheduling.solver.board import Board
from scheduling.solver.book import Book
from scheduling.solver.build import build, plan_cost
from scheduling.solver.fairness import fairness_report
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights, parse_problem, to_json
from scheduling.solver.relaxation import Relaxation
from scheduling.solver.scoring import assignment_cost, change, score
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

OWN = ("standing", "familiar", "wish", "shared", "asked", "wanted")
PLAN = [(0, 0, 0), (0, 1, 0), (1, 2, 0)]


def document(**weights: int) -> dict[str, Any]:
    data = generate("tiny", 1)
    data["weights"] |= {f"x_{name}": weight for name, weight in weights.items()}
    data |= {"x_standing": [[0, 0], [0, 5], [1, 2]], "x_familiar": [[0, 1]]}
    data |= {"x_standby": [[2, 1]], "x_accepted": [[0, 0, 0]]}
    for session in data["sessions"]:
        session["unpopular"] = 0
    data["sessions"][2]["unpopular"] = -1
    data["volunteers"][0] |= {"x_wish": 4, "x_weeks_since_asked": 1, "history": 5, "x_wished_before": 3}
    data["volunteers"][1] |= {"x_wish": 0, "x_unpopular_before": 3, "history": 2, "x_wished_before": 8}
    data["volunteers"][2] |= {"x_wish": 2, "x_weeks_since_asked": 9}
    return data


def test_without_weights_the_score_is_the_referees() -> None:
    data = document()
    assert score(parse_problem(data), PLAN).terms == check(data, [list(item) for item in PLAN])["cost"]


@pytest.mark.parametrize(
    ("name", "expected"),
    # wish: two short of four, one above none, two short of two
    [
        ("standing", -2 * 10),
        ("familiar", -10),
        ("wish", (3 + 1 + 3) * 10),
        ("shared", 3 * 10),
        ("asked", 2 * 3 * 10),
        ("wanted", -(2 * 3 + 2) * 10),
    ],
)
def test_each_term(name: str, expected: int) -> None:
    plain, weighted = (score(parse_problem(document(**w)), PLAN) for w in ({}, {name: 10}))
    assert weighted.terms == {**plain.terms, name: expected}
    assert weighted.total == plain.total + expected


def test_they_survive_being_written_and_read() -> None:
    problem = parse_problem(document(standing=1, familiar=2, wish=3, shared=4, asked=5, wanted=6))
    assert parse_problem(to_json(problem)) == problem
    assert (problem.standby, problem.accepted) == (frozenset({(2, 1)}), frozenset({(0, 0, 0)}))


def test_many_places_at_once_cost_the_same() -> None:
    problem = parse_problem(document(standing=7, familiar=5, wish=3, shared=4, asked=2, wanted=6))
    people, sessions = (len(problem.volunteers), len(problem.sessions))
    v, s = (grid.ravel() for grid in np.meshgrid(np.arange(people), np.arange(sessions), indexing="ij"))
    expected = [sum(terms.place_terms(problem, a, b).values()) for a, b in zip(v.tolist(), s.tolist(), strict=True)]
    assert terms.column_costs(problem, v, s).tolist() == expected


def test_the_arrays_know_them() -> None:
    problem = parse_problem(document(standing=7, familiar=5, wish=3, shared=4, asked=2, wanted=6))
    arrays = build(problem)
    columns = np.arange(0, arrays.columns, 3)
    assert plan_cost(arrays, columns) == score(problem, arrays.assignments(columns)).total


def test_a_board_prices_a_place_as_the_score_does() -> None:
    problem = parse_problem(document(standing=7, familiar=5, wish=3, shared=4, asked=2, wanted=6))
    board = Board(problem, PLAN)
    for n in range(len(board.need_min)):
        s, r = board.place(n)
        for v, cost, _ in board.t.candidates[board.t.at[n] : board.t.at[n + 1]].tolist():
            assert cost == assignment_cost(problem, v, s, r)


@settings(deadline=None, max_examples=100)
@given(st.data())
def test_a_change_is_the_difference_of_two_scores(data: st.DataObject) -> None:
    problem = parse_problem(document(**dict(zip(OWN, (7, 5, 3, 4, 2, 6), strict=True))))
    problem = replace(problem, buddies=((0, 1), (1, 2), (0, 1)), published=((0, 0, 0), (3, 1, 0)))
    places = [(v, s) for v in range(len(problem.volunteers)) for s in range(4)]
    held = data.draw(st.lists(st.sampled_from(places), unique=True, max_size=10))
    joining = data.draw(st.lists(st.sampled_from(places), unique=True, max_size=4))
    leaving = data.draw(st.lists(st.sampled_from(held), unique=True)) if held else []
    plan, dropped = [(v, s, 0) for v, s in held], [(v, s, 0) for v, s in leaving]
    added = [(v, s, 0) for v, s in joining if (v, s) not in held]
    before, after = score(problem, plan), score(problem, (set(plan) - set(dropped)) | set(added))
    found = change(problem, Book(plan), dropped, added)
    assert found.terms == {name: after.terms[name] - before.terms[name] for name in after.terms}
    assert found.short_of_min == after.short_of_min - before.short_of_min
    assert found.short_of_target == after.short_of_target - before.short_of_target


def test_fairness_goes_by_what_somebody_did_beyond_their_wish() -> None:
    """Equal weights: whoever wished for all they did stands beside who did nothing, and before who did less unasked."""
    needs = (Need(skill="a", min=1, target=1),)
    keen, asked = Volunteer(history=8, wished_before=8), Volunteer(history=2)
    weights = Weights(min={1: 100}, target=1, fair_step=3, wanted=3)
    week = Problem(travel=((0,),), sessions=(Session(start=0, end=60, needs=needs),), volunteers=(), weights=weights)
    for people, costs in (((keen, asked), [0, 6]), ((replace(keen, history=9), asked), [3, 6])):
        problem = replace(week, volunteers=people)
        assert [assignment_cost(problem, v, 0, 0) for v in (0, 1)] == costs


def test_who_carries_what() -> None:
    needs = (Need(skill="a", min=1, target=1),)
    sessions = (Session(start=0, end=60, needs=needs), Session(start=60, end=90, needs=needs, unpopular=-1))
    people = (Volunteer(wish=1), Volunteer(history=5), Volunteer(wish=1))
    problem = Problem(travel=((0,),), sessions=sessions, volunteers=people, weights=Weights(min={1: 1}, target=1))
    report = fairness_report(problem, [(0, 0, 0), (0, 1, 0)])
    assert [row["volunteer"] for row in report["volunteers"]] == [1, 0, 2]
    first = report["volunteers"][1]
    assert (first["sessions"], first["minutes"], first["unpopular"], first["off_wish"]) == (2, 90, 1, 1)
    assert (report["people_by_sessions"], report["people_by_off_wish"]) == ([2, 0, 1], {"-1": 1, "1": 1})


@settings(deadline=None, max_examples=40)
@given(seed=st.integers(0, 10**6), weight=st.integers(1, 400))
def test_the_bound_knows_the_wish(seed: int, weight: int) -> None:
    """Below the optimum at any prices, and the optimum itself is proven."""
    data = generate("tiny", seed % 50)
    random = np.random.default_rng(seed)
    data["weights"]["x_wish"] = weight
    for volunteer in data["volunteers"]:
        volunteer["x_wish"] = int(random.integers(0, 5))
    problem = parse_problem(data)
    plan = solve(problem, seconds=20, workers=1)
    assert plan.status == "optimal"
    assert plan.bound == plan.objective == score(problem, plan.assignments).total
    relaxation = Relaxation(build(problem))
    prices = relaxation.project(relaxation.start() * random.uniform(0, 2, relaxation.size))
    assert relaxation.evaluate(prices)[0] <= plan.objective + 1e-6
