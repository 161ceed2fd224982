"""试一试: what a change would come to, told apart from what the plan could gain anyway."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
from scheduling.solver.scoring import score
from scheduling.solver.solve import solve
from scheduling.solver.whatif import (
    AddedVolunteer,
    Asker,
    Barred,
    DroppedSession,
    MovedSession,
    Pinned,
    Question,
    parse_question,
    what_if,
)
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

PROBLEM = parse_problem(generate("S", 2))
PLAN = solve(PROBLEM, seconds=20).assignments
V, S, R = PLAN[len(PLAN) // 2]
SESSION = PROBLEM.sessions[S]
PERSON = to_json(PROBLEM)["volunteers"][V]


@pytest.mark.parametrize(
    "question",
    [
        {"kind": "bar", "volunteer": V, "session": S},
        {"kind": "pin", "volunteer": V, "session": S, "need": R},
        {"kind": "add_volunteer", "volunteer": {**PERSON, "id": len(PROBLEM.volunteers)}},
        {"kind": "drop_session", "session": S},
        {"kind": "move_session", "session": S, "start": SESSION.start + 60, "end": SESSION.end + 60},
    ],
)
def test_the_difference_is_that_of_two_optima(question: dict[str, Any]) -> None:
    answer = what_if(PROBLEM, PLAN, parse_question(question, PROBLEM), seconds=30)
    assert check(to_json(answer.problem), [list(item) for item in answer.assignments])["faults"] == []
    assert (answer.is_proven, answer.slack) == (True, 0)
    afresh = solve(answer.problem, seconds=20)
    assert afresh.status == "optimal"
    assert sum(answer.change.values()) == afresh.objective - score(PROBLEM, PLAN).total
    assert (set(PLAN) - set(answer.dropped)) | set(answer.added) == set(answer.assignments)


def test_pinning_what_is_so_changes_nothing() -> None:
    question = {"kind": "pin", "volunteer": V, "session": S, "need": R}
    answer = what_if(PROBLEM, PLAN, parse_question(question, PROBLEM), seconds=30)
    assert (set(answer.change.values()), answer.dropped, answer.added) == ({0}, (), ())


@pytest.mark.parametrize(
    ("question", "path"),
    [
        ({"kind": "bar", "volunteer": -1, "session": 0}, "question.volunteer"),
        ({"kind": "pin", "volunteer": 0, "session": 0, "need": 9}, "question.need"),
        ({"kind": "drop_session", "session": "0"}, "question.session"),
        ({"kind": "add_volunteer", "volunteer": {}}, "question.volunteer.home"),
        ({"kind": "move_session", "session": 0, "start": 9, "end": 9}, "question.end"),
        ({"kind": "wish"}, "question.kind"),
        (None, "question.kind"),
    ],
)
def test_a_faulty_question_is_named(question: Any, path: str) -> None:
    with pytest.raises(ProblemError) as caught:
        parse_question(question, PROBLEM)
    assert caught.value.path == path


def test_a_pin_that_breaks_a_rule_is_refused() -> None:
    unskilled = next(v for v, one in enumerate(PROBLEM.volunteers) if SESSION.needs[R].skill not in one.skills)
    question = {"kind": "pin", "volunteer": unskilled, "session": S, "need": R}
    with pytest.raises(ProblemError) as caught:
        what_if(PROBLEM, PLAN, parse_question(question, PROBLEM))
    assert "no_skill" in caught.value.message


OWN = {"x_standing": 20, "x_wish": 3, "x_asked": 2, "x_shared": 3}
LOOSE: dict[int, Asker] = {}


def loose(seed: int) -> Asker:
    """A plan that is not the best: some of its places were given up."""
    if seed not in LOOSE:
        data = generate("S", seed)
        data["weights"] |= OWN
        data["x_standing"] = [[v, v % len(data["sessions"])] for v in range(10)]
        for v, person in enumerate(data["volunteers"]):
            person |= {"x_wish": v % 3, "x_weeks_since_asked": v % 6, "x_unpopular_before": v % 2}
        problem = parse_problem(data)
        plan = solve(problem, seconds=5).assignments
        leads = {v for v, volunteer in enumerate(problem.volunteers) if volunteer.experienced}
        LOOSE[seed] = Asker(problem, (item for i, item in enumerate(plan) if i % 9 or item[0] in leads))
    return LOOSE[seed]


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, Question]:
    seed = draw(st.integers(0, 2))
    problem, plan = loose(seed).problem, loose(seed).plan
    v, s, r = draw(st.sampled_from(plan))
    session, somebody = problem.sessions[s], draw(st.integers(0, len(problem.volunteers) - 1))
    later = max(0, session.start + draw(st.sampled_from([-600, -60, 30, 300, 1440])))
    questions: dict[str, Question] = {
        "pin": Pinned(somebody, s, r),
        "bar": Barred(v, s),
        "add": AddedVolunteer(problem.volunteers[somebody]),
        "drop": DroppedSession(s),
        "move": MovedSession(s, later, later + session.minutes + 15),
    }
    return seed, questions[draw(st.sampled_from(list(questions)))]


@settings(deadline=None, max_examples=150)
@given(cases())
def test_a_plan_that_is_not_the_best_changes_little_and_by_the_rules(case: tuple[int, Question]) -> None:
    seed, question = case
    asker = loose(seed)
    problem, plan = asker.problem, asker.plan
    try:
        answer = asker.ask(question)
    except ProblemError:
        if not isinstance(question, Pinned):
            raise
        return
    assert check(to_json(answer.problem), [list(item) for item in answer.assignments])["faults"] == []
    assert not answer.is_proven
    before, after = score(problem, plan), score(answer.problem, answer.assignments)
    assert answer.change == {name: after.terms[name] - before.terms[name] for name in after.terms}
    assert answer.short_of_min == after.short_of_min - before.short_of_min
    assert (set(plan) - set(answer.dropped)) | set(answer.added) == set(answer.assignments)
    assert is_one_story(question, asker, {*answer.dropped, *answer.added})


def is_one_story(question: Question, asker: Asker, left: set[Assignment]) -> bool:
    """Whether every change hangs together, by people and sessions, with what the question names."""
    people, sessions = set[int](), set[int]()
    if isinstance(question, AddedVolunteer):
        people.add(len(asker.problem.volunteers))
    else:
        sessions.add(question.session)
        people.update(v for v, s, _ in asker.plan if s == question.session)
    if isinstance(question, Pinned | Barred):
        people.add(question.volunteer)
    while near := {item for item in left if item[0] in people or item[1] in sessions}:
        people |= {v for v, _, _ in near}
        sessions |= {s for _, s, _ in near}
        left -= near
    return not left


def hours(*volunteers: Volunteer, **changes: Any) -> Problem:
    """Two sessions an hour apart, one reader each."""
    needs = (Need(skill="reading", min=1, target=1),)
    sessions = tuple(Session(start=600 + 120 * s, end=660 + 120 * s, needs=needs) for s in range(2))
    weights = Weights(min={1: 1000}, target=10, fair_step=1)
    return Problem(travel=((0,),), sessions=sessions, volunteers=volunteers, weights=weights, hubs=({},), **changes)


def reader(**changes: Any) -> Volunteer:
    return Volunteer(**({"skills": frozenset({"reading"}), "available": ((0, 1440),)} | changes))


def test_a_gain_that_needs_no_question_is_not_told_as_its_merit() -> None:
    """Somebody could have filled the second session all along: dropping the first is no reason to."""
    problem = hours(reader(), reader())
    answer = what_if(problem, [(0, 0, 0)], DroppedSession(0))
    assert (answer.dropped, answer.added, answer.slack) == (((0, 0, 0),), (), -1000)


def test_who_becomes_free_goes_where_nobody_else_could() -> None:
    """And the cook, who could have come all along, is not part of the answer."""
    problem = hours(reader(max_sessions=1), reader(skills=frozenset({"cooking"})))
    kitchen = replace(problem.sessions[0], needs=(Need(skill="cooking", min=1, target=1),))
    problem = replace(problem, sessions=(*problem.sessions, kitchen))
    answer = what_if(problem, [(0, 0, 0)], DroppedSession(0))
    assert (answer.dropped, answer.added) == (((0, 0, 0),), ((0, 1, 0),))
    assert (answer.short_of_min, answer.slack) == (-1, -1000)


def test_a_newcomer_who_is_pinned_brings_company_or_is_refused() -> None:
    needs = (Need(skill="reading", min=1, target=2),)
    problem = hours(reader(new=True), reader(), reader(experienced=True))
    problem = replace(problem, sessions=(replace(problem.sessions[0], needs=needs), problem.sessions[1]))
    answer = Asker(problem, [(1, 0, 0)]).ask(Pinned(0, 0, 0))
    assert {(0, 0, 0), (2, 0, 0)} <= set(answer.assignments)
    alone = replace(problem, volunteers=problem.volunteers[:2])
    with pytest.raises(ProblemError) as caught:
        Asker(alone, [(1, 1, 0)]).ask(Pinned(0, 0, 0))
    assert caught.value.code == "no_plan"


def test_a_plan_held_ready_answers_one_question_as_if_there_had_been_no_other() -> None:
    asker = loose(1)
    v, s, _ = asker.plan[0]
    first = Asker(asker.problem, asker.plan).ask(Barred(v, s))
    for question in (DroppedSession(s), AddedVolunteer(asker.problem.volunteers[v]), Pinned(v, s, 0)):
        asker.ask(question)
    # how much of the slack is known depends on how busy the machine is
    assert replace(asker.ask(Barred(v, s)), slack=0) == replace(first, slack=0)
