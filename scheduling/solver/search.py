"""How the plan gets better: small problems as one model, proven; large ones by annealing, then piece by piece."""

import math
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from scheduling.solver.anneal import anneal
from scheduling.solver.build import Arrays, Ints, plan_cost, restrict
from scheduling.solver.fewest import improve_fewest, people_count
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.neighborhoods import Neighborhoods
from scheduling.solver.state import State

MOST_EXACT, MOST_COUNTED = 3_000, 1_000  # columns solved as one model; the second where people are what counts
HOT, COLD = 1000.0, 3.0  # what a move may cost, at first and at last
REHEAT = 30.0  # a little disorder between rounds of pieces
STEPS = 10_000  # moves between two looks at the clock
FIRST_SECONDS = 2e-6  # to cool in per column, before there is a guide
PATIENCE = 4.0  # times as long the search waits for one
GUIDED_SECONDS, GUIDED_MOST = 8e-4, 12.0  # per column that a guide points to, and at most
ROUGH_SHARE = 0.2  # of that, as long as the guide is rough
MOST_OF_THE_TIME = 0.6  # that one cooling may take of what is left
PIECE_SECONDS, PIECE_GAP = 2.0, 1e-4


class Guide(Protocol):
    """What a bound can tell the search: columns worth a thought. A rough guide is followed until a better one comes."""

    guide: Ints | None
    is_rough: bool


def is_large(arrays: Arrays) -> bool:
    """Too large to be solved to proven optimality as one model at once."""
    return arrays.columns > (MOST_COUNTED if people_count(arrays) else MOST_EXACT)


def improve(arrays: Arrays, incumbent: Incumbent, *, deadline: float, seed: int, guide: Guide | None) -> None:
    """Improve the incumbent until the deadline, until it is proven optimal, or until it is told to stop."""
    if not is_large(arrays):
        solve_exactly(arrays, incumbent, deadline - time.monotonic(), seed)
        return
    if people_count(arrays):
        improve_fewest(arrays, incumbent, deadline, seed)
    _improve_large(arrays, incumbent, deadline, seed, guide)


def solve_exactly(arrays: Arrays, incumbent: Incumbent, seconds: float, seed: int) -> None:
    incumbent.phase = "exact"
    pinned = np.flatnonzero(arrays.col_pinned)
    model = build_model(arrays, np.flatnonzero(~arrays.col_pinned), pinned)
    answer = solve_mip(model, seconds=seconds, seed=seed)
    if answer.columns is not None:
        incumbent.offer(answer.columns)
    if answer.bound is not None:
        incumbent.raise_bound(math.ceil(answer.bound - 1e-4))
    elif answer.status == "empty" and incumbent.objective is not None:
        incumbent.raise_bound(incumbent.objective)


def _improve_large(arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int, guide: Guide | None) -> None:
    """Anneal on everything; once the bound has pointed at what is worth a thought, on that; then piece by piece."""
    pieces = start_pieces(arrays, None, seed)
    heat, guided, trusts, rounds = HOT, False, False, 0
    first = FIRST_SECONDS * arrays.columns + 0.3
    while not incumbent.stopped.is_set() and deadline - time.monotonic() > 0.05:
        left = deadline - time.monotonic()
        if guide is not None and guide.guide is not None:
            pieces.narrow(guide.guide)
            guide.guide = None
            if not trusts:  # the first time on few columns is worth a new start
                guided, trusts, heat = True, not guide.is_rough, HOT
        columns = pieces.worth(incumbent.best()[0]) if guided else None
        if heat < HOT:
            span = 0.05 * left
        else:
            wished = first if columns is None else min(GUIDED_MOST, GUIDED_SECONDS * len(columns))
            wished *= ROUGH_SHARE if guided and not trusts else 1.0
            span = min(MOST_OF_THE_TIME * left, wished)
        waits = None if trusts or (guided and heat == HOT) else guide
        if not _anneal(arrays, incumbent, span, seed + 7919 * rounds, hot=heat, columns=columns, waits=waits):
            return
        if rounds == 0 and guide is not None:
            _wait(guide, incumbent, min(deadline, time.monotonic() + PATIENCE * first))
        rounds, heat = rounds + 1, REHEAT
        if trusts or guide is None:
            until = time.monotonic() + max(1.0, 0.3 * (deadline - time.monotonic()))
            improve_pieces(arrays, incumbent, pieces, min(until, deadline), seed)
        elif guide.guide is None and not guided:  # none in time: cool for longer on everything
            first, heat = PATIENCE * first, HOT


def _wait(guide: Guide, incumbent: Incumbent, until: float) -> None:
    """For a guide: moves among all columns would only take its makers' processor."""
    while guide.guide is None and not incumbent.stopped.is_set() and time.monotonic() < until:
        time.sleep(0.01)


def glance(arrays: Arrays, plan: Ints, seconds: float, seed: int, hot: float) -> Ints:
    """A quick cooling from a plan; returns the plan it ends with."""
    state = State(arrays)
    state.load(plan)
    anneal(state, seed, 1, COLD, COLD, state.short_needs())  # loads what is compiled before the clock runs
    began, rounds = time.monotonic(), 0
    while (share := (time.monotonic() - began) / seconds) < 1:
        heat = hot * (COLD / hot) ** share
        anneal(state, seed * 1_000_003 + rounds, STEPS, heat, heat, state.short_needs())
        rounds += 1
    return state.columns()


def start_pieces(arrays: Arrays, guide: Ints | None, seed: int) -> Neighborhoods:
    pieces = Neighborhoods(arrays, np.random.default_rng(seed))
    if guide is not None:
        pieces.narrow(guide)
    return pieces


def _anneal(
    arrays: Arrays,
    incumbent: Incumbent,
    seconds: float,
    seed: int,
    *,
    hot: float,
    columns: Ints | None = None,
    waits: Guide | None = None,
) -> bool:
    """Cool from `hot` until the time is up, choosing among `columns` (all); False when no plan is there.

    `waits` ends it as soon as the bound has a word of guidance.
    """
    incumbent.phase = "anneal"
    plan, objective = incumbent.best()
    if objective is None:
        return False
    known = np.arange(arrays.columns) if columns is None else columns
    state = State(arrays if columns is None else restrict(arrays, columns))
    state.load(np.searchsorted(known, plan))
    anneal(state, seed, 1, COLD, COLD, state.short_needs())  # loads what is compiled before the clock runs
    began = time.monotonic()
    next_offer, rounds = 0.5, 0
    while not incumbent.stopped.is_set():
        share = (time.monotonic() - began) / max(0.01, seconds)
        if share >= 1 or (waits is not None and waits.guide is not None):
            break
        heat = hot * (COLD / hot) ** share
        anneal(state, seed * 1_000_003 + rounds, STEPS, heat, heat, state.short_needs())
        rounds += 1
        if share > next_offer:
            incumbent.offer(known[state.columns()])
            next_offer = share + 0.1
    incumbent.offer(known[state.columns()])
    return True


def improve_pieces(
    arrays: Arrays,
    incumbent: Incumbent,
    pieces: Neighborhoods,
    until: float,
    seed: int,
    on_better: Callable[[Ints], None] | None = None,
) -> None:
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
        # somebody else may have changed the plan meanwhile: the better of the two stays
        found = answer.columns
        better = found is not None and plan_cost(arrays, found) < objective and incumbent.offer(found)
        if found is not None and better and on_better is not None:
            on_better(found)
        if answer.status != "OPTIMAL":
            pieces.people = max(10.0, pieces.people * 0.85)
        elif took < PIECE_SECONDS / 3:
            pieces.people = min(float(arrays.volunteers), pieces.people * 1.1)
