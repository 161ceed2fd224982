"""What is held fixed keeps its volunteer from all that lies too near to it."""

from __future__ import annotations

import pytest

from scheduling.planning.holding import hold
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights


def at(start: int, hub: int = 0) -> Session:
    return Session(start=start, end=start + 60, hub=hub, needs=(Need(skill="anyone", min=1, target=1),))


@pytest.mark.parametrize(("min_rest", "reached"), [(0, {1}), (60, {1}), (61, {1, 3}), (241, {0, 1, 3, 4})])
def test_rest_longer_than_any_way_is_kept_around_what_they_stand_by_for(min_rest: int, reached: set[int]) -> None:
    problem = Problem(
        name="day",
        hubs=({}, {}),
        travel=((0, 10), (10, 0)),
        sessions=(at(300), at(540, hub=1), at(600), at(720), at(899)),
        volunteers=(Volunteer(min_rest=min_rest, available=((0, 1440),)),),
        weights=Weights(min={1: 1}, target=1),
    )
    holding = hold(problem, (), [((0, problem.sessions[2]), 2)])
    assert {s for _, s in holding.elsewhere} == reached
