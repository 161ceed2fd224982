"""The linear relaxation over the few columns that matter, grown until no other column would change it much.

Its prices, put into the volunteers' own problems, prove a bound; its reduced costs tell a search where to look.
"""

import time
from dataclasses import dataclass

import numpy as np

from scheduling.solver.build import Ints
from scheduling.solver.linear import Floats, Rows, Solution, solve_linear
from scheduling.solver.model import Model, build_model
from scheduling.solver.relaxation import Relaxation

OWN_BEST = 12  # columns added per volunteer at most, of those that pay at the prices met
NEED_SAMPLE = 8  # columns a need begins with
LEADERS = 4  # experienced people a session begins with: without any, newcomers' columns fall away
NOISE = 60.0  # how far, in spreads of a column's cost, the first sample strays from the cheapest: nearly at random
TOLERANCES = (3e-2, 2e-2, 5e-3, 1e-3)  # of the first rounds, and of all that follow: first prices need not be good
COMPANY_COLUMNS = 200_000  # above which newcomers may come alone: those rows double the work and tighten little
CHEAP_COLUMN = 5.0  # a reduced cost up to which a column is worth a thought


@dataclass
class Round:
    bound: float
    objective: float  # of the linear program: the bound would be this, were no column missing
    prices: Floats
    worth: Ints  # columns worth a thought: cheap in the linear program, or in some volunteer's schedule at its prices
    added: Ints  # columns that joined
    size: int  # how many there were

    @property
    def gap(self) -> float:
        return (self.objective - self.bound) / max(1.0, abs(self.objective))


class Sifting:
    def __init__(self, relaxation: Relaxation, seen: Ints, *, seed: int) -> None:
        """`seen` are columns that some plan held: without them the first program leaves too many places empty."""
        self.relaxation = relaxation
        self.rounds, self.bound = 0, relaxation.evaluate(relaxation.start())[0]
        a = self.arrays = relaxation.arrays
        self.known = np.zeros(a.columns, dtype=np.bool_)
        self.known[seen] = True
        self._last: tuple[Rows, Solution] | None = None
        self.known[self._own_best(a.col_cost)] = True
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
        company = a.columns <= COMPANY_COLUMNS
        known = np.flatnonzero(self.known)
        model = build_model(a, known, np.flatnonzero(a.col_pinned), integral=False, company=company)
        answer = self._solve(model, seconds, threads)
        if answer is None or answer.duals is None or answer.reduced is None:
            return None
        self._last = model.rows, answer
        relaxation.share_buddies({key: -answer.duals[row] for key, row in model.buddy_rows.items()})
        prices = relaxation.project(self._prices(model, answer))
        bound, _, picked = relaxation.evaluate(prices)
        self.bound = max(self.bound, bound)
        self.known[picked] = True
        self.known[self._own_best(relaxation.column_prices(prices))] = True
        self.known[a.col_pinned] = False
        cheap = model.columns[answer.reduced[model.x] < CHEAP_COLUMN]
        return Round(
            bound=bound,
            objective=answer.objective + model.constant,
            prices=prices,
            worth=np.union1d(cheap, picked),
            added=np.setdiff1d(np.flatnonzero(self.known), known, assume_unique=True),
            size=len(known),
        )

    def _own_best(self, price: Floats | Ints) -> Ints:
        """The cheapest columns of each volunteer, as far as they pay."""
        pays = np.flatnonzero(price < 0)
        return pays[least(self.arrays.col_volunteer[pays], price[pays], OWN_BEST)]

    def _solve(self, model: Model, seconds: float, threads: int) -> Solution | None:
        """As closely as this round asks; anew where that ended below what is proven, which no optimum is."""
        until = time.monotonic() + seconds
        while True:
            tolerance = TOLERANCES[min(self.rounds, len(TOLERANCES) - 1)]
            left = until - time.monotonic()
            answer = solve_linear(
                model.rows,
                seconds=left,
                method="first_order",
                tolerance=tolerance,
                threads=threads,
                start=self._last,
            )
            self.rounds += 1
            if answer is None or answer.objective + model.constant >= self.bound or self.rounds > len(TOLERANCES):
                return answer

    def _prices(self, model: Model, answer: Solution) -> Floats:
        assert answer.duals is not None
        duals, needs, relaxation = answer.duals, self.arrays.needs, self.relaxation
        prices = relaxation.start()
        for rows, part in ((model.need_rows, prices[:needs]), (model.cut_rows, prices[needs : 2 * needs])):
            part[rows >= 0] = duals[rows[rows >= 0]]
        if not model.link_rows:
            return prices
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
