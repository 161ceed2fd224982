"""How the plan gets better: small problems as one model, proven; large ones by annealing, then piece by piece."""

import math
import time
from typing import Protocol

import numpy as np

from scheduling.solver.anneal import State
from scheduling.solver.build import Arrays, Ints
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.lagrange import Floats
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.neighborhoods import Neighborhoods

HOT, COLD = 150.0, 3.0
STEPS = 10_000  # moves between two looks at the clock
ANNEAL_SHARE = 0.35  # of the time, at most ANNEAL_MOST seconds for every thousand columns
PIECE_SECONDS = 3.0


class Guide(Protocol):
    """What a bound can tell the search: columns worth a thought, and their reduced costs."""

    guide: tuple[Ints, Floats] | None


def is_large(arrays: Arrays) -> bool:
    """Too large to be solved to proven optimality as one model at once."""
    return arrays.columns > 3_000


def trivial_bound(arrays: Arrays) -> int:
    """What holds without any search: every place filled, everybody taking only what they like."""
    best = arrays.col_cost - arrays.buddy_weight * np.diff(arrays.buddy_at)[arrays.col_volunteer]
    return arrays.constant + int(np.minimum(best, 0).sum())


def improve(
    arrays: Arrays, incumbent: Incumbent, *, deadline: float, workers: int, seed: int, guide: Guide | None
) -> None:
    """Improve the incumbent until the deadline, until it is proven optimal, or until it is told to stop."""
    if not is_large(arrays):
        _solve_exactly(arrays, incumbent, deadline, seed)
        return
    _anneal(arrays, incumbent, deadline, seed)
    _improve_pieces(arrays, incumbent, deadline, seed, guide)


def _solve_exactly(arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int) -> None:
    incumbent.phase = "exact"
    pinned = np.flatnonzero(arrays.col_pinned)
    model = build_model(arrays, np.flatnonzero(~arrays.col_pinned), pinned)
    answer = solve_mip(model, seconds=deadline - time.monotonic(), seed=seed)
    if answer.columns is not None:
        incumbent.offer(answer.columns)
    if answer.bound is not None:
        incumbent.raise_bound(math.ceil(answer.bound - 1e-4))
    elif answer.status == "empty" and incumbent.objective is not None:
        incumbent.raise_bound(incumbent.objective)


def _anneal(arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int) -> None:
    incumbent.phase = "anneal"
    columns, objective = incumbent.best()
    if objective is None:
        return
    state = State(arrays)
    state.load(columns)
    state.anneal(seed, 1, HOT, HOT, state.short_needs())  # loads what is compiled before the clock runs
    began = time.monotonic()
    span = max(0.01, ANNEAL_SHARE * (deadline - began))
    next_offer, round_ = 0.1, 0
    while not incumbent.stopped.is_set():
        share = (time.monotonic() - began) / span
        if share >= 1:
            break
        heat = HOT * (COLD / HOT) ** share
        state.anneal(seed * 1_000_003 + round_, STEPS, heat, heat, state.short_needs())
        round_ += 1
        if share > next_offer:
            incumbent.offer(state.columns())
            next_offer = share + 0.05
    incumbent.offer(state.columns())


def _improve_pieces(arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int, guide: Guide | None) -> None:
    """Free a group of volunteers, solve their part exactly, keep what is better; groups grow while that is quick."""
    incumbent.phase = "pieces"
    pieces = Neighborhoods(arrays, np.random.default_rng(seed))
    people = 60.0
    while not incumbent.stopped.is_set() and deadline - time.monotonic() > 0.05:
        if guide is not None and guide.guide is not None:
            pieces.narrow(*guide.guide)
            guide.guide = None
        columns, objective = incumbent.best()
        if objective is None:
            return
        free, fixed = pieces.around(columns, int(people))
        began = time.monotonic()
        limit = min(PIECE_SECONDS, deadline - began)
        answer = solve_mip(build_model(arrays, free, fixed), seconds=limit, seed=seed, gap=1e-5)
        took = time.monotonic() - began
        if answer.columns is not None:
            incumbent.offer(answer.columns)
        if answer.status != "OPTIMAL":
            people = max(10.0, people * 0.85)
        elif took < PIECE_SECONDS / 3:
            people = min(arrays.volunteers, people * 1.1)
