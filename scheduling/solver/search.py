"""How the incumbent gets better."""

import time
from typing import Any

import numpy as np

from scheduling.solver.build import Arrays
from scheduling.solver.incumbent import Incumbent

HOT, COLD = 300.0, 2.0
STEPS = 20_000


def is_large(arrays: Arrays) -> bool:
    """Too large to be solved to proven optimality as one model at once."""
    return arrays.columns > 3_000


def trivial_bound(arrays: Arrays) -> int:
    """What holds without any search: every place filled, everybody taking only what they like."""
    best = arrays.col_cost - arrays.buddy_weight * np.diff(arrays.buddy_at)[arrays.col_volunteer]
    per_session: dict[tuple[int, int], int] = {}
    for v, s, cost in zip(arrays.col_volunteer.tolist(), arrays.col_session.tolist(), best.tolist(), strict=True):
        if cost < 0:
            per_session[v, s] = min(cost, per_session.get((v, s), 0))
    return arrays.constant + sum(per_session.values())


def improve(arrays: Arrays, incumbent: Incumbent, *, deadline: float, workers: int, seed: int, guide: Any) -> None:
    incumbent.phase = "anneal"
    from scheduling.solver.anneal import State

    columns, _ = incumbent.best()
    state = State(arrays)
    state.load(columns)
    began = time.monotonic()
    span = max(0.01, deadline - began)
    round_ = 0
    while not incumbent.stopped.is_set():
        share = (time.monotonic() - began) / span
        if share >= 1:
            break
        heat = HOT * (COLD / HOT) ** share
        state.anneal(seed * 1_000_003 + round_, STEPS, heat, heat, state.short_needs())
        round_ += 1
        if round_ % 20 == 0:
            incumbent.offer(state.columns())
    incumbent.offer(state.columns())
