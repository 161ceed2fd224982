"""Each volunteer's cheapest schedule at given prices: exact dynamic programs, compiled, one per volunteer."""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.linear import Floats

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
    step: int,
    wished: int,
    beyond: float,
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
                    first[base + m] = price[i] + (beyond if wished == 0 else 0.0)
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
                more = price[i]
                if counted:
                    more += step * k + (beyond if k >= wished else 0.0)
                for m in range(units[i], width):
                    first[base + m] += more
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
def cheapest_schedules(
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
    steps: Ints,
    wished: Ints,
    beyond: float,
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
            *(slots, layers, counted, room, min_rest[v], steps[v], wished[v], beyond, price, session, near, far, units),
            *(start, end, hub, travel, first, suffix, chosen),
        )
        if value + opening < 0:
            total += value + opening
            for d in range(taken):
                picked[count] = column[chosen[d]]
                count += 1
    return total, count
