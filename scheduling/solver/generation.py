"""Whole schedules as the columns of a linear program: the tightest bound, and a plan by fixing schedule after schedule.

Dantzig-Wolfe decomposition with exact pricing. The master is solved by interior point without crossover: prices from
the middle of the optimal face need few rounds (the primal-dual column generation of Gondzio and others).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scheduling.solver.build import Ints, count_cost
from scheduling.solver.linear import INFINITY, Floats, Rows, solve_linear
from scheduling.solver.relaxation import PIN, Relaxation

STRAY, STRAYS = 0.03, 6  # the first schedules come from prices strayed this far, so many times
MIXES = (0.95, 0.8, 0.5)  # shares of the best prices in the mixed ones that are priced as well
ENOUGH = 2e-4  # of the objective: a gap between master and bound not worth another round
SURE, WORTH = 0.95, 0.01  # a share that is fixed at once in a dive, and one that may be at all
NEAR = 20.0  # a schedule that costs this much more than the cheapest is not worth a thought
FIXED_A_ROUND = 0.12  # of the volunteers left, at least
MOST_SETTLED = 0.97  # of all volunteers: what is left is better solved as one model


@dataclass
class Master:
    objective: float
    prices: Floats
    shares: Floats  # of each schedule


class Generation:
    def __init__(self, relaxation: Relaxation, prices: Floats, plan: Ints, *, seed: int) -> None:
        """Begin at these prices, and with the schedules of a plan."""
        self.relaxation, self.arrays = relaxation, relaxation.arrays
        self.best_prices = prices
        self.owner: list[int] = []
        self.schedules: list[Ints] = []
        self._known: set[tuple[int, ...]] = set()
        self._cut_needs = np.flatnonzero(relaxation.cut)
        self._dear = 2.0 * float(self.arrays.need_weight.max(initial=0) + self.arrays.target_weight)
        # where nobody is better off in a place than at home, one too many can always be sent there
        self._crowding = 0.0 if self.arrays.col_cost.min(initial=0) >= 0 else self._dear
        self.bound, _, picked = relaxation.evaluate(prices)
        # prices of company stay what they are: rows for them double the work and tighten next to nothing
        self._company = prices.copy()
        self._company[: 2 * self.arrays.needs] = 0
        self._own = relaxation.column_prices(self._company) + PIN * self.arrays.col_pinned
        self.add(plan)
        self.add(picked)
        random, needs = np.random.default_rng(seed), self.arrays.needs
        spread = 0.2 * float(self.arrays.col_cost.std()) if self.arrays.columns else 0.0
        for _ in range(STRAYS):
            strayed = prices.copy()
            strayed[:needs] *= 1 + STRAY * random.standard_normal(needs)
            strayed[:needs] += spread * random.standard_normal(needs)
            self.add(relaxation.evaluate(relaxation.project(strayed))[2])

    def add(self, columns: Ints) -> int:
        """Take in the schedules that make up a plan; returns how many are new."""
        columns = np.sort(columns)
        owner = self.arrays.col_volunteer[columns]
        before = len(self.schedules)
        for schedule in np.split(columns, np.flatnonzero(np.diff(owner)) + 1):
            key = tuple(schedule.tolist())
            if key and key not in self._known:
                self._known.add(key)
                self.owner.append(int(self.arrays.col_volunteer[schedule[0]]))
                self.schedules.append(schedule)
        return len(self.schedules) - before

    def round(self, seconds: float) -> tuple[Master, int] | None:
        """Solve the master, price every volunteer at its prices; returns it and how many schedules are new."""
        master = self.solve(seconds=seconds)
        if master is None:
            return None
        added = 0
        mixes = [mix * self.best_prices + (1 - mix) * master.prices for mix in MIXES]
        for prices in (master.prices, *mixes):
            bound, _, picked = self.relaxation.evaluate(prices)
            added += self.add(picked)
            if bound > self.bound:
                self.bound, self.best_prices = bound, prices
        return master, added

    def solve(self, *, seconds: float, among: Ints | None = None, held: Ints | None = None) -> Master | None:
        """The best mixture of the schedules `among` all, for what the columns already `held` leave open."""
        a, relaxation = self.arrays, self.relaxation
        among = np.arange(len(self.schedules)) if among is None else among
        held = np.zeros(0, dtype=np.int64) if held is None else held
        sizes = np.array([len(self.schedules[k]) for k in among], dtype=np.int64)
        columns = np.concatenate([np.zeros(0, dtype=np.int64), *(self.schedules[k] for k in among)])
        of_column = np.repeat(np.arange(len(among)), sizes)
        cost = np.bincount(of_column, weights=self._own[columns], minlength=len(among))
        cost += count_cost(a, np.array(self.owner, dtype=np.int64)[among], sizes)
        rows = Rows()
        share = rows.add_variables(cost, INFINITY)
        below = rows.add_variables(a.need_weight, a.need_min)
        rest = rows.add_variables(np.full(a.needs, a.target_weight), a.need_target - a.need_min)

        people = rows.add_rows(np.zeros(a.volunteers), np.ones(a.volunteers))
        rows.enter(people[np.array(self.owner, dtype=np.int64)[among]], share, 1.0)
        open_places = a.need_target - np.bincount(a.col_need[held], minlength=a.needs)
        filled = rows.add_rows(open_places, open_places)
        rows.enter(filled[a.col_need[columns]], share[of_column], 1.0)
        for variables, factor in ((below, 1.0), (rest, 1.0), (self._way_out(rows, a.needs, self._crowding), -1.0)):
            rows.enter(filled, variables, factor)
        leads = self._leads(held)
        cuts = self._enter_cuts(rows, share[of_column], columns, held, leads)
        rows.enter(cuts[self._cut_needs], below[self._cut_needs], 1.0)
        found = solve_linear(rows, seconds=seconds, method="interior")
        if found is None or found.duals is None or found.values is None:
            return None
        prices = self._company.copy()
        prices[: a.needs] = found.duals[filled]
        prices[a.needs + self._cut_needs] = found.duals[cuts[self._cut_needs]]
        shares = np.zeros(len(self.schedules))
        shares[among] = found.values[share]
        return Master(found.objective + a.constant, relaxation.project(prices), shares)

    def _leads(self, columns: Ints) -> Ints:
        """How many experienced people these columns bring to each session."""
        lead = columns[self.relaxation.kinds[columns] == 2]
        return np.bincount(self.arrays.col_session[lead], minlength=self.arrays.sessions)

    def _enter_cuts(self, rows: Rows, share: Ints, columns: Ints, held: Ints, leads: Ints) -> Ints:
        """The cut of each need that has one: who counts for a minimum besides newcomers."""
        a, kinds, mine = self.arrays, self.relaxation.kinds, self._cut_needs
        regulars = np.bincount(a.col_need[held[kinds[held] == 0]], minlength=a.needs)
        least = a.need_min - regulars - a.need_min * leads[a.need_session]
        cuts = np.full(a.needs, -1, dtype=np.int64)
        cuts[mine] = rows.add_rows(least[mine], np.full(len(mine), INFINITY))
        rows.enter(cuts[mine], self._way_out(rows, len(mine), self._dear), 1.0)
        need, kind = a.col_need[columns], kinds[columns]
        regular = (kind == 0) & (cuts[need] >= 0)
        rows.enter(cuts[need[regular]], share[regular], 1.0)
        lead = np.flatnonzero(kind == 2)
        session = a.col_session[columns[lead]]
        for k in range(int(np.diff(a.first_need).max(initial=0))):
            beside = a.first_need[session] + k
            there = beside < a.first_need[session + 1]
            there[there] = cuts[beside[there]] >= 0
            rows.enter(cuts[beside[there]], share[lead[there]], a.need_min[beside[there]])
        return cuts

    def _way_out(self, rows: Rows, count: int, price: float) -> Ints:
        """Variables by which a row may be broken: prices stay finite, and a dive never ends in nothing."""
        return rows.add_variables(np.full(count, price), INFINITY)

    def worth(self, master: Master) -> Ints:
        """The columns of schedules that cost their volunteer little more than the cheapest does."""
        a = self.arrays
        price = self.relaxation.column_prices(master.prices)
        owner, sizes = np.array(self.owner, dtype=np.int64), np.array([len(k) for k in self.schedules])
        cost = np.array([price[k].sum() for k in self.schedules]) + count_cost(a, owner, sizes)
        cheapest = np.zeros(a.volunteers)
        np.minimum.at(cheapest, owner, cost)
        near = np.flatnonzero(cost - cheapest[owner] < NEAR)
        return np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *(self.schedules[k] for k in near)]))

    def dive(self, left: Callable[[], float]) -> Ints | None:
        """Fix schedules round by round, those sure or nearly so first, and price again for what they leave open.

        Ends with a plan for most volunteers; None when the time (`left` gives the seconds) ran out. What it holds may
        break a rule that the master does not know.
        """
        a = self.arrays
        held, settled = np.zeros(0, dtype=np.int64), np.zeros(a.volunteers, dtype=np.bool_)
        while settled.mean() < MOST_SETTLED:
            heads = np.bincount(a.col_need[held], minlength=a.needs)
            owner = np.array(self.owner)
            among = np.flatnonzero(~settled[owner])
            among = among[[self._fits(heads, k) for k in among.tolist()]]
            master = self.solve(seconds=left(), among=among, held=held)
            if master is None:
                return None
            order = among[np.argsort(-master.shares[among], kind="stable")]
            worth = order[master.shares[order] > WORTH].tolist()
            if not worth:
                break
            fewest = max(1, int(FIXED_A_ROUND * len(np.unique(owner[worth]))))
            fixed: list[Ints] = []
            for k in worth:
                if len(fixed) >= fewest and master.shares[k] < SURE:
                    break
                if not settled[owner[k]] and self._fits(heads, k) and self._has_company(held, k):
                    fixed.append(self.schedules[k])
                    settled[owner[k]] = True
                    heads[a.col_need[self.schedules[k]]] += 1
            if not fixed:
                break
            held = np.sort(np.concatenate([held, *fixed]))
            closed = settled[a.col_volunteer] | (heads[a.col_need] >= a.need_target[a.col_need])
            self.add(self.relaxation.evaluate(master.prices, closed=closed)[2])
        return held

    def _has_company(self, held: Ints, k: int) -> bool:
        """A newcomer waits until somebody experienced is there."""
        columns = self.schedules[k]
        return self.relaxation.kinds[columns[0]] != 1 or bool(
            np.isin(
                self.arrays.col_session[columns], self.arrays.col_session[held[self.relaxation.kinds[held] == 2]]
            ).all()
        )

    def _fits(self, heads: Ints, k: int) -> bool:
        needs = self.arrays.col_need[self.schedules[k]]
        return bool((heads[needs] < self.arrays.need_target[needs]).all())
