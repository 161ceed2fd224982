"""The command line: what it writes, how it ends."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate

ROOT = Path(__file__).resolve().parents[2]
OK, USAGE, BAD_INPUT, CANNOT_WRITE, INFEASIBLE, OUT_OF_TIME = 0, 2, 3, 4, 5, 6


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "scheduling.solver", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def run(*arguments: object) -> tuple[int, str, str]:
    process = start(*arguments)
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, out, err


def write(path: Path, data: Any) -> Path:
    path.write_text(json.dumps(data))
    return path


def test_a_plan_is_written(tmp_path: Path) -> None:
    data = generate("tiny", 1)
    problem, out = write(tmp_path / "problem.json", data), tmp_path / "plan.json"
    code, printed, err = run(problem, "--seconds", 60, "--workers", 2, "--seed", 1, "--out", out)
    plan = json.loads(out.read_text())
    assert (code, printed) == (OK, "")
    assert set(plan) == {"assignments", "objective", "bound", "status", "seconds", "unfilled"}
    assert set(plan["seconds"]) == {"build", "first", "total"}
    assert check(data, plan["assignments"])["objective"] == plan["objective"] == plan["bound"]
    assert "optimal" in err


def test_without_out_the_plan_is_all_that_is_printed(tmp_path: Path) -> None:
    code, printed, _ = run(write(tmp_path / "problem.json", generate("tiny", 1)), "--seconds", 60)
    assert (code, json.loads(printed)["status"]) == (OK, "optimal")


def test_a_warm_plan_may_name_what_is_gone(tmp_path: Path) -> None:
    problem = write(tmp_path / "problem.json", generate("tiny", 1))
    warm = write(tmp_path / "warm.json", {"assignments": [[999, 0, 0], [0, 0, 0]]})
    assert run(problem, "--seconds", 5, "--warm", warm)[0] == OK


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"sessions": 1}', '{"a": 1, "a": 1}', "\u0000" * 1000, "[" * 5000, "[" * 900 + "]" * 900],
)
def test_bad_input_is_one_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "problem.json"
    path.write_text(content)
    code, printed, err = run(path, "--seconds", 5)
    assert (code, printed, err.count("\n")) == (BAD_INPUT, "", 1)


def test_a_missing_file_and_a_bad_warm_plan(tmp_path: Path) -> None:
    problem = write(tmp_path / "problem.json", generate("tiny", 1))
    assert run(tmp_path / "none.json")[0] == BAD_INPUT
    code, _, err = run(problem, "--warm", write(tmp_path / "warm.json", {"assignments": [[1]]}))
    assert (code, "assignments[0]" in err) == (BAD_INPUT, True)


def test_the_place_of_a_fault_is_named(tmp_path: Path) -> None:
    data = generate("tiny", 1)
    data["sessions"][3]["needs"][0]["min"] = -1
    code, _, err = run(write(tmp_path / "problem.json", data))
    assert (code, "sessions[3].needs[0].min" in err) == (BAD_INPUT, True)


@pytest.mark.parametrize(
    "arguments", [(), ("p.json", "--seconds", "-1"), ("p.json", "--workers", "x"), ("p.json", "--no")]
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    assert run(*arguments)[0] == USAGE


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    problem = write(tmp_path / "problem.json", generate("tiny", 1))
    code, _, err = run(problem, "--seconds", 5, "--out", tmp_path / "no" / "plan.json")
    assert (code, "cannot write" in err) == (CANNOT_WRITE, True)


def test_pins_without_a_plan(tmp_path: Path) -> None:
    data = generate("tiny", 1)
    need = {"role": "", "skill": "reading", "min": 1, "target": 1, "priority": 1}
    data["sessions"] = [{**data["sessions"][0], "clearance": None, "hub": 0, "start": 0, "end": 60, "needs": [need]}]
    person = {**data["volunteers"][0], "home": 0, "skills": ["reading"], "available": [[0, 99]], "blocked": []}
    data["volunteers"] = [{**person, "new": True, "experienced": False, "max_minutes": 600}]
    data |= {"buddies": [], "avoid": [], "barred": [], "pins": [[0, 0, 0]]}
    code, printed, _ = run(write(tmp_path / "problem.json", data), "--seconds", 5)
    assert (code, json.loads(printed)["status"]) == (INFEASIBLE, "infeasible")


def test_sigterm_ends_with_the_best_plan(tmp_path: Path) -> None:
    data = generate("M", 3)
    problem, out = write(tmp_path / "problem.json", data), tmp_path / "plan.json"
    process = start(problem, "--seconds", 300, "--out", out)
    assert process.stderr
    assert "best" in process.stderr.readline()  # the search has begun
    process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    process.communicate(timeout=60)
    assert (process.returncode, time.monotonic() - began < 15) == (OK, True)
    plan = json.loads(out.read_text())
    verdict = check(data, plan["assignments"])
    assert (verdict["faults"], verdict["objective"]) == ([], plan["objective"])


def solved(tmp_path: Path) -> tuple[dict[str, Any], Path, Path]:
    data = generate("tiny", 1)
    problem, plan = write(tmp_path / "problem.json", data), tmp_path / "plan.json"
    assert run(problem, "--seconds", 60, "--out", plan)[0] == OK
    return data, problem, plan


def test_explain_answers_for_every_gap_and_for_one(tmp_path: Path) -> None:
    data, problem, plan = solved(tmp_path)
    code, printed, _ = run("explain", problem, plan)
    answer = json.loads(printed)
    gaps = [(gap["session"], gap["need"]) for gap in answer["unfilled"]]
    assert (code, gaps) == (OK, [(gap["session"], gap["need"]) for gap in json.loads(plan.read_text())["unfilled"]])
    assert all(sum(gap["reasons"].values()) == len(data["volunteers"]) for gap in answer["unfilled"])
    assert len(answer["fairness"]["volunteers"]) == len(data["volunteers"])
    v, s, r = json.loads(plan.read_text())["assignments"][0]
    code, printed, _ = run("explain", problem, plan, "--need", f"{s},{r}", "--out", tmp_path / "answer.json")
    answer = json.loads((tmp_path / "answer.json").read_text())
    assert (code, printed, answer["session"], answer["need"]) == (OK, "", s, r)
    assert v in [one["volunteer"] for one in answer["assigned"]]


def test_repair_offers_alternatives_and_says_them_in_words(tmp_path: Path) -> None:
    data, problem, plan = solved(tmp_path)
    assignments = json.loads(plan.read_text())["assignments"]
    v, s, _ = assignments[0]
    event = json.dumps({"kind": "absence", "volunteer": v, "session": s})
    code, printed, err = run("repair", problem, plan, "--event", event, "--alternatives", 2, "--max-changes", 2)
    answer = json.loads(printed)
    assert (code, answer["lost"]) == (OK, [item for item in assignments if item[:2] == [v, s]])
    assert len(err.splitlines()) == len(answer["alternatives"]) <= 3
    data["pins"] = []
    data["barred"] = [*data.get("barred", []), [v, s]]
    for alternative in answer["alternatives"]:
        gone = [*answer["lost"], *alternative["dropped"]]
        after = [item for item in assignments if item not in gone] + alternative["added"]
        assert check(data, after)["faults"] == []
        assert alternative["changes"] == len(alternative["steps"]) <= 2


def test_what_if_tells_every_term(tmp_path: Path) -> None:
    data, problem, plan = solved(tmp_path)
    code, printed, _ = run("what-if", problem, plan, "--question", '{"kind": "drop_session", "session": 0}')
    answer = json.loads(printed)
    before = json.loads(plan.read_text())["assignments"]
    assert (code, answer["status"], set(answer["terms"])) == (OK, "proven", set(check(data, before)["cost"]))
    assert answer["objective"] == sum(answer["terms"].values())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("explain", "--need", "900,0"), "no need 0 in a session 900"),
        (("explain", "--need", "first"), "--need must be"),
        (("repair", "--event", "{"), "--event is not valid JSON"),
        (("repair", "--event", '{"kind": "absence", "volunteer": 99}'), "event.volunteer"),
        (("what-if", "--question", "[1]"), "question.kind"),
    ],
)
def test_a_question_that_makes_no_sense(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    _, problem, plan = solved(tmp_path)
    code, printed, err = run(arguments[0], problem, plan, *arguments[1:])
    assert (code, printed, err.count("\n"), words in err) == (BAD_INPUT, "", 1, True)


@pytest.mark.parametrize("command", ["explain", "repair", "what-if"])
def test_a_question_needs_its_arguments(command: str) -> None:
    assert run(command)[0] == USAGE


def test_a_plan_that_breaks_a_rule_is_not_explained(tmp_path: Path) -> None:
    data = generate("tiny", 1)
    data["barred"] = [[0, 0]]
    problem = write(tmp_path / "problem.json", data)
    for assignments, words in (([[0, 0, 0]], "barred"), ([[0, 999, 0]], "assignments[0]")):
        plan = write(tmp_path / "plan.json", {"assignments": assignments})
        code, _, err = run("explain", problem, plan)
        assert (code, words in err, err.count("\n")) == (BAD_INPUT, True, 1)


def test_warm_up_compiles_and_says_nothing() -> None:
    assert run("warm-up") == (OK, "", "")
