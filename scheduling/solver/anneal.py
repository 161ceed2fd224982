"""Simulated annealing by insert and eject, compiled. Every hard rule holds after each step.

A move puts one column into the plan, takes out whatever that breaks (clashes, limits, a full need, an avoided
person, newcomers left without company), refills the places and people it disturbed where that pays, and is undone
as a whole unless accepted. Pinned columns never leave.
"""

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.build import Arrays, Flags, Ints

LOG = 256  # steps one move may take before it is given up
STEPS = 20_000  # moves between two looks at the clock


def _table(arrays: Arrays) -> tuple[Any, ...]:
    """The arrays the compiled functions read, in the order in which `_T` unpacks them."""
    a = arrays
    return (
        *(a.col_volunteer, a.col_session, a.col_need, a.col_cost, a.col_pinned),
        *(a.col_of_volunteer, a.col_of_need, a.need_cols),
        *(a.need_min, a.need_target, a.need_weight),
        *(a.start, a.end, a.hub, a.minutes, a.travel),
        *(a.max_sessions, a.max_minutes, a.min_rest, a.experienced, a.newcomer),
        *(a.buddy_at, a.buddy_list, a.avoid_at, a.avoid_list, a.first_need),
        np.array([a.target_weight, a.fair_step, a.buddy_weight, a.open_weight], dtype=np.int64),
    )


class State:
    """A feasible plan that can be changed a column at a time."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.table = _table(arrays)
        sizes = np.minimum(arrays.max_sessions, np.diff(arrays.col_of_volunteer))
        self.held_at = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.held = np.full(self.held_at[-1], -1, dtype=np.int64)
        places = np.minimum(arrays.need_target, np.diff(arrays.col_of_need))
        self.member_at = np.concatenate([[0], np.cumsum(places)]).astype(np.int64)
        self.members = np.full(self.member_at[-1], -1, dtype=np.int64)
        self.count = np.zeros(arrays.volunteers, dtype=np.int64)
        self.used_minutes = np.zeros(arrays.volunteers, dtype=np.int64)
        self.heads = np.zeros(arrays.needs, dtype=np.int64)
        self.experienced_in = np.zeros(arrays.sessions, dtype=np.int64)
        self.newcomers_in = np.zeros(arrays.sessions, dtype=np.int64)

    @property
    def _parts(self) -> tuple[NDArray[Any], ...]:
        return (
            *(self.held_at, self.held, self.member_at, self.members),
            *(self.count, self.used_minutes, self.heads, self.experienced_in, self.newcomers_in),
        )

    def columns(self) -> Ints:
        return np.sort(self.held[self.held >= 0])

    def load(self, columns: Ints) -> None:
        """Put these columns, and no others, into the plan. They must keep every hard rule."""
        for part in (self.count, self.used_minutes, self.heads, self.experienced_in, self.newcomers_in):
            part[:] = 0
        self.held[:] = -1
        self.members[:] = -1
        _fill(self.table, self._parts, columns)

    def anneal(self, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
        """Run `steps` moves while cooling from `hot` to `cold`; returns the change in cost.

        Half of the moves fill one of the needs in `focus` (the short ones), when there are any.
        """
        return int(_anneal(self.table, self._parts, seed, steps, hot, cold, focus))

    def short_needs(self) -> Ints:
        return np.flatnonzero(self.heads < self.arrays.need_target)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _place_cost(t: Any, n: int, heads: int) -> int:
    low, high, weight, rest = t[8][n], t[9][n], t[10][n], t[26][0]
    if heads < low:
        return weight * (low - heads) + rest * (high - low)
    return rest * (high - heads)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _share(t: Any, p: Any, v: int, s: int) -> int:
    """How many of v's buddies (as often as named) are in session s."""
    at, listed = t[21], t[22]
    held_at, held, count = p[0], p[1], p[4]
    found = 0
    for i in range(at[v], at[v + 1]):
        w = listed[i]
        for j in range(held_at[w], held_at[w] + count[w]):
            if t[1][held[j]] == s:
                found += 1
    return found


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _add(t: Any, p: Any, c: int) -> int:
    held_at, held, member_at, members, count, used, heads, experienced_in, newcomers_in = p
    v, s, n = t[0][c], t[1][c], t[2][c]
    prices = t[26]
    change = t[3][c] + prices[1] * count[v] + _place_cost(t, n, heads[n] + 1) - _place_cost(t, n, heads[n])
    if count[v] == 0:
        change += prices[3]
    if prices[2] != 0:
        change -= prices[2] * _share(t, p, v, s)
    held[held_at[v] + count[v]] = c
    count[v] += 1
    used[v] += t[14][s]
    members[member_at[n] + heads[n]] = c
    heads[n] += 1
    if t[19][v]:
        experienced_in[s] += 1
    if t[20][v]:
        newcomers_in[s] += 1
    return change


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _remove(t: Any, p: Any, c: int) -> int:
    held_at, held, member_at, members, count, used, heads, experienced_in, newcomers_in = p
    v, s, n = t[0][c], t[1][c], t[2][c]
    prices = t[26]
    last = held_at[v] + count[v] - 1
    for j in range(held_at[v], last + 1):
        if held[j] == c:
            held[j] = held[last]
            break
    held[last] = -1
    count[v] -= 1
    used[v] -= t[14][s]
    last = member_at[n] + heads[n] - 1
    for j in range(member_at[n], last + 1):
        if members[j] == c:
            members[j] = members[last]
            break
    members[last] = -1
    heads[n] -= 1
    if t[19][v]:
        experienced_in[s] -= 1
    if t[20][v]:
        newcomers_in[s] -= 1
    change = -t[3][c] - prices[1] * count[v] + _place_cost(t, n, heads[n]) - _place_cost(t, n, heads[n] + 1)
    if count[v] == 0:
        change -= prices[3]
    if prices[2] != 0:
        change += prices[2] * _share(t, p, v, s)
    return change


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _clash(t: Any, v: int, a: int, b: int) -> bool:
    if a == b:
        return True
    start, end, hub = t[11], t[12], t[13]
    if (start[b], end[b], hub[b]) < (start[a], end[a], hub[a]):
        a, b = b, a
    return start[b] < end[a] + max(t[18][v], t[15][hub[a], hub[b]])


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _avoids(t: Any, p: Any, v: int, s: int) -> int:
    """A column in session s of somebody v avoids, or -1."""
    at, listed = t[23], t[24]
    for i in range(at[v], at[v + 1]):
        w = listed[i]
        for j in range(p[0][w], p[0][w] + p[4][w]):
            if t[1][p[1][j]] == s:
                return p[1][j]
    return -1


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _fits(t: Any, p: Any, c: int) -> bool:
    """May this column be added as things stand?"""
    v, s, n = t[0][c], t[1][c], t[2][c]
    if p[6][n] >= t[9][n] or p[4][v] >= t[16][v] or p[5][v] + t[14][s] > t[17][v]:
        return False
    for j in range(p[0][v], p[0][v] + p[4][v]):
        if _clash(t, v, t[1][p[1][j]], s):
            return False
    if t[20][v] and p[7][s] == 0:
        return False
    return _avoids(t, p, v, s) < 0


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _fill(t: Any, p: Any, columns: Any) -> None:
    for c in columns:
        _add(t, p, c)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _refill(t: Any, p: Any, pool: Any, low: int, high: int, tries: int, forbidden: int) -> int:
    """The most saving column among a few random ones of pool[low:high] that fits as things stand, or -1."""
    best, found = 0, -1
    size = high - low
    if size <= 0:
        return -1
    for k in range(min(tries, size)):
        c = pool[low + k] if size <= tries else pool[low + np.random.randint(size)]
        v, n = t[0][c], t[2][c]
        if c == forbidden or not _fits(t, p, c):
            continue
        change = t[3][c] + t[26][1] * p[4][v] + _place_cost(t, n, p[6][n] + 1) - _place_cost(t, n, p[6][n])
        if p[4][v] == 0:
            change += t[26][3]
        if change < best:
            best, found = change, c
    return found


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _drop(t: Any, p: Any, c: int, log: Any, size: int) -> tuple[int, int]:
    """Take c out, and the newcomers who lose their company with it. Returns (change, log size), size -1 if barred."""
    if t[4][c] or size + 64 >= LOG:
        return 0, -1
    change = _remove(t, p, c)
    log[size] = -c - 1
    size += 1
    s = t[1][c]
    if p[8][s] > 0 and p[7][s] == 0:
        for n in range(t[25][s], t[25][s + 1]):
            j = p[2][n] + p[6][n] - 1
            while j >= p[2][n]:
                other = p[3][j]
                if t[20][t[0][other]]:
                    if t[4][other] or size + 2 >= LOG:
                        return change, -size - 2
                    change += _remove(t, p, other)
                    log[size] = -other - 1
                    size += 1
                j -= 1
    return change, size


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _make_room(t: Any, p: Any, c: int, log: Any) -> tuple[int, int, bool]:
    """Take out whatever keeps c from fitting. Returns (change, log size, whether c fits now)."""
    v, s, n = t[0][c], t[1][c], t[2][c]
    total, size = 0, 0
    while True:
        victim = -1
        for j in range(p[0][v], p[0][v] + p[4][v]):
            if _clash(t, v, t[1][p[1][j]], s):
                victim = p[1][j]
                break
        if victim < 0 and (p[4][v] >= t[16][v] or p[5][v] + t[14][s] > t[17][v]):
            if p[4][v] == 0:
                return total, size, False
            victim = p[1][p[0][v] + np.random.randint(p[4][v])]
        if victim < 0 and p[6][n] >= t[9][n]:
            if p[6][n] == 0:
                return total, size, False
            victim = p[3][p[2][n] + np.random.randint(p[6][n])]
        if victim < 0:
            victim = _avoids(t, p, v, s)
        if victim < 0:
            break
        change, after = _drop(t, p, victim, log, size)
        total += change
        if after < 0:
            return total, size if after == -1 else -after - 2, False
        size = after
    return total, size, not (t[20][v] and p[7][s] == 0)


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _move(t: Any, p: Any, c: int, temperature: float, log: Any, everyone: Any) -> int:
    total, size, fits = _make_room(t, p, c, log)
    if fits:
        total += _add(t, p, c)
        log[size] = c
        size += 1
        ejected = size - 1
        for k in range(ejected):
            if size + 4 >= LOG:
                break
            gone = -log[k] - 1
            n = t[2][gone]
            extra = _refill(t, p, t[7], t[6][n], t[6][n + 1], 12, gone)
            if extra >= 0:
                total += _add(t, p, extra)
                log[size] = extra
                size += 1
            v = t[0][gone]
            if v != t[0][c] or ejected > 1:
                extra = _refill(t, p, everyone, t[5][v], t[5][v + 1], 12, gone)
                if extra >= 0:
                    total += _add(t, p, extra)
                    log[size] = extra
                    size += 1
        if total <= 0 or np.random.random() < np.exp(-total / temperature):
            return total
    while size > 0:
        size -= 1
        if log[size] >= 0:
            _remove(t, p, log[size])
        else:
            _add(t, p, -log[size] - 1)
    return 0


@njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
def _anneal(t: Any, p: Any, seed: int, steps: int, hot: float, cold: float, focus: Any) -> int:
    np.random.seed(seed)
    columns, total = len(t[0]), 0
    if columns == 0:
        return 0
    log = np.zeros(LOG, dtype=np.int64)
    everyone = np.arange(columns)
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    temperature = hot
    for _ in range(steps):
        temperature *= cooling
        c = np.random.randint(columns)
        if len(focus) > 0 and np.random.random() < 0.5:
            n = focus[np.random.randint(len(focus))]
            size = t[6][n + 1] - t[6][n]
            if size > 0:
                c = t[7][t[6][n] + np.random.randint(size)]
        held = False
        for j in range(p[0][t[0][c]], p[0][t[0][c]] + p[4][t[0][c]]):
            if p[1][j] == c:
                held = True
                break
        if held:
            if np.random.random() < 0.05 and not t[4][c]:
                change, size = _drop(t, p, c, log, 0)
                after = size if size >= 0 else (0 if size == -1 else -size - 2)
                if size >= 0 and (change <= 0 or np.random.random() < np.exp(-change / temperature)):
                    total += change
                else:
                    while after > 0:
                        after -= 1
                        _add(t, p, -log[after] - 1)
            continue
        total += _move(t, p, c, temperature, log, everyone)
    return total


def warm_up(arrays: Arrays, columns: Ints) -> None:
    """Compile (or load from the cache) everything above on a small problem."""
    state = State(arrays)
    state.load(columns)
    state.anneal(0, 10, 10.0, 1.0, state.short_needs())


__all__ = ["Flags", "State", "warm_up"]
