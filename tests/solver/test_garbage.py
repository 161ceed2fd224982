"""Whatever stands in a file: a plan, or an error that names its place. Never anything else."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.solver.pins import refuse_broken_pins
from scheduling.solver.problem import Problem, ProblemError, load_problem, parse_problem
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

ODD = [None, True, -1, 0, 1, 10**9, 10**30, 1.5, float("inf"), "", "x", [], {}, [[]], [0, 0], [[0, 0]], [[0, 0, 0]]]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths to everything inside, of long lists to the first few elements."""
    if isinstance(value, dict):
        inside = list(value.items())
    else:
        inside = list(enumerate(value[:3])) if isinstance(value, list) else []
    return [found for key, child in inside for found in ((*path, key), *places(child, (*path, key)))]


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_problem_with_something_odd_in_it(data: st.DataObject) -> None:
    document = generate("tiny", data.draw(st.integers(0, 9)))
    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(places(document)))
        parent = document
        for key in way:
            parent = parent[key]
        if data.draw(st.booleans()):
            parent[last] = copy.deepcopy(data.draw(st.sampled_from(ODD)))
        else:
            del parent[last]
    try:
        problem = parse_problem(document)
        plan = solve(problem, seconds=1)
    except ProblemError:
        return
    assert isinstance(problem, Problem)
    if plan.status != "infeasible":
        assert check(filled_in(document), [list(item) for item in plan.assignments])["faults"] == []


def filled_in(document: dict[str, Any]) -> dict[str, Any]:
    """What a file may leave out, said aloud for the referee."""
    for person in document["volunteers"]:
        absent = {"min_rest": 0, "max_travel": 10**9, "experienced": False, "new": False, "history": 0}
        for key, value in {**absent, "blocked": [], "clearances": [], "pref_programme": {}}.items():
            person.setdefault(key, value)
        person.setdefault("pref_daypart", [0, 0, 0])
    for session in document["sessions"]:
        session.setdefault("clearance", None)
        session.setdefault("programme", "")
        session.setdefault("unpopular", 0)
    for key in ("buddies", "avoid", "pins", "barred", "published"):
        document.setdefault(key, [])
    for key in ("fair_step", "unpopular", "buddy", "travel_per_min", "keep", "add"):
        document["weights"].setdefault(key, 0)
    return document


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('"pins": []', '"pins": [], "pins": []', "repeated_key"),
        ('"hub": 0', '"hub": 0, "hub": 0', "repeated_key"),
        ('"seed": 1', '"seed": ' + "9" * 400, "not_json"),
        ('"seed": 1', '"seed": NaN', "not_json"),
        ('"seed": 1', '"seed": 1, "x_deep": ' + "[" * 900 + "]" * 900, "too_deep"),
    ],
)
def test_json_that_another_reader_would_swallow(tmp_path: Any, before: str, after: str, code: str) -> None:
    text = json.dumps({**generate("tiny", 1), "pins": [], "seed": 1})
    assert before in text
    path = tmp_path / "problem.json"
    path.write_text(text.replace(before, after, 1))
    with pytest.raises(ProblemError) as caught:
        load_problem(path)
    assert caught.value.code == code


def test_an_escaped_colon_is_no_second_key(tmp_path: Any) -> None:
    path = tmp_path / "problem.json"
    path.write_text(json.dumps({**generate("tiny", 1), "x_note": "a#b"}).replace("a#b", "a\\u003ab"))
    assert load_problem(path) == parse_problem(generate("tiny", 1))


def test_very_many_pins_are_refused_in_few_words() -> None:
    document = generate("tiny", 1)
    session = {**document["sessions"][0], "clearance": None, "hub": 0}
    document["sessions"] = [{**session, "id": s} for s in range(20_000)]
    document |= {"pins": [[0, s, 0] for s in range(20_000)], "barred": []}
    with pytest.raises(ProblemError) as caught:
        refuse_broken_pins(parse_problem(document))
    assert len(str(caught.value)) < 500
