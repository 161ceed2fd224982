"""A lower bound for large problems: prices on places, an exact best schedule per volunteer at those prices.

What ties volunteers together is relaxed into prices: `u` for a head in a need, `w` for the cut that keeps halves of
newcomers out of a minimum, `a` for a newcomer's company. What remains falls apart into one small scheduling problem
per volunteer, solved exactly, and is a proven bound for any prices. The volume algorithm moves the prices; the
average of the schedules it sees (`share`) tells which columns are worth a thought.

Rows that no price is put on are relaxed in the bound's favor: people who avoid each other may meet, and each buddy
counts half of what meeting is worth.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.build import Arrays, Ints

Floats = NDArray[np.float64]
PIN = 1e7  # what leaving a pin out costs in a volunteer's own problem
MOST = 8  # sessions that are counted in a volunteer's own problem; who may have more is not counted
UNITS = 48  # steps into which a volunteer's minutes are divided
compiled: Any = njit(cache=True, nogil=True)


@dataclass(frozen=True)
class Slots:
    """A slot is a volunteer in a session, in the order in which the volunteer would live through them."""

    of_volunteer: Ints  # volunteer v owns slots of_volunteer[v]:of_volunteer[v + 1]
    first_col: Ints  # its columns are first_col[i]:first_col[i] + size[i]
    size: Ints
    session: Ints
    link: Ints  # the company row of a newcomer's slot, or -1
    near: Ints  # the first later slot of the volunteer that may follow this one, if the way allows
    far: Ints  # the first that may whatever the way


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
    span = int(arrays.end.max(initial=0) + max(arrays.min_rest.max(initial=0), arrays.travel.max(initial=0))) + 1
    starts = owner * span + arrays.start[session]
    nobody_before = np.arange(len(owner)) + 1

    def slots_after(gap: Ints) -> Ints:
        ends = owner * span + np.minimum(arrays.end[session] + gap, span - 1)
        found = np.minimum(np.searchsorted(starts, ends), of_volunteer[owner + 1])
        return np.maximum(found, nobody_before).astype(np.int64)

    rest = arrays.min_rest[owner]
    longest = np.maximum(rest, arrays.travel.max(axis=1, initial=0)[arrays.hub[session]])
    return Slots(of_volunteer, first, size, session, link, slots_after(rest), slots_after(longest))


@compiled  # type: ignore[untyped-decorator]
def _schedule(
    size: int,
    layers: int,
    counted: bool,
    room: int,
    rest: int,
    fair: float,
    price: Floats,
    session: Ints,
    near: Ints,
    far: Ints,
    units: Ints,
    start: Ints,
    end: Ints,
    hub: Ints,
    travel: Ints,
    first: Floats,
    suffix: Floats,
    chosen: Ints,
) -> tuple[float, int]:
    """The cheapest schedule of one volunteer by dynamic programming. Fills `chosen`, returns (cost, size).

    `first[i, k, m]`: slot i first, k more after it, within m units of minutes; `suffix` is its minimum from i on.
    Clashes are checked between neighbors in time, which is all of them where the way over a third hub is no shorter.
    A volunteer with more sessions than layers is not counted: one layer, and no dearer steps.
    """
    width, block = room + 1, layers * (room + 1)
    suffix[size * block : (size + 1) * block] = np.inf
    for i in range(size - 1, -1, -1):
        a = session[i]
        for k in range(layers):
            base = i * block + k * width
            for m in range(width):
                first[base + m] = np.inf
            if counted and k == 0:
                for m in range(units[i], width):
                    first[base + m] = price[i]
            else:
                below = k - 1 if counted else 0
                shift = below * width - units[i]
                for m in range(units[i], width):
                    first[base + m] = suffix[far[i] * block + shift + m]
                for j in range(near[i], far[i]):
                    b = session[j]
                    if start[b] >= end[a] + max(rest, travel[hub[a], hub[b]]):
                        for m in range(units[i], width):
                            first[base + m] = min(first[base + m], first[j * block + shift + m])
                if not counted:
                    for m in range(units[i], width):
                        first[base + m] = min(first[base + m], 0.0)
                step = price[i] + (fair * k if counted else 0.0)
                for m in range(units[i], width):
                    first[base + m] += step
            for m in range(width):
                suffix[base + m] = min(suffix[base + block + m], first[base + m])
    best, k = 0.0, -1
    for layer in range(layers):
        if suffix[layer * width + room] < best:
            best, k = suffix[layer * width + room], layer
    if k < 0:
        return 0.0, 0
    taken, i, m, wanted = 0, 0, room, best
    while True:
        while first[i * block + k * width + m] != wanted:
            i += 1
        chosen[taken] = i
        taken += 1
        if counted and k == 0:
            return best, taken
        m -= units[i]
        a = session[i]
        k -= 1 if counted else 0
        wanted, following = suffix[far[i] * block + k * width + m], far[i]
        for j in range(near[i], far[i]):
            b = session[j]
            if start[b] >= end[a] + max(rest, travel[hub[a], hub[b]]) and first[j * block + k * width + m] < wanted:
                wanted, following = first[j * block + k * width + m], j
        if not counted and wanted >= 0:
            return best, taken
        i = following


@compiled  # type: ignore[untyped-decorator]
def _evaluate(
    col_cost: Floats,
    col_need: Ints,
    of_volunteer: Ints,
    first_col: Ints,
    size: Ints,
    slot_session: Ints,
    link: Ints,
    slot_near: Ints,
    slot_far: Ints,
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
    unit: int,
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
    price = np.zeros(widest + 1)
    column, session, near, far, units, chosen, before = np.zeros((7, widest + 2), dtype=np.int64)
    first, suffix = np.zeros((2, (widest + 1) * MOST * (UNITS + 1)))
    for v in range(len(max_sessions)):
        low, high = of_volunteer[v], of_volunteer[v + 1]
        slots = 0  # those worth taking at these prices
        for i in range(low, high):
            best, at = np.inf, 0
            for c in range(first_col[i], first_col[i] + size[i]):
                n = col_need[c]
                value = col_cost[c] - u[n]
                if not experienced[v] and not newcomer[v]:
                    value -= w[n]
                if value < best:
                    best, at = value, c
            s = slot_session[i]
            if experienced[v]:
                best -= lead[s]
            if link[i] >= 0:
                best += a[link[i]]
            before[i - low] = slots
            if best < 0:
                price[slots], column[slots], session[slots] = best, at, s
                near[slots], far[slots] = slot_near[i] - low, slot_far[i] - low
                slots += 1
        if slots == 0:
            continue
        before[high - low] = slots
        coarse = max(unit, -(-max_minutes[v] // UNITS))
        room = min(UNITS, max_minutes[v] // coarse)
        shortest = room
        for i in range(slots):
            near[i], far[i] = before[near[i]], before[far[i]]
            units[i] = minutes[session[i]] // coarse
            shortest = min(shortest, units[i])
        most = min(max_sessions[v], slots)
        if shortest > 0:
            most = min(most, room // shortest)
        counted = most <= MOST
        layers = 1
        if counted:
            layers = most
        value, taken = _schedule(
            *(slots, layers, counted, room, min_rest[v], fair, price, session, near, far, units),
            *(start, end, hub, travel, first, suffix, chosen),
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
        self.cost: Floats = a.col_cost - 0.5 * a.buddy_weight * buddies - PIN * a.col_pinned
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
        self.unit = max(1, int(np.gcd.reduce(a.minutes))) if a.sessions else 1
        self.picked = np.zeros(a.columns + 1, dtype=np.int64)
        self.size = 2 * a.needs + self.links

    def _kinds(self) -> Ints:
        """Per column: 0 regular, 1 newcomer, 2 experienced."""
        a = self.arrays
        return np.where(a.newcomer, 1, np.where(a.experienced, 2, 0))[a.col_volunteer]

    def start(self) -> Floats:
        """Prices to begin with: a head is worth what a place above the minimum is; all of it where nobody can come."""
        a = self.arrays
        prices = np.zeros(self.size)
        prices[: a.needs] = np.where(
            np.diff(a.col_of_need) == 0,
            a.need_weight,
            np.minimum(a.target_weight, np.where(a.need_min > 0, a.need_weight, a.target_weight)),
        )
        return prices

    def project(self, prices: Floats) -> Floats:
        needs = self.arrays.needs
        prices[needs : 2 * needs] = np.where(self.cut, np.maximum(0, prices[needs : 2 * needs]), 0)
        prices[2 * needs :] = np.maximum(0, prices[2 * needs :])
        return prices

    def _lead(self, prices: Floats) -> Floats:
        """What an experienced person in a session is worth beyond the head."""
        a, needs = self.arrays, self.arrays.needs
        lead = np.bincount(a.need_session, weights=prices[needs : 2 * needs] * a.need_min, minlength=a.sessions)
        company = np.bincount(self.link_session, weights=prices[2 * needs :], minlength=a.sessions)
        return np.asarray(lead + company, dtype=np.float64)

    def column_prices(self, prices: Floats) -> Floats:
        """What each column costs its volunteer at these prices."""
        a, needs = self.arrays, self.arrays.needs
        own = self.cost - prices[:needs][a.col_need]
        own -= np.where(self.kinds == 0, prices[needs : 2 * needs][a.col_need], 0)
        own -= np.where(self.kinds == 2, self._lead(prices)[a.col_session], 0)
        return own + np.where(self.link_of_col >= 0, prices[2 * needs :][self.link_of_col], 0) if self.links else own

    def evaluate(self, prices: Floats) -> tuple[float, Floats, Ints]:
        """The bound at these prices, its slope, and the columns of the schedules behind it."""
        a, slots, needs = self.arrays, self.slots, self.arrays.needs
        u, w, links = prices[:needs], prices[needs : 2 * needs], prices[2 * needs :]
        lead = self._lead(prices)
        total, count = _evaluate(
            *(self.cost, a.col_need, slots.of_volunteer, slots.first_col, slots.size, slots.session, slots.link),
            *(slots.near, slots.far, a.experienced, a.newcomer, a.max_sessions, a.max_minutes, a.min_rest),
            *(a.start, a.end, a.hub, a.minutes, a.travel, self.unit, float(a.fair_step), float(a.open_weight)),
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


class Ascent:
    """Deflected subgradient steps on the prices of a relaxation: `bound` only rises, `seen` counts columns picked."""

    def __init__(self, relaxation: Relaxation, target: float) -> None:
        self.relaxation, self.target = relaxation, target
        a = relaxation.arrays
        weight = np.where(a.need_min > 0, a.need_weight, a.target_weight).astype(np.float64)
        by_session = np.bincount(a.need_session, weights=weight, minlength=a.sessions)
        # prices of heavy needs move further: between none and full scaling, the root did best
        self.scale = np.sqrt(1.0 + np.concatenate([weight, weight, by_session[relaxation.link_session]]))
        self.seen = np.zeros(a.columns, dtype=np.int64)
        self.bound = -math.inf
        self.restart(relaxation.project(relaxation.start()), 1.0)

    def restart(self, prices: Floats, factor: float) -> None:
        """Go on from these prices. The bound so far stays."""
        self.prices, self.factor = prices, factor
        self.best_prices, self.best_here = prices.copy(), -math.inf
        self._direction = np.zeros(self.relaxation.size)
        self._failures = 0

    def step(self) -> None:
        value, slope, picked = self.relaxation.evaluate(self.prices)
        self.seen[picked] += 1
        if value > self.best_here + 1e-6 * abs(self.target - value):
            self.best_here, self.best_prices, self._failures = value, self.prices.copy(), 0
            self.bound = max(self.bound, value)
        else:
            self._failures += 1
            if self._failures >= 15:
                self.factor, self._failures = self.factor * 0.7, 0
                self.prices = self.best_prices.copy()
                self._direction[:] = 0
                value, slope, picked = self.relaxation.evaluate(self.prices)
        idle = self.prices <= 0
        idle[: self.relaxation.arrays.needs] = False
        slope[idle & (slope < 0)] = 0
        direction = slope + 0.7 * self._direction
        direction[idle & (direction < 0)] = 0
        self._direction = direction
        length = float((direction * self.scale) @ direction)
        if length > 1e-9:
            stride = self.factor * max(self.target - value, 1.0) / length
            self.prices = self.relaxation.project(self.prices + stride * self.scale * direction)

    @property
    def proven(self) -> int | None:
        """The bound as an integer: every objective is one. A breath is left for rounding."""
        if not math.isfinite(self.bound):
            return None
        return math.ceil(self.bound - 1e-3 - 1e-9 * abs(self.bound))
