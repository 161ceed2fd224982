"""One solve in a process of its own, so that no run leaves another a busy thread or a warm memory.

    python -m tests.benchmarks.roster.run PROBLEM.json SECONDS SEED WORKERS     writes one JSON object

The file is read beforehand: the clock starts with a parsed problem, as the targets count.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from scheduling.solver.plan import Progress
from scheduling.solver.problem import load_problem
from scheduling.solver.solve import solve
from tests.benchmarks.roster.check import check

ROOT = Path(__file__).resolve().parents[3]


def solved(problem: dict[str, Any], *, seconds: float, seed: int, workers: int = 2) -> dict[str, Any]:
    """The plan, how it came about (`track`: seconds, objective, bound), and what the referee says."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "problem.json"
        path.write_text(json.dumps(problem))
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.roster.run",
            str(path),
            str(seconds),
            str(seed),
            str(workers),
        ]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise RuntimeError(f"the planner failed: {result.stderr.strip()[-2000:]}")
    found: dict[str, Any] = json.loads(result.stdout)
    verdict = check(problem, found["assignments"])
    faults = list(verdict["faults"])
    if verdict["objective"] != found["objective"]:
        faults.append(f"claims {found['objective']} but costs {verdict['objective']}")
    if found["bound"] > verdict["objective"]:
        faults.append(f"its bound, {found['bound']}, is above what it costs")
    return found | {"faults": faults}


def main(path: str, seconds: str, seed: str, workers: str) -> None:
    track: list[tuple[float, int, int | None]] = []

    def follow(progress: Progress) -> None:
        track.append((round(progress.seconds, 2), progress.objective, progress.bound))

    problem = load_problem(path)
    plan = solve(problem, seconds=float(seconds), seed=int(seed), workers=int(workers), on_progress=follow)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    answer = plan.to_json() | {"track": track, "megabytes": round(memory / 1024)}
    answer["short_of_min"] = sum(item.missing for item in plan.unfilled)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    os._exit(0)  # a compiled search may still be busy in a thread that nobody waits for


if __name__ == "__main__":
    main(*sys.argv[1:5])
