"""What the commands share: how they read a plan, write an answer, and end."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson

from scheduling.solver.problem import Assignment, Problem, ProblemError, read_json
from scheduling.solver.reading import Reader
from scheduling.solver.scoring import violations

OK, USAGE, BAD_INPUT, CANNOT_WRITE, INFEASIBLE, OUT_OF_TIME = 0, 2, 3, 4, 5, 6


def load_assignments(path: str, problem: Problem, *, keep_known: bool) -> list[Assignment]:
    """The assignments of a plan file. What the problem does not know is left out, or (not `keep_known`) refused, and
    so is a plan that breaks a rule."""
    try:
        data = read_json(path)
        if not isinstance(data, dict) or "assignments" not in data:
            raise ProblemError("assignments", "missing", "is missing")
        found = []
        for item in Reader(data)["assignments"].items():
            v, s, r = (cell.integer() for cell in item.row(3))
            known = 0 <= v < len(problem.volunteers) and 0 <= s < len(problem.sessions)
            if known and 0 <= r < len(problem.sessions[s].needs):
                found.append((v, s, r))
            elif not keep_known:
                raise item.fault("no_such", "names a volunteer, session or need that the problem does not have")
        if not keep_known and (faults := violations(problem, found)):
            fault = faults[0]
            raise ProblemError("assignments", "breaks_rule", f"break the rule {fault.code}: {fault.words()}")
        return found
    except ProblemError as error:
        raise ProblemError("", error.code, f"{path}: {error}" if error.path else str(error)) from None


def write(answer: dict[str, Any], out: str | None) -> int:
    text = orjson.dumps(answer)
    try:
        if out is None:
            sys.stdout.buffer.write(text + b"\n")
            sys.stdout.flush()
        elif Path(out).exists() and not Path(out).is_file():
            Path(out).write_bytes(text)  # a pipe or a device is written to, never replaced
        else:
            partial = Path(f"{out}.{os.getpid()}.part")
            partial.write_bytes(text)
            partial.replace(out)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        complain(f"cannot write {out or 'the answer'}: {reason}")
        return CANNOT_WRITE
    return OK


def complain(message: str) -> None:
    say(" ".join(message.split()) + "\n")


def say(text: str) -> None:
    """To stderr, if anybody reads it: a plan is no worse for nobody watching."""
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
