"""试一试: what a change would come to, told apart from what the plan could gain anyway."""

from typing import Any

import pytest

from scheduling.solver.problem import ProblemError, parse_problem, to_json
from scheduling.solver.scoring import score
from scheduling.solver.solve import solve
from scheduling.solver.whatif import parse_question, what_if
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
