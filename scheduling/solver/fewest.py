"""Fewer people, where it is each person who comes at all that costs: one after the other is sent home, and the rest
share what they leave.

With so many people fixed, places fall empty; those that stay empty weigh more and more until the search finds who can
take them (the breakout method of Morris for getting out of local minima). When it does not, somebody else is let in.
"""

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from scheduling.solver.anneal import anneal
from scheduling.solver.build import Arrays, Flags, Ints, restrict
from scheduling.solver.construct import construct
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.linear import Floats
from scheduling.solver.relaxation import Relaxation
from scheduling.solver.state import State

DEAR = 4  # times the spread of what places cost from which on people are what counts
HEAT, MORE = 0.05, 0.05  # of the price of a person: what a move may cost, and what an empty place gains in weight
MOVES = 3_000  # between two looks at what is empty
HOPELESS = 5  # times without a plan that fills every place until the ordinary search takes over
PATIENCE = 60  # looks without anything better until somebody else is let in
HEAVY = 3  # times a place's first weight, on average: from there on weights are forgotten in part
RARE = 10.0  # how much more a place is worth to a schedule when few could take it


def people_count(arrays: Arrays) -> bool:
    """Whether what a plan costs is mostly how many people it asks, and no place is left empty to spare one."""
    spread = int(np.ptp(arrays.col_cost)) if arrays.columns else 0
    wanted = arrays.need_min > 0
    can_be_filled = np.diff(arrays.col_of_need)[wanted] >= arrays.need_min[wanted]
    dearer = arrays.need_weight[wanted] > arrays.open_weight
    alone = not arrays.newcomer.any()  # who goes home leaves no newcomer without company
    return alone and arrays.open_weight > max(0, DEAR * spread) and bool((can_be_filled & dearer).all())


def rarity(arrays: Arrays) -> Floats:
    """What a head in each need is worth while nothing better is known: more where few could come."""
    return arrays.open_weight * (1 + RARE / np.maximum(1, np.diff(arrays.col_of_need)))


def bound(arrays: Arrays) -> int | None:
    """A proven bound: who is needed at the same moment are different people. None where coming is worth something."""
    if arrays.buddy_weight or arrays.step.any() or arrays.col_cost.min(initial=0) < 0:
        return None
    heads = np.bincount(arrays.need_session, weights=arrays.need_min, minlength=arrays.sessions)
    times = np.concatenate([arrays.end, arrays.start])
    change = np.concatenate([-heads, heads])
    order = np.lexsort((change, times))  # who leaves at a moment can come again at that moment
    return arrays.constant + arrays.open_weight * int(np.cumsum(change[order]).max(initial=0))


def by_schedules(relaxation: Relaxation, worth: Floats) -> Ints:
    """A plan that asks few people: whoever can take most of what is still empty takes all of that."""
    arrays = relaxation.arrays
    prices = np.zeros(relaxation.size)
    prices[: arrays.needs] = worth
    places, home = arrays.need_min.copy(), np.ones(arrays.volunteers, dtype=np.bool_)
    chosen: list[Ints] = [np.flatnonzero(arrays.col_pinned)]
    places -= np.bincount(arrays.col_need[chosen[0]], minlength=arrays.needs)
    home[arrays.col_volunteer[chosen[0]]] = False
    while True:
        closed = (places[arrays.col_need] <= 0) | ~home[arrays.col_volunteer]
        picked = np.sort(relaxation.evaluate(prices, closed=closed)[2])
        picked = picked[~closed[picked] & (relaxation.kinds[picked] != 1)]
        if not len(picked):
            # schedules count minutes coarsely and see nobody else: what of them fits together is kept
            return construct(arrays, np.concatenate(chosen).tolist(), fill=False)
        owner = arrays.col_volunteer[picked]
        value = np.bincount(owner, weights=prices[arrays.col_need[picked]], minlength=arrays.volunteers)
        for v in np.argsort(-value, kind="stable")[: np.count_nonzero(value)].tolist():
            mine = picked[owner == v]
            if (places[arrays.col_need[mine]] <= 0).any():
                continue  # somebody took a part of it: to be priced again
            places[arrays.col_need[mine]] -= 1
            home[v] = False
            chosen.append(mine)


class Fewest:
    """A search with a plan of its own, and with the people who are `here`."""

    def __init__(self, arrays: Arrays, plan: Ints, seed: int) -> None:
        self.arrays, self.random, self.seed = arrays, np.random.default_rng(seed), seed
        self.weight: Ints = np.full(arrays.needs, arrays.open_weight, dtype=np.int64)
        self.pinned = np.zeros(arrays.volunteers, dtype=np.bool_)
        self.pinned[arrays.col_volunteer[arrays.col_pinned]] = True
        self.looks = 0
        self.take(plan)

    def take(self, plan: Ints) -> None:
        """Go on from this plan."""
        self.plan = plan
        self.here: Flags = self.pinned.copy()
        self.here[self.arrays.col_volunteer[plan]] = True
        self.has_succeeded = not len(self.short(plan))
        if self.has_succeeded:
            self._send_home()

    def step(self, until: float, incumbent: Incumbent) -> Ints | None:
        """Look for a plan with the people who are here, until one is found, patience ends or the clock says so."""
        a = self.arrays
        known = np.flatnonzero(self.here[a.col_volunteer])
        state = State(replace(restrict(a, known), open_weight=0))
        state.load(np.searchsorted(known, self._open(self.plan)))
        state.set_weights(self.weight)
        fewest, since, short = a.needs + 1, 0, self.short(self.plan)
        heat = HEAT * a.open_weight
        while since < PATIENCE and time.monotonic() < until and not incumbent.stopped.is_set():
            self.looks += 1
            anneal(state, self.seed * 1_000_003 + self.looks, MOVES, heat, heat, short)
            short = state.needs_below_minimum()
            if not len(short):
                break
            self.weight[short] += max(1, int(MORE * a.open_weight))
            state.set_weights(self.weight)
            fewest, since = min(fewest, len(short)), 0 if len(short) < fewest else since + 1
        self.plan = known[state.columns()]
        if self.weight.mean() > HEAVY * a.open_weight:
            self.weight = a.open_weight + (self.weight - a.open_weight) // HEAVY
        if len(short):
            self._exchange(short)
            return None
        found, self.has_succeeded = self.plan, True
        self._send_home()
        return found

    def _open(self, plan: Ints) -> Ints:
        return plan[self.here[self.arrays.col_volunteer[plan]]]

    def short(self, plan: Ints) -> Ints:
        return np.flatnonzero(
            np.bincount(self.arrays.col_need[plan], minlength=self.arrays.needs) < self.arrays.need_min
        )

    def _send_home(self) -> None:
        """Somebody who carries little."""
        a, plan = self.arrays, self._open(self.plan)
        load = np.bincount(a.col_volunteer[plan], weights=self.weight[a.col_need[plan]], minlength=a.volunteers)
        load = np.where(self.here & ~self.pinned, load * self.random.uniform(0.6, 1.4, a.volunteers), np.inf)
        if np.isfinite(load).any():
            self.here[int(load.argmin())] = False
            self.plan = self._open(self.plan)

    def _exchange(self, short: Ints) -> None:
        """Let somebody in who could take much of what is empty. Once all was full, somebody else goes for that."""
        a = self.arrays
        theirs = np.isin(a.col_need, short)
        gain: Floats = np.bincount(
            a.col_volunteer[theirs], weights=self.weight[a.col_need[theirs]], minlength=a.volunteers
        ) * self.random.uniform(0.5, 1.5, a.volunteers)
        gain[self.here] = 0
        if gain.any():
            if self.has_succeeded:
                self._send_home()
            self.here[int(gain.argmax())] = True


def improve_fewest(
    arrays: Arrays, incumbent: Incumbent, deadline: float, seed: int, on_better: Callable[[Ints], None] | None = None
) -> None:
    """Until the deadline, as long as every place can be filled; what others find meanwhile is taken up."""
    incumbent.phase = "fewest"
    if (least := bound(arrays)) is not None:
        incumbent.raise_bound(least)
    incumbent.offer(by_schedules(Relaxation(arrays), rarity(arrays)))
    own = Fewest(arrays, incumbent.best()[0], seed)
    known, failures = incumbent.objective, 0
    while not incumbent.stopped.is_set() and time.monotonic() < deadline and failures < HOPELESS:
        found = own.step(deadline, incumbent)
        if found is not None and incumbent.offer(found) and on_better is not None:
            on_better(found)
        plan, objective = incumbent.best()
        full = not len(own.short(plan))
        failures = 0 if full else failures + 1
        if objective != known and found is None and full:
            own.take(plan)
        known = objective
