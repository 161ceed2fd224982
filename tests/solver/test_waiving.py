"""An exception is one for its session alone."""

from typing import Any

import pytest

from scheduling.solver import eligibility
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights
from scheduling.solver.waiving import with_waivers

NEEDS = (Need(skill="any", min=1, target=1),)


def two_alike(person: dict[str, Any], **changes: Any) -> Problem:
    """A session at nine, one inside its hours elsewhere in town, and one on another day."""
    nine = Session(start=540, end=660, needs=NEEDS, **changes)
    inside = Session(start=570, end=630, hub=nine.hub, needs=NEEDS)
    another_day = Session(start=1980, end=2040, hub=nine.hub, needs=NEEDS)
    return Problem(
        travel=((0, 30), (30, 0)),
        sessions=(nine, inside, another_day),
        volunteers=(Volunteer(**{"skills": frozenset({"any"}), "available": ((1900, 2100),)} | person), Volunteer()),
        weights=Weights(min={1: 1000}, target=10),
        hubs=({}, {}),
    )


def reasons(problem: Problem, s: int, *taken: int) -> list[str]:
    return eligibility.reasons_against(problem, 0, s, 0, {0: [(t, 0) for t in taken]})


@pytest.mark.parametrize(
    ("code", "problem", "apart"),
    [
        ("unavailable", two_alike({}), {(0, 1): "unavailable"}),
        ("blocked", two_alike({"available": ((0, 9000),), "blocked": ((500, 700),)}), {(0, 1): "blocked"}),
        (
            "too_far",
            two_alike({"available": ((0, 9000),), "max_travel": 20}, hub=1),
            {(0, 1): "too_far", (0, 2): "too_far"},
        ),
    ],
)
def test_the_rule_gives_way_there_and_nowhere_else(
    code: str, problem: Problem, apart: dict[tuple[int, int], str]
) -> None:
    assert reasons(problem, 0) == [code]
    waived, kept_apart = with_waivers(problem, [(0, 0, code)])
    assert kept_apart == apart
    assert [reasons(waived, s) for s in range(3)] == [
        [],
        ["barred"],
        ["barred"] if (0, 2) in apart else [],
    ]
    assert waived.volunteers[1] == problem.volunteers[1]


def test_a_session_beyond_the_limit_is_not_counted() -> None:
    problem = two_alike({"available": ((0, 9000),), "max_sessions": 1, "max_minutes": 60})
    assert reasons(problem, 0, 2) == ["at_limit"]
    waived, apart = with_waivers(problem, [(0, 0, "at_limit")])
    assert (reasons(waived, 0, 2), apart) == ([], {})
    assert reasons(waived, 1, 0, 2)[-1] == "at_limit"


def test_two_exceptions_stand_side_by_side() -> None:
    problem = two_alike({})
    waived, apart = with_waivers(problem, [(0, 0, "unavailable"), (0, 1, "unavailable")])
    assert (reasons(waived, 0), reasons(waived, 1), apart) == ([], [], {})
