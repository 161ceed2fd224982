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
OK, USAGE, BAD_INPUT, CANNOT_WRITE, INFEASIBLE = 0, 2, 3, 4, 5


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


@pytest.mark.parametrize("content", ["", "{", "[]", '{"sessions": 1}', "\u0000" * 1000, "[" * 5000])
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


def test_warm_up_compiles_and_says_nothing() -> None:
    assert run("warm-up") == (OK, "", "")
