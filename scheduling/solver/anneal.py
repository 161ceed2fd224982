"""Simulated annealing by insert and eject, compiled. Every hard rule holds after each step.

A move puts one column into the plan, takes out whatever that breaks (clashes, limits, a full need, an avoided
person, newcomers left without company), refills the places and people it disturbed where that pays, and is undone
as a whole unless accepted. Pinned columns never leave.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.build import Arrays, Ints

LOG = 256  # changes one move may make before it is given up
TRIES = 12  # candidates looked at to refill a place


# Rows of the tables below, so that what is read together lies together.
V, S, N, COST, PINNED = range(5)  # a column
MIN, TARGET, WEIGHT, COLS, COLS_END, MEMBERS, HEADS = range(7)  # a need
START, END, HUB, MINUTES, NEEDS, NEEDS_END, EXPERIENCED_IN, NEWCOMERS_IN = range(8)  # a session
(MAX_SESSIONS, MAX_MINUTES, REST, EXPERIENCED, NEWCOMER, BUDDIES, BUDDIES_END, AVOIDED, AVOIDED_END) = range(9)
OWN, OWN_END, HELD, COUNT, USED = range(9, 14)  # a volunteer, continued
REST_WEIGHT, FAIR, BUDDY, OPEN = range(4)  # prices


class World(NamedTuple):
    """The problem and a plan in it, as the compiled functions see them."""

    cols: Ints
    needs: Ints
    sessions: Ints
    people: Ints
    travel: Ints
    by_need: Ints  # columns ordered by need
    buddies: Ints
    avoided: Ints
    held: Ints  # columns in the plan, by volunteer
    members: Ints  # columns in the plan, by need
    prices: Ints


class State:
    """A feasible plan that can be changed a column at a time."""

    def __init__(self, arrays: Arrays) -> None:
        a = self.arrays = arrays
        held_at = _starts(np.minimum(a.max_sessions, np.diff(a.col_of_volunteer)))
        member_at = _starts(np.minimum(a.need_target, np.diff(a.col_of_need)))
        people, needs, sessions = (np.zeros(n, dtype=np.int64) for n in (a.volunteers, a.needs, a.sessions))
        self.world = World(
            cols=_rows(a.col_volunteer, a.col_session, a.col_need, a.col_cost, a.col_pinned),
            needs=_rows(
                *(a.need_min, a.need_target, a.need_weight, a.col_of_need[:-1], a.col_of_need[1:]),
                *(member_at[:-1], needs),
            ),
            sessions=_rows(
                *(a.start, a.end, a.hub, a.minutes, a.first_need[:-1], a.first_need[1:], sessions, sessions)
            ),
            people=_rows(
                *(a.max_sessions, a.max_minutes, a.min_rest, a.experienced, a.newcomer),
                *(a.buddy_at[:-1], a.buddy_at[1:], a.avoid_at[:-1], a.avoid_at[1:]),
                *(a.col_of_volunteer[:-1], a.col_of_volunteer[1:], held_at[:-1], people, people),
            ),
            travel=np.ascontiguousarray(a.travel),
            by_need=a.need_cols,
            buddies=a.buddy_list,
            avoided=a.avoid_list,
            held=np.full(held_at[-1], -1, dtype=np.int64),
            members=np.full(member_at[-1], -1, dtype=np.int64),
            prices=np.array([a.target_weight, a.fair_step, a.buddy_weight, a.open_weight], dtype=np.int64),
        )

    def columns(self) -> Ints:
        held = self.world.held
        return np.sort(held[held >= 0])

    def load(self, columns: Ints) -> None:
        """Put these columns, and no others, into the plan. They must keep every hard rule."""
        w = self.world
        w.needs[:, HEADS] = 0
        w.sessions[:, EXPERIENCED_IN:] = 0
        w.people[:, COUNT:] = 0
        w.held[:] = -1
        w.members[:] = -1
        _fill(w, columns)

    def anneal(self, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
        """Run `steps` moves while cooling from `hot` to `cold`; returns the change in cost.

        Half of the moves fill one of the needs in `focus` (the short ones), when there are any.
        """
        return int(_anneal(self.world, seed, steps, hot, cold, focus))

    def short_needs(self) -> Ints:
        return np.flatnonzero(self.world.needs[:, HEADS] < self.world.needs[:, TARGET])


def _starts(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _rows(*columns: NDArray[Any]) -> Ints:
    return np.ascontiguousarray(np.stack(columns, axis=1).astype(np.int64))


compiled = njit(cache=True, nogil=True)


@compiled  # type: ignore[untyped-decorator]
def _place_cost(w: World, n: int, heads: int) -> int:
    """What the empty places of a need cost."""
    row = w.needs[n]
    if heads < row[MIN]:
        return row[WEIGHT] * (row[MIN] - heads) + w.prices[REST_WEIGHT] * (row[TARGET] - row[MIN])
    return w.prices[REST_WEIGHT] * (row[TARGET] - heads)


@compiled  # type: ignore[untyped-decorator]
def _company(w: World, v: int, s: int) -> int:
    """How many of v's buddies (as often as named) are in session s."""
    found = 0
    for i in range(w.people[v, BUDDIES], w.people[v, BUDDIES_END]):
        other = w.people[w.buddies[i]]
        for j in range(other[HELD], other[HELD] + other[COUNT]):
            if w.cols[w.held[j], S] == s:
                found += 1
    return found


@compiled  # type: ignore[untyped-decorator]
def _price(w: World, c: int) -> int:
    """What adding this column costs as things stand."""
    v, n = w.cols[c, V], w.cols[c, N]
    count, heads = w.people[v, COUNT], w.needs[n, HEADS]
    price = w.cols[c, COST] + w.prices[FAIR] * count + _place_cost(w, n, heads + 1) - _place_cost(w, n, heads)
    if count == 0:
        price += w.prices[OPEN]
    if w.prices[BUDDY] != 0:
        price -= w.prices[BUDDY] * _company(w, v, w.cols[c, S])
    return price


@compiled  # type: ignore[untyped-decorator]
def _add(w: World, c: int) -> int:
    v, s, n = w.cols[c, V], w.cols[c, S], w.cols[c, N]
    price = _price(w, c)
    person, need, session = w.people[v], w.needs[n], w.sessions[s]
    w.held[person[HELD] + person[COUNT]] = c
    person[COUNT] += 1
    person[USED] += session[MINUTES]
    w.members[need[MEMBERS] + need[HEADS]] = c
    need[HEADS] += 1
    session[EXPERIENCED_IN] += person[EXPERIENCED]
    session[NEWCOMERS_IN] += person[NEWCOMER]
    return price


@compiled  # type: ignore[untyped-decorator]
def _forget(entries: Ints, low: int, count: int, c: int) -> None:
    """Take c out of entries[low:low + count] and close the gap."""
    last = low + count - 1
    for j in range(low, last + 1):
        if entries[j] == c:
            entries[j] = entries[last]
            break
    entries[last] = -1


@compiled  # type: ignore[untyped-decorator]
def _remove(w: World, c: int) -> int:
    v, s, n = w.cols[c, V], w.cols[c, S], w.cols[c, N]
    person, need, session = w.people[v], w.needs[n], w.sessions[s]
    _forget(w.held, person[HELD], person[COUNT], c)
    person[COUNT] -= 1
    person[USED] -= session[MINUTES]
    _forget(w.members, need[MEMBERS], need[HEADS], c)
    need[HEADS] -= 1
    session[EXPERIENCED_IN] -= person[EXPERIENCED]
    session[NEWCOMERS_IN] -= person[NEWCOMER]
    return -_price(w, c)


@compiled  # type: ignore[untyped-decorator]
def _clash(w: World, v: int, a: int, b: int) -> bool:
    if a == b:
        return True
    first, second = w.sessions[a], w.sessions[b]
    if second[START] < first[START] or (
        second[START] == first[START]
        and (second[END] < first[END] or (second[END] == first[END] and second[HUB] < first[HUB]))
    ):
        first, second = second, first
    return second[START] < first[END] + max(w.people[v, REST], w.travel[first[HUB], second[HUB]])


@compiled  # type: ignore[untyped-decorator]
def _clashing(w: World, v: int, s: int) -> int:
    """A column of v that clashes with session s, or -1."""
    for j in range(w.people[v, HELD], w.people[v, HELD] + w.people[v, COUNT]):
        if _clash(w, v, w.cols[w.held[j], S], s):
            return w.held[j]
    return -1


@compiled  # type: ignore[untyped-decorator]
def _avoids(w: World, v: int, s: int) -> int:
    """A column in session s of somebody v avoids, or -1."""
    for i in range(w.people[v, AVOIDED], w.people[v, AVOIDED_END]):
        other = w.people[w.avoided[i]]
        for j in range(other[HELD], other[HELD] + other[COUNT]):
            if w.cols[w.held[j], S] == s:
                return w.held[j]
    return -1


@compiled  # type: ignore[untyped-decorator]
def _is_full(w: World, v: int, s: int) -> bool:
    person = w.people[v]
    return person[COUNT] >= person[MAX_SESSIONS] or person[USED] + w.sessions[s, MINUTES] > person[MAX_MINUTES]


@compiled  # type: ignore[untyped-decorator]
def _fits(w: World, c: int) -> bool:
    """May this column be added as things stand?"""
    v, s, n = w.cols[c, V], w.cols[c, S], w.cols[c, N]
    if w.needs[n, HEADS] >= w.needs[n, TARGET] or _is_full(w, v, s):
        return False
    if w.people[v, NEWCOMER] and w.sessions[s, EXPERIENCED_IN] == 0:
        return False
    return _clashing(w, v, s) < 0 and _avoids(w, v, s) < 0


@compiled  # type: ignore[untyped-decorator]
def _fill(w: World, columns: Ints) -> None:
    for c in columns:
        _add(w, c)


@compiled  # type: ignore[untyped-decorator]
def _drop(w: World, c: int, log: Ints, size: int) -> tuple[int, int, bool]:
    """Take c out, and newcomers who lose their company with it. Returns (change, log size, whether allowed)."""
    if w.cols[c, PINNED] or size + 1 >= LOG:
        return 0, size, False
    change = _remove(w, c)
    log[size] = -c - 1
    size += 1
    session = w.sessions[w.cols[c, S]]
    if session[NEWCOMERS_IN] > 0 and session[EXPERIENCED_IN] == 0:
        for n in range(session[NEEDS], session[NEEDS_END]):
            for j in range(w.needs[n, MEMBERS] + w.needs[n, HEADS] - 1, w.needs[n, MEMBERS] - 1, -1):
                other = w.members[j]
                if w.people[w.cols[other, V], NEWCOMER]:
                    if w.cols[other, PINNED] or size + 1 >= LOG:
                        return change, size, False
                    change += _remove(w, other)
                    log[size] = -other - 1
                    size += 1
    return change, size, True


@compiled  # type: ignore[untyped-decorator]
def _victim(w: World, c: int) -> int:
    """A column to take out before c fits; -1 when none is in the way, -2 when none would help."""
    v, s, n = w.cols[c, V], w.cols[c, S], w.cols[c, N]
    found = _clashing(w, v, s)
    if found >= 0:
        return found
    person, need = w.people[v], w.needs[n]
    if _is_full(w, v, s):
        return w.held[person[HELD] + np.random.randint(person[COUNT])] if person[COUNT] > 0 else -2
    if need[HEADS] >= need[TARGET]:
        return w.members[need[MEMBERS] + np.random.randint(need[HEADS])] if need[HEADS] > 0 else -2
    return _avoids(w, v, s)


@compiled  # type: ignore[untyped-decorator]
def _make_room(w: World, c: int, log: Ints) -> tuple[int, int, bool]:
    """Take out whatever keeps c from fitting. Returns (change, log size, whether c fits now)."""
    total, size = 0, 0
    victim = _victim(w, c)
    while victim >= 0:
        change, size, allowed = _drop(w, victim, log, size)
        total += change
        if not allowed:
            return total, size, False
        victim = _victim(w, c)
    company = not w.people[w.cols[c, V], NEWCOMER] or w.sessions[w.cols[c, S], EXPERIENCED_IN] > 0
    return total, size, victim == -1 and company


@compiled  # type: ignore[untyped-decorator]
def _best_fit(w: World, pool: Ints, low: int, high: int, forbidden: int) -> int:
    """The most saving of a few random columns of pool[low:high] that fit as things stand, or -1."""
    best, found, size = 0, -1, high - low
    for k in range(min(TRIES, size)):
        c = pool[low + k] if size <= TRIES else pool[low + np.random.randint(size)]
        if c != forbidden and _fits(w, c):
            price = _price(w, c)
            if price < best:
                best, found = price, c
    return found


@compiled  # type: ignore[untyped-decorator]
def _undo(w: World, log: Ints, size: int) -> None:
    for k in range(size - 1, -1, -1):
        if log[k] >= 0:
            _remove(w, log[k])
        else:
            _add(w, -log[k] - 1)


@compiled  # type: ignore[untyped-decorator]
def _insert(w: World, c: int, temperature: float, log: Ints, everyone: Ints) -> int:
    total, size, fits = _make_room(w, c, log)
    if fits:
        ejected = size
        total += _add(w, c)
        log[size] = c
        size += 1
        for k in range(ejected):  # refill the places that were left, then the people
            gone = -log[k] - 1
            v, n = w.cols[gone, V], w.cols[gone, N]
            if size + 2 >= LOG:
                break
            extra = _best_fit(w, w.by_need, w.needs[n, COLS], w.needs[n, COLS_END], gone)
            if extra >= 0:
                total += _add(w, extra)
                log[size] = extra
                size += 1
            extra = _best_fit(w, everyone, w.people[v, OWN], w.people[v, OWN_END], gone)
            if extra >= 0:
                total += _add(w, extra)
                log[size] = extra
                size += 1
        if total <= 0 or np.random.random() < np.exp(-total / temperature):
            return total
    _undo(w, log, size)
    return 0


@compiled  # type: ignore[untyped-decorator]
def _withdraw(w: World, c: int, temperature: float, log: Ints) -> int:
    change, size, allowed = _drop(w, c, log, 0)
    if allowed and (change <= 0 or np.random.random() < np.exp(-change / temperature)):
        return change
    _undo(w, log, size)
    return 0


@compiled  # type: ignore[untyped-decorator]
def _anneal(w: World, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
    np.random.seed(seed)
    columns, total = len(w.cols), 0
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
            need = w.needs[focus[np.random.randint(len(focus))]]
            size = need[COLS_END] - need[COLS]
            if size > 0:
                c = w.by_need[need[COLS] + np.random.randint(size)]
        person = w.people[w.cols[c, V]]
        held = False
        for j in range(person[HELD], person[HELD] + person[COUNT]):
            held = held or w.held[j] == c
        if not held:
            total += _insert(w, c, temperature, log, everyone)
        elif np.random.random() < 0.05:
            total += _withdraw(w, c, temperature, log)
    return total


def warm_up(arrays: Arrays, columns: Ints) -> None:
    """Compile (or load from the cache) everything above on a small problem."""
    state = State(arrays)
    state.load(columns)
    state.anneal(0, 10, 10.0, 1.0, state.short_needs())
