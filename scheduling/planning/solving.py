"""A solve in a process of its own. Imports no Django; speaks JSON, a line each.

    in, once:  {"problem": roster/1, "seconds": n, "workers": n}
    out:       {"progress": [seconds, objective, bound or null]} ...
               then {"plan": ..., "open_to": [[n, ...], ...]} or {"fault": code, "path": where}

`open_to` counts for each need of each session the volunteers whom no rule keeps from it by itself. SIGTERM, or nobody
reading any more, ends the solve without a plan.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import orjson

from scheduling.solver.build import build
from scheduling.solver.plan import Progress
from scheduling.solver.problem import Problem, ProblemError, parse_problem

STOPPED = 128 + signal.SIGTERM


class Speaker:
    """Writes progress, and asks the solver to end once told to or once nobody listens."""

    def __init__(self) -> None:
        self.stopped = False
        signal.signal(signal.SIGTERM, self.stop)

    def stop(self, number: int, frame: FrameType | None) -> None:
        self.stopped = True

    def say(self, message: dict[str, Any]) -> None:
        try:
            sys.stdout.buffer.write(orjson.dumps(message) + b"\n")
            sys.stdout.buffer.flush()
        except OSError:
            self.stopped = True

    def __call__(self, progress: Progress) -> bool:
        self.say({"progress": [round(progress.seconds, 2), progress.objective, progress.bound]})
        return not self.stopped


def open_to(problem: Problem) -> list[list[int]]:
    """For each session, for each of its needs: how many volunteers may take it as far as it alone is concerned."""
    arrays = build(problem)
    counts = [after - before for before, after in pairwise(arrays.col_of_need.tolist())]
    return [counts[low:high] for low, high in pairwise(arrays.first_need.tolist())]


def main() -> int:
    # Imported here: compiling takes a moment, and a wrong problem should be told at once.
    speaker = Speaker()
    wish = orjson.loads(sys.stdin.buffer.read())
    try:
        problem = parse_problem(wish["problem"])
        from scheduling.solver.solve import solve

        warm = [tuple(row) for row in wish["problem"].get("x_warm", [])]
        plan = solve(problem, seconds=wish["seconds"], workers=wish["workers"], warm=warm, on_progress=speaker)
    except ProblemError as error:
        speaker.say({"fault": error.code, "path": error.path})
        return 3
    if speaker.stopped:
        return STOPPED
    speaker.say({"plan": plan.to_json(), "open_to": open_to(problem)})
    return 0


if __name__ == "__main__":
    code = main()
    sys.stdout.flush()
    # A compiled search may still be busy in a thread that nobody waits for any more.
    os._exit(code)
