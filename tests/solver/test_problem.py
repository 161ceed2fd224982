"""What the reader accepts, and how it names what it refuses."""

from pathlib import Path
from typing import Any

import pytest

from scheduling.solver.problem import ProblemError, load_problem, parse_problem, to_json
from scheduling.solver.solve import solve
from tests.benchmarks.roster.generate import generate


def document() -> dict[str, Any]:
    return generate("tiny", 1)


def edit(data: dict[str, Any], path: str, value: Any) -> None:
    """Set what stands at a path like sessions[0].needs[0].min."""
    *steps, last = path.replace("[", ".[").split(".")
    place: Any = data
    for step in steps:
        place = place[int(step[1:-1])] if step.startswith("[") else place[step]
    place[int(last[1:-1]) if last.startswith("[") else last] = value


def test_a_problem_survives_being_written_and_read() -> None:
    problem = parse_problem(document())
    assert parse_problem(to_json(problem)) == problem


def test_own_keys_are_ignored() -> None:
    data = document()
    data["x_note"] = data["sessions"][0]["x_note"] = {"anything": [1]}
    assert parse_problem(data) == parse_problem(document())


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("sessions[3].needs[0].min", -1, "negative"),
        ("sessions[3].needs[0].min", 99, "min_above_target"),
        ("sessions[3].needs[0].priority", 9, "no_weight"),
        ("sessions[3].needs[0].skill", 5, "not_text"),
        ("sessions[0].end", 0, "end_before_start"),
        ("sessions[0].start", -5, "negative"),
        ("sessions[0].start", "08:00", "not_integer"),
        ("sessions[0].start", True, "not_integer"),
        ("sessions[0].hub", 99, "no_such"),
        ("sessions[0].id", 5, "wrong_id"),
        ("sessions[0].unpopular", 2, "out_of_range"),
        ("sessions[0].color", "red", "unknown_key"),
        ("sessions", {}, "not_list"),
        ("volunteers[2].home", -1, "no_such"),
        ("volunteers[2].experienced", 1, "not_boolean"),
        ("volunteers[2].available", [[10]], "wrong_length"),
        ("volunteers[2].blocked", [[20, 10]], "end_before_start"),
        ("volunteers[2].max_sessions", 1e30, "not_integer"),
        ("volunteers[2]", None, "not_object"),
        ("travel", [[0]], "wrong_length"),
        ("travel[0]", [0], "wrong_length"),
        ("travel[0][1]", -3, "negative"),
        ("buddies", [[1, 1]], "same_volunteer"),
        ("avoid", [[0, 99]], "no_such"),
        ("pins", [[0, 0, 9]], "no_such"),
        ("pins", [[0, 0, 0], [0, 0, 0]], "repeated"),
        ("barred", [[0]], "wrong_length"),
        ("weights.travel_per_min", "much", "not_number"),
        ("weights.min", {"one": 5}, "wrong_key"),
        ("colour", 1, "unknown_key"),
    ],
)
def test_a_fault_names_its_place(path: str, value: Any, code: str) -> None:
    data = document()
    edit(data, path, value)
    with pytest.raises(ProblemError) as caught:
        parse_problem(data)
    assert caught.value.code == code
    assert caught.value.path.startswith(path)


@pytest.mark.parametrize("data", [None, [], 3, "text", {}])
def test_what_is_no_problem_at_all(data: Any) -> None:
    with pytest.raises(ProblemError):
        parse_problem(data)


@pytest.mark.parametrize("content", [b"", b"{", b"[" * 100_000, b"\xff\xfe", b"\x00" * 10_000_000, b'{"a": NaN}'])
def test_garbage_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    with pytest.raises(ProblemError):
        load_problem(path)


def pinned(*pins: list[int], **changes: Any) -> dict[str, Any]:
    person = {
        "home": 0,
        "skills": ["reading"],
        "available": [[0, 1440]],
        "max_sessions": 2,
        "max_minutes": 600,
        **changes,
    }
    need = {"skill": "reading", "min": 1, "target": 1, "priority": 1}
    return {
        "hubs": [{}],
        "travel": [[0]],
        "sessions": [{"hub": 0, "start": start, "end": start + 60, "needs": [need, need]} for start in (600, 630, 900)],
        "volunteers": [person, {**person, "skills": []}],
        "weights": {"min": {"1": 100}, "target": 10},
        "pins": list(pins),
    }


@pytest.mark.parametrize(
    ("pins", "path", "words"),
    [
        ([[1, 0, 0]], "pins[0]", "no_skill"),
        ([[0, 2, 0], [0, 0, 0], [0, 1, 0]], "pins[2]", "clash"),
        ([[0, 2, 0], [0, 2, 1]], "pins[1]", "assigned_here"),
    ],
)
def test_a_pin_that_breaks_a_rule_is_named(pins: list[list[int]], path: str, words: str) -> None:
    with pytest.raises(ProblemError) as caught:
        solve(parse_problem(pinned(*pins)), seconds=1)
    assert (caught.value.path, words in caught.value.message) == (path, True)


def test_pins_beyond_a_limit_contradict_each_other() -> None:
    with pytest.raises(ProblemError) as caught:
        solve(parse_problem(pinned([0, 0, 0], [0, 2, 0], max_sessions=1)), seconds=1)
    assert caught.value.code == "pins_contradict"
