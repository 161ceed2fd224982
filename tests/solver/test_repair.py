"""After an event: few people asked, nobody worse off who matters as much, and every rule kept."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.solver.events import Absence, ChangedTime, Event, LostClearance, NewNeed, RaisedMinimum, parse_event
from scheduling.solver.mending import Alternative
from scheduling.solver.problem import (
    Assignment,
    Need,
    Problem,
    ProblemError,
    Session,
    Volunteer,
    Weights,
    parse_problem,
    to_json,
)
from scheduling.solver.repair import Repair, Repairer
from scheduling.solver.scoring import score
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

PLANS: dict[int, tuple[Problem, tuple[Assignment, ...]]] = {}


def solved(seed: int) -> tuple[Problem, tuple[Assignment, ...]]:
    if seed not in PLANS:
        data = generate("S", seed)
        data["weights"] |= {"x_standing": 20, "x_wish": 3, "x_asked": 2, "x_shared": 3}
        data["x_standing"] = [[v, v % len(data["sessions"])] for v in range(10)]
        for v, person in enumerate(data["volunteers"]):
            person |= {"x_wish": v % 3, "x_weeks_since_asked": v % 6, "x_unpopular_before": v % 2}
        problem = parse_problem(data)
        PLANS[seed] = problem, solve(problem, seconds=1).assignments
    return PLANS[seed]


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, Event, int]:
    seed = draw(st.integers(0, 3))
    problem, plan = solved(seed)
    v, s, r = draw(st.sampled_from(plan))
    session = problem.sessions[s]
    kind = draw(st.sampled_from(["absence", "week", "clearance", "minimum", "need", "time"]))
    later = draw(st.sampled_from([-90, -30, 30, 60, 240]))
    events: dict[str, Event] = {
        "absence": Absence(v, s),
        "week": Absence(v),
        "clearance": LostClearance(v, session.clearance or "child"),
        "minimum": RaisedMinimum(s, r, session.needs[r].min + draw(st.integers(1, 2))),
        "need": NewNeed(s, Need(skill="event", min=1, target=2, priority=2)),
        "time": ChangedTime(s, max(0, session.start + later), max(0, session.start + later) + session.minutes),
    }
    return seed, events[kind], draw(st.integers(0, 4))


def plan_after(plan: tuple[Assignment, ...], repair: Repair, alternative: Alternative) -> set[Assignment]:
    return (set(plan) - set(repair.lost) - set(alternative.dropped)) | set(alternative.added)


def shortages(problem: Problem, plan: set[Assignment]) -> dict[tuple[int, int], int]:
    return {
        (s, r): max(0, need.min - sum((t, q) == (s, r) for _, t, q in plan))
        for s, session in enumerate(problem.sessions)
        for r, need in enumerate(session.needs)
    }


@settings(deadline=None, max_examples=150)
@given(cases())
def test_every_alternative_keeps_its_promises(case: tuple[int, Event, int]) -> None:
    seed, event, most = case
    problem, plan = solved(seed)
    repair = Repairer(problem, plan).ask(event, max_changes=most)
    left = set(plan) - set(repair.lost)
    short_before = shortages(repair.problem, left)
    hit = {(s, r) for _, s, r in repair.lost}
    hit |= {(event.session, event.need)} if isinstance(event, RaisedMinimum) else set()
    hit |= {(event.session, len(problem.sessions[event.session].needs))} if isinstance(event, NewNeed) else set()
    priorities = [repair.problem.sessions[s].needs[r].priority for s, r in hit]
    for alternative in repair.alternatives:
        after = plan_after(plan, repair, alternative)
        assert check(to_json(repair.problem), [list(item) for item in after])["faults"] == []
        stood_down = {v for v, _, _ in alternative.stood_down}
        changed = {v for v, _, _ in left ^ after} - stood_down
        assert changed <= set(alternative.people)
        assert len(alternative.people) <= most
        forced = {(s, r) for _, s, r in alternative.stood_down}
        for place, missing in shortages(repair.problem, after).items():
            need = repair.problem.sessions[place[0]].needs[place[1]]
            if priorities and need.priority <= max(priorities) and place not in forced:
                assert missing <= short_before[place]
        new, old = score(repair.problem, after), score(repair.problem, left)
        assert alternative.change.terms == {name: new.terms[name] - old.terms[name] for name in new.terms}
        assert alternative.change.short_of_min == new.short_of_min - old.short_of_min


def day(*volunteers: Volunteer, sessions: int = 2, **changes: Any) -> Problem:
    """Sessions an hour apart, one reader each."""
    needs = (Need(skill="reading", min=1, target=1),)
    hours = tuple(Session(start=600 + 120 * s, end=660 + 120 * s, needs=needs) for s in range(sessions))
    weights = Weights(min={1: 1000, 2: 400}, target=10, fair_step=1)
    return Problem(travel=((0,),), sessions=hours, volunteers=volunteers, weights=weights, hubs=({},), **changes)


def reader(**changes: Any) -> Volunteer:
    return Volunteer(**({"skills": frozenset({"reading"}), "available": ((0, 1440),)} | changes))


def people(repair: Repair) -> list[tuple[int, ...]]:
    return [alternative.people for alternative in repair.alternatives]


def test_one_steps_in_or_it_stays_open() -> None:
    problem = day(reader(), reader(), reader(history=5))
    repair = Repairer(problem, [(0, 0, 0), (0, 1, 0)]).ask(Absence(0, 0))
    assert people(repair) == [(1,), (2,), ()]
    assert [a.open for a in repair.alternatives] == [(), (), ((0, 0, 1),)]
    assert repair.alternatives[0].words() == "1 change: 1 steps into 0.0"


def test_one_moves_and_the_next_takes_their_place() -> None:
    morning, noon = ((600, 780),), ((700, 800),)
    problem = day(reader(), reader(available=morning, max_sessions=1), reader(available=noon))
    repair = Repairer(problem, [(0, 0, 0), (1, 1, 0)]).ask(Absence(0))
    assert repair.alternatives[0].words() == "2 changes: 1 moves from 1.0 to 0.0, 2 steps into 1.0"
    assert people(Repairer(problem, [(0, 0, 0), (1, 1, 0)]).ask(Absence(0), max_changes=1)) == [()]


def test_the_standby_comes_first() -> None:
    problem = day(reader(), reader(), reader(history=5), standby=frozenset({(2, 0)}))
    repair = Repairer(problem, [(0, 0, 0)]).ask(Absence(0, 0))
    assert people(repair) == [(2,), (1,), ()]
    assert repair.alternatives[0].steps[0].standby


@pytest.mark.parametrize("marker", ["pins", "accepted"])
def test_who_has_accepted_is_not_moved(marker: str) -> None:
    morning, noon = ((600, 780),), ((700, 800),)
    held = {(1, 1, 0)}
    problem = day(reader(), reader(available=morning, max_sessions=1), reader(available=noon), accepted=frozenset(held))
    problem = replace(problem, pins=tuple(held)) if marker == "pins" else problem
    repairer = Repairer(problem, [(0, 0, 0), (1, 1, 0)])
    assert people(repairer.ask(Absence(0))) == [()]
    assert people(repairer.ask(Absence(0), move_accepted=True)) == [(1, 2), ()]


def test_a_pin_of_the_planner_is_never_moved() -> None:
    morning, noon = ((600, 780),), ((700, 800),)
    people_here = (reader(), reader(available=morning, max_sessions=1), reader(available=noon))
    problem = day(*people_here, pins=((1, 1, 0),))
    assert people(Repairer(problem, [(0, 0, 0), (1, 1, 0)]).ask(Absence(0), move_accepted=True)) == [()]


def test_a_newcomer_goes_when_the_only_experienced_person_does() -> None:
    needs = (Need(skill="reading", min=1, target=2),)
    problem = day(reader(experienced=True), reader(new=True), sessions=1)
    problem = replace(problem, sessions=(replace(problem.sessions[0], needs=needs),))
    plan = [(0, 0, 0), (1, 0, 0)]
    (left_open,) = Repairer(problem, plan).ask(Absence(0)).alternatives
    assert (left_open.steps, left_open.stood_down) == ((), ((1, 0, 0),))
    mentored = replace(problem, volunteers=(*problem.volunteers, reader(experienced=True), reader()))
    best, *_ = Repairer(mentored, plan).ask(Absence(0)).alternatives
    assert (best.added, best.stood_down) == (((2, 0, 0),), ())
    pinned = replace(problem, pins=((1, 0, 0),))
    assert Repairer(pinned, plan).ask(Absence(0)).alternatives == ()


def test_a_session_that_people_have_left_is_filled_in_all_its_needs() -> None:
    needs = (Need(skill="reading", min=2, target=3), Need(skill="music", min=1, target=1))
    both = frozenset({"reading", "music"})
    problem = day(reader(), reader(), reader(history=3), reader(skills=both, history=9), sessions=2)
    problem = replace(problem, sessions=(replace(problem.sessions[0], needs=needs), problem.sessions[1]))
    plan = [(0, 0, 0), (1, 1, 0)]
    repairer = Repairer(problem, plan)
    best, *others, left_open = repairer.fill(0).alternatives
    assert {(3, 0, 1), (1, 0, 0)} == set(best.added)
    assert (best.dropped, best.open) == ((), ())
    assert [(a.people, a.open) for a in others] == [((2, 3), ()), ((1,), ((0, 1, 1),))]
    assert (left_open.steps, left_open.open) == ((), ((0, 0, 1), (0, 1, 1)))
    assert [a.people for a in repairer.fill(0, max_changes=1).alternatives] == [(1,), (2,), (3,), ()]


def test_filling_moves_who_has_accepted_only_when_it_may() -> None:
    morning, noon = ((600, 780),), ((700, 800),)
    people_here = (reader(available=morning, max_sessions=1), reader(available=noon))
    held = ((0, 1, 0),)
    repairer = Repairer(day(*people_here, accepted=frozenset(held), pins=held), held)
    assert people(repairer.fill(0)) == [()]
    assert people(repairer.fill(0, move_accepted=True)) == [(0, 1), ()]


def test_nothing_is_done_to_a_session_that_lacks_nobody() -> None:
    (nothing,) = Repairer(day(reader(), reader()), [(0, 0, 0)]).fill(0).alternatives
    assert (nothing.steps, nothing.open) == ((), ())


def test_an_accepted_answer_is_the_plan() -> None:
    problem = day(reader(), reader(), reader(history=5))
    repairer = Repairer(problem, [(0, 0, 0)])
    repair = repairer.ask(Absence(0, 0))
    repairer.accept(repair, repair.alternatives[0])
    assert repairer.book.assignments() == [(1, 0, 0)]
    assert people(repairer.ask(Absence(1, 0))) == [(2,), ()]


def test_a_minimum_beyond_all_people_is_answered_with_those_there_are() -> None:
    repairer = Repairer(day(reader(), reader()), [(0, 0, 0)])
    assert people(repairer.ask(RaisedMinimum(0, 0, 10**9))) == [(1,), ()]


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"kind": "absence", "volunteer": 9}, "event.volunteer"),
        ({"kind": "absence", "volunteer": 0, "session": 9}, "event.session"),
        ({"kind": "absence"}, "event.volunteer"),
        ({"kind": "lost_clearance", "volunteer": 0, "clearance": 3}, "event.clearance"),
        ({"kind": "raised_minimum", "session": 0, "need": 1, "min": 2}, "event.need"),
        ({"kind": "raised_minimum", "session": 0, "need": 0, "min": -2}, "event.min"),
        ({"kind": "new_need", "session": 0, "skill": "a", "min": 1, "target": 0, "priority": 1}, "event.target"),
        ({"kind": "new_need", "session": 0, "skill": "a", "min": 1, "target": 1, "priority": 7}, "event.priority"),
        ({"kind": "changed_time", "session": 0, "start": 90, "end": 60}, "event.end"),
        ({"kind": "flood"}, "event.kind"),
        ([], "event.kind"),
    ],
)
def test_a_faulty_event_is_named(document: Any, path: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_event(document, day(reader()))
    assert caught.value.path == path
