"""The planner's part of `make bench`: python -m tests.benchmarks roster [--sizes S,M,L] [--seeds N] [--from SEED]

Problems of our own generator, plans judged by our own referee. The value gap is (objective - bound) / (objective of the
plan that asks nobody - bound). Needs no database. With --quick it takes two minutes. Results go to bench-results/, as
JSON and as a picture.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scheduling.solver.build import build
from scheduling.solver.problem import Assignment, parse_problem
from tests.benchmarks import results
from tests.benchmarks.roster import baselines, generate, intervals, plot, questions
from tests.benchmarks.roster.check import check
from tests.benchmarks.roster.run import solved
from tests.benchmarks.roster.tables import print_tables

SEEDS = 5
CHECKPOINTS = (10, 20, 60, 120, 180)
SECONDS = {"S": 10, "M": 180, "L": 120, "XL": 180}
ONE_MODEL, INTERVALS = 60, 60
INTERVAL_SEED = 1
WORKERS = 2


@dataclass(frozen=True)
class Wish:
    """What is to be measured, and for how long: seconds by size of problem, and the seeds of each."""

    seconds: Mapping[str, int]
    seeds: Mapping[str, Sequence[int]]
    intervals: Sequence[str]
    interval_seconds: int = INTERVALS
    model_seconds: int = ONE_MODEL

    @property
    def estimate(self) -> int:
        """Seconds, about: small problems are proven long before their time is up."""
        plans = sum(len(self.seeds[size]) * (seconds if size != "S" else 2) for size, seconds in self.seconds.items())
        models = sum(self.model_seconds for size in self.seconds if size != "S")
        return plans + models + self.interval_seconds * len(self.intervals)


def main(arguments: Sequence[str]) -> int:
    wish = parse(arguments)
    print(f"planner: about {max(1, round(wish.estimate / 60))} min", flush=True)
    sizes = [measure_size(size, wish) for size in wish.seconds]
    lean = [measure_intervals(size, wish.interval_seconds) for size in wish.intervals]
    found = {"sizes": sizes, "intervals": lean}
    panels = {one["size"]: [line["gaps"] for line in one["runs"]] for one in sizes}
    results.write("roster", found, picture=plot.draw(panels))
    print_tables(found)
    return 1 if any(run["faults"] for one in sizes for run in one["runs"]) or any(one["faults"] for one in lean) else 0


def parse(arguments: Sequence[str]) -> Wish:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks roster", description=__doc__)
    parser.add_argument("--sizes", default="S,M,L", help="of S, M, L and XL (default: S,M,L)")
    parser.add_argument("--seeds", type=int, choices=range(1, 100), default=SEEDS, metavar="N", help="per size (5)")
    parser.add_argument("--from", type=int, dest="first", default=1, metavar="SEED", help="the first of them (1)")
    parser.add_argument("--quick", action="store_true", help="S, and one M for ten seconds")
    options = parser.parse_args(arguments)
    if options.quick:
        return Wish({"S": 10, "M": 10}, {"S": (1, 2, 3), "M": (1,)}, ("40x250",), 10, 10)
    sizes = options.sizes.split(",")
    if unknown := set(sizes) - set(SECONDS):
        parser.error(f"no such size: {', '.join(sorted(unknown))}")
    seeds = tuple(range(options.first, options.first + options.seeds))
    return Wish({size: SECONDS[size] for size in sizes}, dict.fromkeys(sizes, seeds), tuple(intervals.SIZES))


def measure_size(size: str, wish: Wish) -> dict[str, Any]:
    seconds, seeds = wish.seconds[size], wish.seeds[size]
    runs, first = [], None
    for seed in seeds:
        data = generate.generate(size, seed)
        empty = check(data, [])["objective"]
        tell(f"{size} seed {seed}: {seconds} s")
        found = solved(data, seconds=seconds, seed=seed, workers=WORKERS)
        first = first or found["assignments"]
        runs.append(summary(found, seconds, empty) | {"seed": seed} | compare(data, seed))
    data = generate.generate(size, seeds[0])
    problem = parse_problem(data)
    if size != "S":
        tell(f"{size}: one CP-SAT model, {wish.model_seconds} s")
        runs[0]["one_model"] = measure_one_model(data, wish.model_seconds)
    plan: list[Assignment] = [(v, s, r) for v, s, r in first or []]
    tell(f"{size}: repairs, explanations, what-if")
    return {"size": size, "runs": runs, "median": medians(runs), "questions": questions.ask(problem, plan)}


def summary(found: dict[str, Any], seconds: int, empty: int) -> dict[str, Any]:
    """The figures of one run: at each checkpoint what was known then, and how it ended."""
    at: dict[str, Any] = {}
    for time_ in (*(t for t in CHECKPOINTS if t < seconds), seconds):
        known = [row for row in found["track"] if row[0] <= time_ + 0.01]
        if known:
            _, objective, bound = known[-1]
            at[str(time_)] = {"objective": objective, "bound": bound, "gap": value_gap(objective, bound, empty)}
    at[str(seconds)] = {
        "objective": found["objective"],
        "bound": found["bound"],
        "gap": value_gap(found["objective"], found["bound"], empty),
    }
    gaps = [(when, value_gap(o, b, empty)) for when, o, b in found["track"] if b is not None]
    return {
        "at": at,
        "gaps": [*gaps, (found["seconds"]["total"], at[str(seconds)]["gap"])],
        "objective": found["objective"],
        "short_of_min": found["short_of_min"],
        "first_s": found["seconds"]["first"],
        "proof_s": found["seconds"]["total"] if found["status"] == "optimal" else None,
        "total_s": found["seconds"]["total"],
        "megabytes": found["megabytes"],
        "faults": found["faults"],
    }


def value_gap(objective: int, bound: int | None, empty: int) -> float | None:
    return None if bound is None else max(0, objective - bound) / max(1, empty - bound)


def compare(data: dict[str, Any], seed: int) -> dict[str, Any]:
    """What the same problem comes to without a planner."""
    arrays = build(parse_problem(data))
    plans = {
        "first_come": baselines.first_come_first_served(arrays, seed),
        "greedy": baselines.greedy(arrays),
    }
    return {name: judged(data, [list(item) for item in arrays.assignments(plan)]) for name, plan in plans.items()}


def measure_one_model(data: dict[str, Any], seconds: int) -> dict[str, Any] | None:
    arrays = build(parse_problem(data))
    columns, built = baselines.one_model(arrays, seconds=seconds, threads=WORKERS)
    if columns is None:
        return {"built_s": round(built, 1), "objective": None}
    return judged(data, [list(item) for item in arrays.assignments(columns)]) | {"built_s": round(built, 1)}


def judged(data: dict[str, Any], plan: list[list[int]]) -> dict[str, Any]:
    verdict = check(data, plan)
    weights, heads = data["weights"]["min"], {}
    for _, s, r in plan:
        heads[s, r] = heads.get((s, r), 0) + 1
    short = sum(
        max(0, need["min"] - heads.get((s, r), 0))
        for s, session in enumerate(data["sessions"])
        for r, need in enumerate(session["needs"])
        if str(need["priority"]) in weights
    )
    return {"objective": verdict["objective"], "short_of_min": short, "faults": verdict["faults"]}


def medians(runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {"at": {}}
    for time_ in runs[0]["at"]:
        rows = [run["at"][time_] for run in runs if time_ in run["at"]]
        found["at"][time_] = {name: median([row[name] for row in rows]) for name in ("objective", "bound", "gap")}
    for name in ("objective", "short_of_min", "first_s", "proof_s", "total_s", "megabytes"):
        found[name] = median([run[name] for run in runs])
    for name in ("first_come", "greedy"):
        found[f"{name}_ratio"] = median([run[name]["objective"] / run["objective"] for run in runs])
        found[f"{name}_seats"] = median([run[name]["short_of_min"] for run in runs])
    return found


def median(values: Sequence[float | None]) -> float | None:
    """None where a run has none: a median of the rest would flatter."""
    known = [value for value in values if value is not None]
    return statistics.median(known) if known and len(known) == len(values) else None


def measure_intervals(size: str, seconds: int) -> dict[str, Any]:
    data = intervals.generate(size, INTERVAL_SEED)
    tell(f"intervals {size}: {seconds} s")
    found = solved(data, seconds=seconds, seed=INTERVAL_SEED, workers=WORKERS)
    people = len({v for v, _, _ in found["assignments"]})
    least = max(intervals.simultaneous(data), -(-found["bound"] // intervals.PERSON))
    return {
        "size": size,
        "people": people,
        "at_least": least,
        "gap": (people - least) / least,
        "short_of_min": found["short_of_min"],
        "total_s": found["seconds"]["total"],
        "faults": found["faults"],
    }


def tell(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')}  {words}", flush=True)
