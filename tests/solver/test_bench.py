"""The planner's bench: its problems are what they say, and its figures are counted right."""

import json

import pytest

from scheduling.solver.build import build, plan_cost
from scheduling.solver.problem import parse_problem
from scheduling.solver.solve import solve
from tests.benchmarks.roster import baselines, generate, intervals, planner, plot
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.run import solved


@pytest.mark.parametrize("size", list(intervals.SIZES))
def test_a_hidden_crew_is_the_fewest_who_can(size: str) -> None:
    people, tasks = intervals.SIZES[size]
    problem = intervals.generate(size, 1)
    assert (len(problem["volunteers"]), len(problem["sessions"])) == (people, tasks)
    assert intervals.simultaneous(problem) == round(intervals.CREW * people)
    assert intervals.generate(size, 1) == problem != intervals.generate(size, 2)


def test_plans_without_a_planner_keep_the_rules_and_cost_more() -> None:
    data = generate.generate("S", 1)
    arrays = build(parse_problem(data))
    plans = (baselines.first_come_first_served(arrays, 1), baselines.greedy(arrays))
    verdicts = [check(data, [list(item) for item in arrays.assignments(plan)]) for plan in plans]
    assert [verdict["faults"] for verdict in verdicts] == [[], []]
    first_come, greedy = (verdict["objective"] for verdict in verdicts)
    assert first_come > greedy > solve(parse_problem(data), seconds=20).objective


def test_one_model_is_the_same_problem() -> None:
    problem = parse_problem(generate.generate("tiny", 1))
    arrays = build(problem)
    columns, _ = baselines.one_model(arrays, seconds=20, threads=2)
    assert columns is not None
    assert plan_cost(arrays, columns) == solve(problem, seconds=20).objective


def test_a_run_is_told_by_its_checkpoints() -> None:
    track = [[1.0, 900, None], [9.0, 500, 100], [12.0, 300, 200]]
    found = {
        "track": track,
        "objective": 250,
        "bound": 210,
        "seconds": {"first": 0.1, "total": 20.0},
        "status": "feasible",
    }
    told = planner.summary(found | {"short_of_min": 2, "megabytes": 9, "faults": []}, 20, 1100)
    assert told["at"] == {
        "10": {"objective": 500, "bound": 100, "gap": 0.4},
        "20": {"objective": 250, "bound": 210, "gap": 40 / 890},
    }
    assert (told["gaps"], told["proof_s"]) == ([(9.0, 0.4), (12.0, 100 / 900), (20.0, 40 / 890)], None)
    assert plot.draw({"S": [told["gaps"]]}).count("<circle") == 2


def test_a_run_in_its_own_process_is_judged() -> None:
    found = solved(generate.generate("tiny", 1), seconds=5, seed=1)
    assert (found["faults"], found["status"]) == ([], "optimal")
    json.dumps(found)
