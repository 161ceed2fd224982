"""The search by work instead of the clock: the same plan for a problem, a seed and an amount of work, on any machine.

One process, one thread, no look at the time; slower for that than the search by the clock, which uses all there is.
"""

import numpy as np

from scheduling.solver import search
from scheduling.solver.anneal import anneal
from scheduling.solver.build import Arrays, Ints, plan_cost, restrict
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.neighborhoods import Neighborhoods
from scheduling.solver.relaxation import Relaxation, proven
from scheduling.solver.sifting import Sifting
from scheduling.solver.state import State

UNLIMITED = 1e9  # seconds
GLANCE = 40  # rounds of moves before the first relaxation
RELAXATIONS = 6  # at most
NEAR = 1e-3  # a gap that ends them
WORK_A_PIECE = 4  # units of work that a piece counts for
NODES, PEOPLE = 200, 40  # of a piece: the nodes its model may take, and how many volunteers it frees


def improve_steadily(arrays: Arrays, incumbent: Incumbent, *, work: int, seed: int) -> None:
    """Half of the `work` (units of ten thousand moves) cools everything down, the other half solves pieces exactly."""
    if not search.is_large(arrays):
        search.solve_exactly(arrays, incumbent, UNLIMITED, seed)
        return
    plan, objective = incumbent.best()
    if objective is None:
        return
    incumbent.phase = "relaxation"
    plan = _cool(arrays, plan, min(GLANCE, work), seed, search.HOT)
    incumbent.offer(plan)
    pieces = Neighborhoods(arrays, np.random.default_rng(seed))
    pieces.narrow(_relax(arrays, incumbent, plan, seed))
    incumbent.phase = "anneal"
    few = pieces.worth(plan)
    rounds = work // 2
    found = _cool(restrict(arrays, few), np.searchsorted(few, plan), rounds, seed + 1, search.HOT)
    incumbent.offer(few[found])
    incumbent.phase = "pieces"
    for i in range((work - rounds) // WORK_A_PIECE):
        if incumbent.stopped.is_set() or incumbent.is_proven:
            return
        _solve_piece(arrays, incumbent, pieces, seed + i)


def _relax(arrays: Arrays, incumbent: Incumbent, plan: Ints, seed: int) -> Ints:
    """Raises the bound, and returns the columns worth a thought."""
    relaxation = Relaxation(arrays)
    incumbent.raise_bound(proven(relaxation.evaluate(relaxation.start())[0]))
    sifting = Sifting(relaxation, plan, seed=seed)
    worth = np.arange(arrays.columns)
    for _ in range(RELAXATIONS):
        found = sifting.round(seconds=UNLIMITED, threads=1)
        if found is None or incumbent.stopped.is_set():
            break
        incumbent.raise_bound(proven(found.bound))
        worth = found.worth
        if found.gap < NEAR or not len(found.added):
            break
    return worth


def _cool(arrays: Arrays, plan: Ints, rounds: int, seed: int, hot: float) -> Ints:
    state = State(arrays)
    state.load(plan)
    for i in range(rounds):
        heat = hot * (search.COLD / hot) ** (i / rounds)
        anneal(state, seed * 1_000_003 + i, search.STEPS, heat, heat, state.short_needs())
    return state.columns()


def _solve_piece(arrays: Arrays, incumbent: Incumbent, pieces: Neighborhoods, seed: int) -> None:
    plan, objective = incumbent.best()
    free, fixed = pieces.around(plan, PEOPLE)
    model = build_model(arrays, free, fixed)
    answer = solve_mip(model, seconds=UNLIMITED, nodes=NODES, seed=seed, gap=search.PIECE_GAP, start=plan)
    found = answer.columns
    if found is not None and objective is not None and plan_cost(arrays, found) < objective:
        incumbent.offer(found)
