"""The planner's scoring and the benchmark's referee are two readings of one format: they must agree."""

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.solver.build import build, plan_cost
from scheduling.solver.problem import parse_problem
from scheduling.solver.scoring import score, violations
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, object], list[tuple[int, int, int]]]:
    data = generate("tiny", draw(st.integers(0, 30)))
    places = [(s, r) for s, session in enumerate(data["sessions"]) for r in range(len(session["needs"]))]
    assignment = st.tuples(st.integers(0, len(data["volunteers"]) - 1), st.sampled_from(places)).map(
        lambda item: (item[0], *item[1])
    )
    plan = draw(st.lists(assignment, unique_by=lambda item: item[:2], max_size=14))
    data["published"] = draw(st.lists(assignment, unique=True, max_size=5))
    data["pins"] = draw(st.lists(assignment, unique=True, max_size=2))
    data["weights"]["open_volunteer"] = draw(st.sampled_from([0, 50]))
    return data, plan


@settings(deadline=None, max_examples=150)
@given(cases())
def test_terms_and_violations_agree_with_the_referee(
    case: tuple[dict[str, object], list[tuple[int, int, int]]],
) -> None:
    data, plan = case
    problem = parse_problem(data)
    verdict = check(data, [list(item) for item in plan])
    assert score(problem, plan).terms == verdict["cost"]
    assert (not violations(problem, plan)) == verdict["ok"]


@settings(deadline=None, max_examples=50)
@given(cases())
def test_the_arrays_cost_what_the_plan_scores(case: tuple[dict[str, object], list[tuple[int, int, int]]]) -> None:
    data, plan = case
    problem = parse_problem(data)
    arrays = build(problem)
    columns = arrays.columns_of(plan)
    assert plan_cost(arrays, columns) == score(problem, arrays.assignments(columns)).total


def test_a_place_taken_twice_is_a_violation() -> None:
    problem = parse_problem(generate("tiny", 3))
    assert "assigned_here" in {fault.code for fault in violations(problem, [(0, 0, 0), (0, 0, 0)])}


def test_ids_that_do_not_exist_are_a_violation() -> None:
    problem = parse_problem(generate("tiny", 3))
    assert [fault.code for fault in violations(problem, [(999, 0, 0), (0, 999, 0), (0, 0, -1)])] == ["no_such"] * 3
