"""The planner's figures as tables for a terminal."""

from typing import Any


def print_tables(found: dict[str, Any]) -> None:
    for one in found["sizes"]:
        middle, runs = one["median"], one["runs"]
        print(f"\n{one['size']}: median of {len(runs)} seeds")
        print(f"{'  after':<12}{'objective':>12}{'bound':>12}{'value gap':>12}")
        for time, row in middle["at"].items():
            gap = "-" if row["gap"] is None else f"{100 * row['gap']:.3f} %"
            print(f"{'  ' + time + ' s':<12}{_number(row['objective']):>12}{_number(row['bound']):>12}{gap:>12}")
        proof = "not proven" if middle["proof_s"] is None else f"proven after {middle['proof_s']:.2f} s"
        print(f"  first plan after {middle['first_s']:.2f} s, {proof}, {_number(middle['megabytes'])} MB")
        print(f"  empty minimum seats: {_number(middle['short_of_min'])}", end="")
        for name, words in (("first_come", "first come, first served"), ("greedy", "greedy")):
            seats = middle[name + "_seats"]
            print(f"; {words}: {_number(seats)} (x {seats / max(1, middle['short_of_min']):.1f}),", end="")
            print(f" cost x {middle[name + '_ratio']:.2f}", end="")
        print()
        _print_one_model(runs[0])
        for name, times in one["questions"].items():
            words = ", ".join(f"{key} {value:g}" for key, value in times.items())
            print(f"  {name}: {words}")
        for run in runs:
            for fault in run["faults"]:
                print(f"  FAULT  seed {run['seed']}: {fault}")
    print("\nfewest people for tasks at fixed times")
    for row in found["intervals"]:
        words = f"{row['people']} people, at least {row['at_least']} needed, gap {100 * row['gap']:.1f} %"
        print(f"  {row['size']}: {words}, {row['short_of_min']} tasks undone, {row['total_s']:.1f} s")
        for fault in row["faults"]:
            print(f"  FAULT  {fault}")


def _print_one_model(run: dict[str, Any]) -> None:
    model = run.get("one_model")
    if model is None:
        return
    if model["objective"] is None:
        print(f"  one CP-SAT model (built in {model['built_s']:g} s): found no plan")
        return
    ratio = model["objective"] / run["objective"]
    print(f"  one CP-SAT model: {model['short_of_min']} empty minimum seats, cost x {ratio:.2f} (seed {run['seed']})")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
