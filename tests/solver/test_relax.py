"""The smallest thing that gives way does fill the place, and nothing else gives."""

from typing import Any

import pytest

from scheduling.solver.explain import Explainer
from scheduling.solver.problem import Need, Problem, Session, Volunteer, Weights, parse_problem, to_json
from scheduling.solver.relax import Relaxer
from scheduling.solver.repair import Repairer
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate


@pytest.mark.parametrize("seed", range(4))
def test_with_it_the_place_is_filled_and_every_rule_kept(seed: int) -> None:
    problem = parse_problem(generate("S", seed))
    plan = set(solve(problem, seconds=1).assignments)
    relaxer, found = Relaxer(Repairer(problem, plan)), 0
    for gap in Explainer(problem, plan).unfilled():
        answer = relaxer.smallest(gap.session, gap.need)
        if answer is None:
            continue
        found += 1
        after = set(plan)
        for change in answer.changes:
            after = after - set(change.dropped) | set(change.added)
        verdict = check(to_json(answer.problem), [list(item) for item in after])
        assert verdict["faults"] == []
        need = problem.sessions[gap.session].needs[gap.need]
        assert sum(place[1:] == (gap.session, gap.need) for place in after) == need.min
        for s, session in enumerate(problem.sessions):
            for r, other in enumerate(session.needs):
                heads = [sum(place[1:] == (s, r) for place in some) for some in (plan, after)]
                if other.priority <= need.priority:
                    assert min(other.min, heads[1]) >= min(other.min, heads[0])
        relaxed = {thing.volunteer for thing in answer.things}
        for v, (old, new) in enumerate(zip(problem.volunteers, answer.problem.volunteers, strict=True)):
            assert (old == new) == (v not in relaxed)
        # what gives way is needed: without it a rule is broken
        assert not answer.things or check(to_json(problem), [list(item) for item in after])["faults"]
    assert found


def alone(person: Volunteer, **changes: Any) -> Problem:
    session = Session(start=600, end=660, needs=(Need(skill="reading", min=1, target=1),), **changes)
    return Problem(
        travel=((0, 30), (30, 0)),
        sessions=(session,),
        volunteers=(person,),
        weights=Weights(min={1: 1000}, target=10),
        hubs=({}, {}),
    )


def reader(**changes: Any) -> Volunteer:
    return Volunteer(**({"skills": frozenset({"reading"}), "available": ((0, 1440),)} | changes))


@pytest.mark.parametrize(
    ("person", "session", "expected"),
    [
        (reader(available=((0, 640),)), {}, {"code": "unavailable", "minutes": 20}),
        (reader(), {"clearance": "child"}, {"code": "no_clearance", "clearance": "child"}),
        (reader(max_sessions=0), {}, {"code": "at_limit", "sessions": 1}),
        (reader(max_minutes=50), {}, {"code": "at_limit", "minutes": 10}),
        (reader(blocked=((0, 615), (650, 900))), {}, {"code": "blocked", "minutes": 25}),
        (reader(max_travel=20), {"hub": 1}, {"code": "too_far", "minutes": 10}),
    ],
)
def test_each_kind_says_how_much(person: Volunteer, session: dict[str, Any], expected: dict[str, Any]) -> None:
    problem = alone(person, **session)
    (gap,) = Explainer(problem, ()).unfilled()
    assert gap.relaxations == ({"volunteer": 0, **expected},)
    answer = Relaxer(Repairer(problem, ())).smallest(0, 0)
    assert answer
    assert [thing.to_json() for thing in answer.things] == [{"volunteer": 0, **expected}]
    assert answer.to_json()["added"] == [[0, 0, 0]]


@pytest.mark.parametrize("person", [reader(skills=frozenset()), reader(new=True), reader(available=(), max_minutes=0)])
def test_what_one_thing_does_not_mend(person: Volunteer) -> None:
    assert Relaxer(Repairer(alone(person), ())).smallest(0, 0) is None


def test_moving_people_is_tried_before_any_rule_gives_way() -> None:
    needs = (Need(skill="reading", min=1, target=1),)
    sessions = tuple(Session(start=start, end=start + 60, needs=needs) for start in (600, 720))
    people = (reader(max_sessions=1), reader(available=((700, 800),)))
    problem = Problem(travel=((0,),), sessions=sessions, volunteers=people, weights=Weights(min={1: 1000}, target=10))
    answer = Relaxer(Repairer(problem, [(0, 1, 0)])).smallest(0, 0)
    assert answer
    assert (answer.kind, [change.words() for change in answer.changes]) == (
        "swap",
        ["2 changes: 0 moves from 1.0 to 0.0, 1 steps into 1.0"],
    )
