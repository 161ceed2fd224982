"""A lower bound for large problems: prices on places, an exact best schedule per volunteer at those prices.

What ties volunteers together is relaxed into prices: `u` for a head in a need, `w` for the cut that keeps halves of
newcomers out of a minimum, `a` for a newcomer's company. What remains falls apart into one small scheduling problem
per volunteer, solved exactly, and is a proven bound for any prices. The volume algorithm moves the prices; the
average of the schedules it sees (`share`) tells which columns are worth a thought.

Rows that no price is put on are relaxed in the bound's favor: people who avoid each other may meet, and each buddy
counts half of what meeting is worth.
"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.build import Arrays, Ints

Floats = NDArray[np.float64]
PIN = 1e7  # what leaving a pin out costs in a volunteer's own problem
MOST = 12  # sessions one volunteer's exact schedule may have; beyond it the count is relaxed
NODES = 400  # branches tried per volunteer before the relaxed value is taken
compiled = njit(cache=True, nogil=True)


@dataclass(frozen=True)
class Slots:
    """A slot is a volunteer in a session, in the order in which the volunteer would live through them."""

    of_volunteer: Ints  # volunteer v owns slots of_volunteer[v]:of_volunteer[v + 1]
    first_col: Ints  # its columns are first_col[i]:first_col[i] + size[i]
    size: Ints
    session: Ints
    link: Ints  # the company row of a newcomer's slot, or -1
    after: Ints  # the first later slot of the volunteer that could follow this one, hubs apart


def find_slots(arrays: Arrays) -> Slots:
    v, s = arrays.col_volunteer, arrays.col_session
    fresh = np.ones(len(v), dtype=np.bool_)
    fresh[1:] = (v[1:] != v[:-1]) | (s[1:] != s[:-1])
    first = np.flatnonzero(fresh)
    size = np.diff(np.concatenate([first, [len(v)]]))
    owner, session = v[first], s[first]
    order = np.lexsort((arrays.hub[session], arrays.end[session], arrays.start[session], owner))
    first, size, owner, session = first[order], size[order], owner[order], session[order]
    of_volunteer = np.searchsorted(owner, np.arange(arrays.volunteers + 1))
    new = arrays.newcomer[owner]
    link = np.where(new, np.cumsum(new) - 1, -1)
    span = int(arrays.end.max(initial=0) + arrays.min_rest.max(initial=0)) + 1
    starts = owner * span + arrays.start[session]
    ends = owner * span + np.minimum(arrays.end[session] + arrays.min_rest[owner], span - 1)
    after = np.minimum(np.searchsorted(starts, ends), of_volunteer[owner + 1])
    after = np.maximum(after, np.arange(len(owner)) + 1)
    return Slots(of_volunteer, first, size, session, link, after)


@compiled  # type: ignore[untyped-decorator]
def _search(
    low: int,
    high: int,
    most: int,
    room: int,
    rest: int,
    fair: float,
    price: Floats,
    relaxed: Floats,
    session: Ints,
    after: Ints,
    start: Ints,
    end: Ints,
    hub: Ints,
    minutes: Ints,
    travel: Ints,
    stack: Ints,
    chosen: Ints,
) -> tuple[float, int]:
    """The cheapest schedule of one volunteer: depth first, cut off by `relaxed`. Fills `chosen`, returns (cost, size).

    `relaxed[i - low, k]` is the cheapest way to take at most `most - k` of the slots from i on, hubs and minutes apart.
    """
    best, size, depth, nodes = 0.0, 0, 0, 0
    cost, used, i = 0.0, 0, low
    while True:
        nodes += 1
        if nodes > NODES:
            return min(best, relaxed[0, 0]), size
        descend = i < high and depth < most and cost + relaxed[i - low, depth] < best - 1e-9
        if descend:
            fits = price[i] < 0 and used + minutes[session[i]] <= room
            if fits:
                for d in range(depth):
                    a, b = session[stack[d]], session[i]
                    if start[b] < end[a] + max(rest, travel[hub[a], hub[b]]):
                        fits = False
                        break
            if fits:
                stack[depth] = i
                cost += price[i] + fair * depth
                used += minutes[session[i]]
                depth += 1
                if cost < best - 1e-9:
                    best, size = cost, depth
                    for d in range(depth):
                        chosen[d] = stack[d]
                i = after[i]
            else:
                i += 1
        else:
            if depth == 0:
                return best, size
            depth -= 1
            i = stack[depth]
            cost -= price[i] + fair * depth
            used -= minutes[session[i]]
            i += 1


@compiled  # type: ignore[untyped-decorator]
def _evaluate(
    col_cost: Floats,
    col_need: Ints,
    of_volunteer: Ints,
    first_col: Ints,
    size: Ints,
    session: Ints,
    link: Ints,
    after: Ints,
    experienced: Ints,
    newcomer: Ints,
    max_sessions: Ints,
    max_minutes: Ints,
    min_rest: Ints,
    start: Ints,
    end: Ints,
    hub: Ints,
    minutes: Ints,
    travel: Ints,
    fair: float,
    opening: float,
    u: Floats,
    w: Floats,
    lead: Floats,
    a: Floats,
    picked: Ints,
) -> tuple[float, int]:
    """Best schedules at these prices. `lead[s]` is what an experienced person in s is worth beyond the head.

    Fills `picked` with the chosen columns and returns (cost of all schedules, how many columns).
    """
    total, count = 0.0, 0
    widest = 1
    for v in range(len(max_sessions)):
        widest = max(widest, of_volunteer[v + 1] - of_volunteer[v])
    price = np.zeros(len(first_col))
    column = np.zeros(len(first_col), dtype=np.int64)
    relaxed = np.zeros((widest + 1, MOST + 1))
    stack, chosen = np.zeros(widest + 1, dtype=np.int64), np.zeros(widest + 1, dtype=np.int64)
    for v in range(len(max_sessions)):
        low, high = of_volunteer[v], of_volunteer[v + 1]
        if low == high:
            continue
        for i in range(low, high):
            best, at = np.inf, 0
            for c in range(first_col[i], first_col[i] + size[i]):
                n = col_need[c]
                value = col_cost[c] - u[n]
                if not experienced[v] and not newcomer[v]:
                    value -= w[n]
                if value < best:
                    best, at = value, c
            if experienced[v]:
                best -= lead[session[i]]
            if link[i] >= 0:
                best += a[link[i]]
            price[i], column[i] = best, at
        most, step = min(max_sessions[v], high - low), fair
        if most > MOST:  # too many to count: unlimited, and each as cheap as the first
            most, step = MOST, 0.0
            for i in range(high - 1, low - 1, -1):
                relaxed[high - low, 0] = 0.0
                relaxed[i - low, 0] = min(relaxed[i + 1 - low, 0], price[i] + relaxed[after[i] - low, 0])
            value = min(0.0, relaxed[0, 0] + opening)
            total += value
            if value < 0:
                i = low
                while i < high:
                    if price[i] + relaxed[after[i] - low, 0] < relaxed[i + 1 - low, 0]:
                        picked[count] = column[i]
                        count += 1
                        i = after[i]
                    else:
                        i += 1
            continue
        for k in range(most + 1):
            relaxed[high - low, k] = 0.0
        for i in range(high - 1, low - 1, -1):
            relaxed[i - low, most] = 0.0
            for k in range(most):
                take = price[i] + step * k + relaxed[after[i] - low, k + 1]
                relaxed[i - low, k] = min(relaxed[i + 1 - low, k], take)
        if relaxed[0, 0] + opening >= 0:
            continue
        value, taken = _search(
            *(low, high, most, max_minutes[v], min_rest[v], step, price, relaxed, session, after),
            *(start, end, hub, minutes, travel, stack, chosen),
        )
        if value + opening < 0:
            total += value + opening
            for d in range(taken):
                picked[count] = column[chosen[d]]
                count += 1
    return total, count


class Relaxation:
    """The relaxed problem, ready to be evaluated at any prices."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays, self.slots = arrays, find_slots(arrays)
        a = arrays
        buddies = np.diff(a.buddy_at)[a.col_volunteer]
        self.cost = a.col_cost - 0.5 * a.buddy_weight * buddies - PIN * a.col_pinned
        self.constant = a.constant + PIN * int(a.col_pinned.sum())
        kinds = self._kinds()
        self.cut = (a.need_min > 0) & (np.bincount(a.col_need[kinds == 1], minlength=a.needs) > 0)
        self.kinds = kinds
        self.links = int((self.slots.link >= 0).sum())
        self.link_session = self.slots.session[self.slots.link >= 0]
        self.link_of_col = np.full(a.columns, -1, dtype=np.int64)
        new = np.flatnonzero(self.slots.link >= 0)
        for k in range(int(self.slots.size.max(initial=0))):
            some = new[self.slots.size[new] > k]
            self.link_of_col[self.slots.first_col[some] + k] = self.slots.link[some]
        self.picked = np.zeros(a.columns + 1, dtype=np.int64)
        self.size = 2 * a.needs + self.links

    def _kinds(self) -> Ints:
        """Per column: 0 regular, 1 newcomer, 2 experienced."""
        a = self.arrays
        return np.where(a.newcomer, 1, np.where(a.experienced, 2, 0))[a.col_volunteer]

    def start(self) -> Floats:
        """Prices to begin with: half of what an empty place costs."""
        a = self.arrays
        prices = np.zeros(self.size)
        prices[: a.needs] = np.where(a.need_target > a.need_min, 0.5 * a.target_weight, 0.5 * a.need_weight)
        return prices

    def project(self, prices: Floats) -> Floats:
        needs = self.arrays.needs
        prices[needs : 2 * needs] = np.where(self.cut, np.maximum(0, prices[needs : 2 * needs]), 0)
        prices[2 * needs :] = np.maximum(0, prices[2 * needs :])
        return prices

    def evaluate(self, prices: Floats) -> tuple[float, Floats, Ints]:
        """The bound at these prices, its slope, and the columns of the schedules behind it."""
        a, slots, needs = self.arrays, self.slots, self.arrays.needs
        u, w, links = prices[:needs], prices[needs : 2 * needs], prices[2 * needs :]
        lead = np.bincount(a.need_session, weights=w * a.need_min, minlength=a.sessions)
        lead += np.bincount(self.link_session, weights=links, minlength=a.sessions)
        total, count = _evaluate(
            *(self.cost, a.col_need, slots.of_volunteer, slots.first_col, slots.size, slots.session, slots.link),
            *(slots.after, a.experienced, a.newcomer, a.max_sessions, a.max_minutes, a.min_rest),
            *(a.start, a.end, a.hub, a.minutes, a.travel, float(a.fair_step), float(a.open_weight)),
            *(u, w, lead, links, self.picked),
        )
        picked = self.picked[:count].copy()
        below = np.where(a.need_weight - u - w < 0, a.need_min, 0)
        rest = np.where(a.target_weight - u < 0, a.need_target - a.need_min, 0)
        total += float((u * a.need_target + w * a.need_min).sum() + self.constant)
        total += float(((a.need_weight - u - w) * below + (a.target_weight - u) * rest).sum())
        slope = np.zeros(self.size)
        kinds, n = self.kinds[picked], a.col_need[picked]
        slope[:needs] = a.need_target - np.bincount(n, minlength=needs) - below - rest
        leads = np.bincount(a.col_session[picked[kinds == 2]], minlength=a.sessions)
        regular = np.bincount(n[kinds == 0], minlength=needs)
        slope[needs : 2 * needs] = np.where(
            self.cut, a.need_min - below - regular - a.need_min * leads[a.need_session], 0
        )
        slope[2 * needs :] = -leads[self.link_session]
        slope[2 * needs + self.link_of_col[picked[kinds == 1]]] += 1
        return total, slope, picked


class Volume:
    """The volume algorithm on a relaxation: `bound` only rises, `share` averages the schedules seen."""

    def __init__(self, relaxation: Relaxation, target: float) -> None:
        self.relaxation, self.target = relaxation, target
        self.prices = relaxation.project(relaxation.start())
        self.bound, self.slope, picked = relaxation.evaluate(self.prices)
        self.share = np.zeros(relaxation.arrays.columns)
        self.share[picked] = 1.0
        self.factor, self.mix = 0.5, 0.2
        self._failures = 0
        self._since = self.bound
        self._rounds = 0

    def step(self) -> None:
        slope = self.slope.copy()
        idle = self.prices <= 0
        idle[: self.relaxation.arrays.needs] = False
        slope[idle & (slope < 0)] = 0.0
        length = float(slope @ slope)
        if length < 1e-9:
            self.factor *= 0.5
            length = 1.0
        stride = self.factor * max(self.target - self.bound, 1.0) / length
        prices = self.relaxation.project(self.prices + stride * slope)
        bound, slope, picked = self.relaxation.evaluate(prices)
        self.slope = self.mix * slope + (1 - self.mix) * self.slope
        self.share *= 1 - self.mix
        self.share[picked] += self.mix
        self._rounds += 1
        if bound > self.bound:
            if float(slope @ self.slope) > 0:
                self.factor = min(2.0, self.factor * 1.1)
            self.bound, self.prices = bound, prices
            self._failures = 0
        else:
            self._failures += 1
            if self._failures >= 12:
                self.factor = max(1e-4, self.factor * 0.7)
                self._failures = 0
        if self._rounds % 60 == 0:
            if self.bound - self._since < 0.01 * abs(self.target - self.bound):
                self.mix = max(0.01, self.mix * 0.7)
            self._since = self.bound

    @property
    def proven(self) -> int:
        """The bound as an integer: every objective is one. A breath is left for rounding."""
        return math.ceil(self.bound - 1e-3 - 1e-9 * abs(self.bound))
