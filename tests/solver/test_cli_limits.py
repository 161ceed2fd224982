"""The command line when something ends early: the time, the memory, the patience of whoever reads."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from scheduling.solver import limits
from scheduling.solver.limits import Alarm, OutOfTime, refuse_too_large
from scheduling.solver.problem import ProblemError, parse_problem
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.generate import generate
from tests.solver.test_cli import BAD_INPUT, CANNOT_WRITE, OK, OUT_OF_TIME, ROOT, run, start, write


def test_told_to_end_while_reading_it_still_gives_the_first_plan(tmp_path: Path) -> None:
    data = generate("M", 3)
    problem, out = tmp_path / "problem.json", tmp_path / "plan.json"
    os.mkfifo(problem)
    process = start(problem, "--seconds", 300, "--out", out)
    with problem.open("w") as pipe:  # opens as soon as the other side reads: the command listens to signals by then
        process.send_signal(signal.SIGTERM)
        pipe.write(json.dumps(data))
    began = time.monotonic()
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert time.monotonic() - began < 2 * limits.GRACE + 5
    if process.returncode == OUT_OF_TIME:  # a machine so busy that the first plan took longer than the grace
        assert "told to end, and there is no plan yet" in err
        return
    assert process.returncode == OK
    plan = json.loads(out.read_text())
    verdict = check(data, plan["assignments"])
    assert (verdict["faults"], verdict["objective"]) == ([], plan["objective"])


def test_a_file_that_never_ends_is_given_up_when_the_time_is_over(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    os.mkfifo(problem)
    process = start(problem, "--seconds", 0)
    with problem.open("w"):
        began = time.monotonic()
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err.count("\n"), "seconds were over" in err) == (OUT_OF_TIME, 1, True)
    assert time.monotonic() - began < limits.GRACE + 5


@pytest.mark.parametrize("asked", [("explain",), ("repair", "--event", "{}"), ("what-if", "--question", "{}")])
def test_a_question_ends_with_its_time(tmp_path: Path, asked: tuple[str, ...]) -> None:
    problem = tmp_path / "problem.json"
    os.mkfifo(problem)
    process = start(asked[0], problem, problem, *asked[1:], "--seconds", 1)
    with problem.open("w"):
        began = time.monotonic()
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.count("\n")) == (OUT_OF_TIME, "", 1)
    assert "the 1 seconds of --seconds were over, and there is no answer yet" in err
    assert time.monotonic() - began < 10


def test_an_alarm_rings_once_and_not_when_it_is_silenced() -> None:
    before = signal.getsignal(signal.SIGALRM)
    try:
        Alarm(0.01).silence()
        time.sleep(0.05)
        alarm = Alarm(60)
        alarm.hurry(0.01)
        with pytest.raises(OutOfTime):
            time.sleep(5)
        alarm.silence()
    finally:
        signal.signal(signal.SIGALRM, before)


def many(people: int, sessions: int) -> dict[str, Any]:
    """Everybody may do everything."""
    data = generate("tiny", 1)
    session = {**data["sessions"][0], "clearance": None, "hub": 0, "start": 600, "end": 660}
    session["needs"] = [{"role": "", "skill": "meal", "min": 1, "target": 1, "priority": 1}]
    person = {**data["volunteers"][0], "home": 0, "skills": ["meal"], "available": [[0, 1440]], "blocked": []}
    data |= {"buddies": [], "avoid": [], "barred": []}
    data["sessions"] = [{**session, "id": s} for s in range(sessions)]
    data["volunteers"] = [{**person, "id": v, "new": False} for v in range(people)]
    return data


def test_more_pairs_than_the_memory_holds_are_refused_before_anything_is_built(tmp_path: Path) -> None:
    data = many(5_000, 5_000)
    problem = parse_problem(data)
    with pytest.raises(ProblemError) as caught:
        refuse_too_large(problem)
    assert caught.value.code == "too_large"
    assert "about 25 million pairs" in caught.value.message
    nobody = many(5_000, 5_000)
    for person in nobody["volunteers"]:
        person["available"] = []
    refuse_too_large(parse_problem(nobody))  # as many people and places, but hardly a pair
    path = write(tmp_path / "problem.json", data)
    for command in ((path,), ("explain", path, path)):
        code, printed, err = run(*command)
        assert (code, printed, err.count("\n"), "the limit is 20 million" in err) == (BAD_INPUT, "", 1, True)


def test_very_many_empty_places_do_not_keep_the_plan_waiting() -> None:
    from scheduling.solver.explain import Explainer

    problem = parse_problem(many(3, 40_000))
    began = time.monotonic()
    unfilled = Explainer(problem, ()).unfilled()
    assert time.monotonic() - began < 20
    assert len(unfilled) == 40_000
    explained = [item for item in unfilled if item.reasons]
    assert {sum(item.reasons.values()) for item in explained} == {3}
    assert 0 < len(explained) < 40_000


@pytest.mark.parametrize("closed", ["stdout", "stderr"])
def test_nobody_reads_any_more(tmp_path: Path, closed: str) -> None:
    problem, out = write(tmp_path / "problem.json", generate("tiny", 1)), tmp_path / "plan.json"
    arguments = [problem, "--seconds", "60"] + (["--out", out] if closed == "stderr" else [])
    read, written = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "scheduling.solver", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | {closed: written}
    process = subprocess.Popen(command, cwd=ROOT, text=True, **streams)
    os.close(written)
    said = "".join(filter(None, process.communicate(timeout=60)))
    assert "Traceback" not in said
    if closed == "stderr":
        assert (process.returncode, json.loads(out.read_text())["status"]) == (OK, "optimal")
    else:
        assert (process.returncode, "cannot write the answer" in said) == (CANNOT_WRITE, True)


def test_a_pipe_is_written_to_and_stays_one(tmp_path: Path) -> None:
    problem, out = write(tmp_path / "problem.json", generate("tiny", 1)), tmp_path / "plan"
    os.mkfifo(out)
    process = start(problem, "--seconds", 60, "--out", out)
    plan = json.loads(out.read_text())
    process.communicate(timeout=60)
    assert (process.returncode, plan["status"], out.is_fifo()) == (OK, "optimal", True)


@pytest.mark.parametrize(
    "content", [b"\x00\xff" * 5_000_000, b"a" * 10_000_000, b"[" * 10_000_000, b"[[]," * 2_500_000]
)
def test_ten_megabytes_of_garbage_are_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "problem.json"
    path.write_bytes(content)
    code, printed, err = run(path, "--seconds", 5)
    assert (code, printed, err.count("\n"), len(err) < 500) == (BAD_INPUT, "", 1, True)


def test_a_file_that_holds_more_than_any_week_is_one_line() -> None:
    code, printed, err = run("/dev/zero", "--seconds", 5)
    assert (code, printed, err) == (BAD_INPUT, "", "/dev/zero is larger than 256 MiB\n")


def test_costs_beyond_counting_are_one_line(tmp_path: Path) -> None:
    data = generate("tiny", 1)
    data["weights"]["fair_step"] = 10**9
    for person in data["volunteers"]:
        person["history"] = 10**9
    path = write(tmp_path / "problem.json", data)
    for command in ((path, "--seconds", 5), ("explain", path, path)):
        code, printed, err = run(*command)
        assert (code, printed, err.count("\n"), "weights: with these numbers" in err) == (BAD_INPUT, "", 1, True)


def test_a_folder_is_no_problem_and_no_plan(tmp_path: Path) -> None:
    assert run(tmp_path)[0] == BAD_INPUT
    problem = write(tmp_path / "problem.json", generate("tiny", 1))
    assert run(problem, "--warm", tmp_path)[0] == BAD_INPUT
    assert run(problem, "--seconds", 60, "--out", tmp_path)[0] == CANNOT_WRITE
