"""The linear relaxation over the few columns that matter, grown until no other column would change it much.

Its prices, put into the volunteers' own problems, prove a bound; its reduced costs tell a search where to look.
"""

import time
from dataclasses import dataclass

import numpy as np

from scheduling.solver.build import Ints
from scheduling.solver.linear import Floats, Solution, solve_linear
from scheduling.solver.model import Model, build_model
from scheduling.solver.relaxation import Relaxation

OWN_BEST = 12  # columns added per volunteer at most, of those that pay at the prices met
NEED_SAMPLE = 8  # columns a need begins with
LEADERS = 4  # experienced people a session begins with: without any, newcomers' columns fall away
NOISE = 6.0  # how far, in spreads of a column's cost, the first sample strays from the cheapest
TOLERANCES = (1e-2, 3e-3, 1e-3)  # of the first rounds, and of all that follow: first prices need not be good


@dataclass
class Round:
    bound: float
    objective: float  # of the linear program: the bound would be this, were no column missing
    prices: Floats
    columns: Ints
    reduced: Floats  # of these columns
    added: int


class Sifting:
    def __init__(self, relaxation: Relaxation, seen: Ints, *, seed: int) -> None:
        """`seen` are columns that some plan held: without them the first program leaves too many places empty."""
        self.relaxation = relaxation
        self.rounds, self.bound = 0, relaxation.evaluate(relaxation.start())[0]
        a = self.arrays = relaxation.arrays
        self.known = np.zeros(a.columns, dtype=np.bool_)
        self.known[seen] = True
        random = np.random.default_rng(seed)
        spread = NOISE * float(a.col_cost.std()) + 1.0 if a.columns else 1.0
        stray = a.col_cost + random.exponential(spread, a.columns)
        self.known[least(a.col_need, stray, NEED_SAMPLE)] = True
        experienced = np.flatnonzero(a.experienced[a.col_volunteer])
        self.known[experienced[least(a.col_session[experienced], a.col_cost[experienced], LEADERS)]] = True
        self.known[a.col_pinned] = False

    @property
    def size(self) -> int:
        return int(self.known.sum())

    def round(self, *, seconds: float, threads: int) -> Round | None:
        """Solve over the columns known, price all others, and take in those that pay. None when time ran out."""
        a, relaxation = self.arrays, self.relaxation
        model = build_model(a, np.flatnonzero(self.known), np.flatnonzero(a.col_pinned), integral=False)
        answer = self._solve(model, seconds, threads)
        if answer is None or answer.duals is None or answer.reduced is None:
            return None
        relaxation.share_buddies({key: -answer.duals[row] for key, row in model.buddy_rows.items()})
        prices = relaxation.project(self._prices(model, answer))
        bound, _, picked = relaxation.evaluate(prices)
        self.bound = max(self.bound, bound)
        before = self.size
        self.known[picked] = True
        price = relaxation.column_prices(prices)
        own = least(a.col_volunteer, price, OWN_BEST)
        self.known[own[price[own] < 0]] = True
        self.known[a.col_pinned] = False
        objective = answer.objective + model.constant
        return Round(bound, objective, prices, model.columns, answer.reduced[model.x], self.size - before)

    def _solve(self, model: Model, seconds: float, threads: int) -> Solution | None:
        """As closely as this round asks; anew where that ended below what is proven, which no optimum is."""
        until = time.monotonic() + seconds
        while True:
            tolerance = TOLERANCES[min(self.rounds, len(TOLERANCES) - 1)]
            left = until - time.monotonic()
            answer = solve_linear(model.rows, seconds=left, method="first_order", tolerance=tolerance, threads=threads)
            self.rounds += 1
            if answer is None or answer.objective + model.constant >= self.bound or self.rounds > len(TOLERANCES):
                return answer

    def _prices(self, model: Model, answer: Solution) -> Floats:
        assert answer.duals is not None
        duals, needs, relaxation = answer.duals, self.arrays.needs, self.relaxation
        prices = relaxation.start()
        for rows, part in ((model.need_rows, prices[:needs]), (model.cut_rows, prices[needs : 2 * needs])):
            part[rows >= 0] = duals[rows[rows >= 0]]
        newcomers = self.arrays.col_volunteer[relaxation.slots.first_col[relaxation.slots.link >= 0]]
        for i, key in enumerate(zip(newcomers.tolist(), relaxation.link_session.tolist(), strict=True)):
            if (row := model.link_rows.get(key)) is not None:
                prices[2 * needs + i] = -duals[row]
        return prices


def least(group: Ints, value: Floats | Ints, count: int) -> Ints:
    """Positions of the `count` smallest values in each group."""
    order = np.lexsort((value, group))
    ordered = group[order]
    fresh = np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(order) else np.zeros(0, dtype=np.bool_)
    first = np.flatnonzero(fresh)
    rank = np.arange(len(order)) - np.repeat(first, np.diff(np.concatenate([first, [len(order)]])))
    return order[rank < count]
