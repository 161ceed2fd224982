"""How the plan gets better: small problems as one model, proven; large ones by annealing, then piece by piece."""

import math
import time
from typing import Protocol

import numpy as np

from scheduling.solver.anneal import State
from scheduling.solver.build import Arrays, Ints, plan_cost, restrict
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.lagrange import Floats
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.neighborhoods import Neighborhoods

HOT, COLD = 150.0, 2.0
REHEAT = 30.0  # a little disorder between rounds of pieces
STEPS = 10_000  # moves between two looks at the clock
FIRST_SHARE = 0.2  # of the time: annealing on all columns
GUIDED_SHARE = 0.25  # of what is left: annealing on those the bound points to
UNGUIDED_COLUMNS = 150_000  # beyond this no guide comes in time, and annealing has it all
PIECES_SHARE = 0.25  # of what is left, as long as there is no guide
PIECE_SECONDS, PIECE_GAP = 2.0, 1e-4


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
    _improve_large(arrays, incumbent, deadline, seed, guide)


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


def _improve_large(arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int, guide: Guide | None) -> None:
    """Anneal on everything; once the bound has pointed at what is worth a thought, on that; then piece by piece."""
    began = time.monotonic()
    pieces = Neighborhoods(arrays, np.random.default_rng(seed))
    first = FIRST_SHARE if arrays.columns <= UNGUIDED_COLUMNS else 1.0
    if not _anneal(arrays, incumbent, began + first * (deadline - began), seed, hot=HOT):
        return
    guided, rounds, heat = False, 0, REHEAT
    while not incumbent.stopped.is_set() and deadline - time.monotonic() > 0.05:
        rounds += 1
        left = deadline - time.monotonic()
        if guide is not None and guide.guide is not None:
            pieces.narrow(*guide.guide)
            guide.guide = None
            heat = REHEAT if guided else HOT  # the first time on fewer columns is worth a new start
            guided = True
        columns, _ = incumbent.best()
        share = GUIDED_SHARE if guided else 1 - PIECES_SHARE
        until = time.monotonic() + share * left if heat == HOT or not guided else time.monotonic() + 0.05 * left
        worth = pieces.worth(columns)
        waits = guide if not guided else None
        _anneal(arrays, incumbent, until, seed + 7919 * rounds, hot=heat, columns=worth, waits=waits)
        heat = REHEAT
        until = time.monotonic() + max(1.0, 0.5 * (deadline - time.monotonic()))
        _improve_pieces(arrays, incumbent, pieces, min(until, deadline), seed)


def _anneal(
    arrays: Arrays,
    incumbent: Incumbent,
    until: float,
    seed: int,
    *,
    hot: float,
    columns: Ints | None = None,
    waits: Guide | None = None,
) -> bool:
    """Cool from `hot` until the time is up, choosing among `columns` (all); False when no plan is there.

    `waits` ends it as soon as the bound has a first word of guidance.
    """
    incumbent.phase = "anneal"
    plan, objective = incumbent.best()
    if objective is None:
        return False
    known = np.arange(arrays.columns) if columns is None else columns
    state = State(arrays if columns is None else restrict(arrays, columns))
    state.load(np.searchsorted(known, plan))
    state.anneal(seed, 1, hot, hot, state.short_needs())  # loads what is compiled before the clock runs
    began = time.monotonic()
    span = max(0.01, until - began)
    next_offer, rounds = 0.2, 0
    while not incumbent.stopped.is_set():
        share = (time.monotonic() - began) / span
        if share >= 1 or (waits is not None and waits.guide is not None):
            break
        heat = hot * (COLD / hot) ** share
        state.anneal(seed * 1_000_003 + rounds, STEPS, heat, heat, state.short_needs())
        rounds += 1
        if share > next_offer:
            incumbent.offer(known[state.columns()])
            next_offer = share + 0.1
    incumbent.offer(known[state.columns()])
    return True


def _improve_pieces(arrays: Arrays, incumbent: Incumbent, pieces: Neighborhoods, until: float, seed: int) -> None:
    """Free a group of volunteers, solve their part exactly, keep what is better; groups grow while that is quick."""
    incumbent.phase = "pieces"
    while not incumbent.stopped.is_set() and until - time.monotonic() > 0.05:
        plan, objective = incumbent.best()
        if objective is None:
            return
        free, fixed = pieces.around(plan, int(pieces.people))
        began = time.monotonic()
        limit = min(PIECE_SECONDS, until - began)
        model = build_model(arrays, free, fixed)
        answer = solve_mip(model, seconds=limit, seed=seed, gap=PIECE_GAP, start=plan)
        took = time.monotonic() - began
        if answer.columns is not None and plan_cost(arrays, answer.columns) < objective:
            incumbent.offer(answer.columns)
        if answer.status != "OPTIMAL":
            pieces.people = max(10.0, pieces.people * 0.85)
        elif took < PIECE_SECONDS / 3:
            pieces.people = min(float(arrays.volunteers), pieces.people * 1.1)
