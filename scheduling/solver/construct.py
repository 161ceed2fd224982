"""A first feasible plan, fast: the scarcest and weightiest seats first."""

import time
from collections.abc import Collection

import numpy as np

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.columns import in_order
from scheduling.solver.state import Builder

NEWCOMERS_LAST = 10_000  # what a newcomer costs more in the order in which people are asked


def construct(arrays: Arrays, keep: Collection[int] = (), *, fill: bool = True, deadline: float = float("inf")) -> Ints:
    """Pins first, then whatever of `keep` (a warm start) fits, then (to `fill`) every seat to the cheapest who fits;
    once `deadline` is over, no more than the minimums."""
    builder = Builder(arrays)
    builder.load(np.flatnonzero(arrays.col_pinned))
    wanted = np.array(list(keep), dtype=np.int64)
    new = arrays.newcomer[arrays.col_volunteer[wanted]]
    for some in (wanted[~new], wanted[new]):  # experienced people first, so that newcomers find their company
        builder.take(some)
    if fill:
        supply = np.diff(arrays.col_of_need)
        heavy_first = np.lexsort((supply, -arrays.need_weight))
        price = arrays.col_cost + np.where(arrays.newcomer[arrays.col_volunteer], NEWCOMERS_LAST, 0)
        by_price = np.argsort(price, kind="stable")
        cheap_first = by_price[in_order(arrays.col_need[by_price], arrays.needs)]
        builder.fill(heavy_first, arrays.need_min, cheap_first)
        if time.monotonic() >= deadline:
            return builder.columns()
        builder.fill(np.argsort(supply, kind="stable"), arrays.need_target, cheap_first)
        # newcomers may come where an experienced person arrived meanwhile
        builder.fill(heavy_first, arrays.need_min, cheap_first)
    return builder.columns()
