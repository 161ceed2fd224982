"""Simulated annealing by insert and eject, compiled. Every hard rule holds after each step.

A move puts one column into the plan, takes out whatever that breaks (clashes, limits, a full need, an avoided
person, newcomers left without company), refills the places and people it disturbed where that pays, and is undone
as a whole unless accepted. Pinned columns never leave.

The compiled functions see one flat array, `w`: passing many arrays about costs more than the moves themselves. A
column, need, session or person is the address of its row in it, and `w[person + COUNT]` a field of that row.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from scheduling.solver.build import Arrays, Ints

LOG = 256  # changes one move may make before it is given up
TRIES = 12  # candidates looked at to refill a place

# The head of w: prices, then where the tables begin.
REST_WEIGHT, BEYOND, BUDDY, OPEN, HUBS, TRAVEL, COLS, COL_COUNT, HEAD = range(9)
# Fields of a row, by table.
PERSON, SESSION, NEED, COST, PINNED, COL_FIELDS = range(6)
MIN, TARGET, WEIGHT, CANDIDATES, CANDIDATES_END, MEMBERS, HEADS, NEED_FIELDS = range(8)
START, END, HUB, MINUTES, NEEDS, NEEDS_END, EXPERIENCED_IN, NEWCOMERS_IN, SESSION_FIELDS = range(9)
MAX_SESSIONS, MAX_MINUTES, REST, EXPERIENCED, NEWCOMER, BUDDIES, BUDDIES_END, AVOIDED, AVOIDED_END = range(9)
OWN, OWN_END, HELD, STEP, WISHED, COUNT, USED, PERSON_FIELDS = range(9, 17)


class State:
    """A feasible plan that can be changed a column at a time."""

    def __init__(self, arrays: Arrays) -> None:
        a = self.arrays = arrays
        sizes = {
            "travel": a.travel.size,
            "cols": a.columns * COL_FIELDS,
            "needs": a.needs * NEED_FIELDS,
            "sessions": a.sessions * SESSION_FIELDS,
            "people": a.volunteers * PERSON_FIELDS,
            "by_need": a.columns,
            "buddies": len(a.buddy_list),
            "avoided": len(a.avoid_list),
            "held": int(np.minimum(a.max_sessions, np.diff(a.col_of_volunteer)).sum()),
            "members": int(np.minimum(a.need_target, np.diff(a.col_of_need)).sum()),
        }
        ends = np.cumsum([HEAD, *sizes.values()]).tolist()
        at = self.at = dict(zip(sizes, ends, strict=False))
        self.w: Ints = np.zeros(ends[-1], dtype=np.int64)
        self._views = {name: self.w[low : low + sizes[name]] for name, low in at.items()}
        people, needs, sessions = (
            at["people"] + PERSON_FIELDS * np.arange(a.volunteers),
            at["needs"] + NEED_FIELDS * np.arange(a.needs + 1),
            at["sessions"] + SESSION_FIELDS * np.arange(a.sessions),
        )
        self.w[:HEAD] = (
            *(a.target_weight, a.beyond_weight, a.buddy_weight, a.open_weight),
            *(len(a.travel), at["travel"], at["cols"], a.columns),
        )
        self._views["travel"][:] = a.travel.ravel()
        cols, column_address = self._rows("cols", COL_FIELDS), at["cols"] + COL_FIELDS * np.arange(a.columns + 1)
        _set(cols, people[a.col_volunteer], sessions[a.col_session], needs[a.col_need], a.col_cost, a.col_pinned)
        candidates = at["by_need"] + a.col_of_need
        members = at["members"] + _starts(np.minimum(a.need_target, np.diff(a.col_of_need)))
        rows = self._rows("needs", NEED_FIELDS)
        _set(rows, a.need_min, a.need_target, a.need_weight, candidates[:-1], candidates[1:], members[:-1])
        firsts = needs[a.first_need]
        rows = self._rows("sessions", SESSION_FIELDS)
        _set(rows, a.start, a.end, a.hub, a.minutes, firsts[:-1], firsts[1:])
        buddies, avoided = at["buddies"] + a.buddy_at, at["avoided"] + a.avoid_at
        held = at["held"] + _starts(np.minimum(a.max_sessions, np.diff(a.col_of_volunteer)))
        own = column_address[a.col_of_volunteer]
        rows = self._rows("people", PERSON_FIELDS)
        _set(rows, a.max_sessions, a.max_minutes, a.min_rest, a.experienced, a.newcomer, buddies[:-1], buddies[1:])
        _set(rows[:, AVOIDED:], avoided[:-1], avoided[1:], own[:-1], own[1:], held[:-1], a.step, a.wished)
        self._views["by_need"][:] = column_address[a.need_cols]
        self._views["buddies"][:] = people[a.buddy_list]
        self._views["avoided"][:] = people[a.avoid_list]
        self._column_address = column_address
        self._need_address = needs

    def _rows(self, table: str, fields: int) -> Ints:
        return self._views[table].reshape(-1, fields)

    def columns(self) -> Ints:
        held = self._views["held"]
        return np.sort((held[held > 0] - self.at["cols"]) // COL_FIELDS)

    def load(self, columns: Ints) -> None:
        """Put these columns, and no others, into the plan. They must keep every hard rule."""
        self._rows("needs", NEED_FIELDS)[:, HEADS] = 0
        self._rows("sessions", SESSION_FIELDS)[:, EXPERIENCED_IN:] = 0
        self._rows("people", PERSON_FIELDS)[:, COUNT:] = 0
        self._views["held"][:] = 0
        self._views["members"][:] = 0
        _fill(self.w, self._column_address[columns])

    def anneal(self, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
        """Run `steps` moves while cooling from `hot` to `cold`; returns the change in cost.

        Half of the moves fill one of the needs in `focus` (the short ones), when there are any.
        """
        return int(_anneal(self.w, seed, steps, hot, cold, self._need_address[focus]))

    def short_needs(self) -> Ints:
        rows = self._rows("needs", NEED_FIELDS)
        return np.flatnonzero(rows[:, HEADS] < rows[:, TARGET])


def _starts(sizes: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)


def _set(rows: Ints, *values: NDArray[Any]) -> None:
    for i, value in enumerate(values):
        rows[:, i] = value


compiled = njit(cache=True, nogil=True)


@compiled
def _place_cost(w: Ints, need: int, heads: int) -> int:
    """What the empty places of a need cost."""
    if heads < w[need + MIN]:
        return w[need + WEIGHT] * (w[need + MIN] - heads) + w[REST_WEIGHT] * (w[need + TARGET] - w[need + MIN])
    return w[REST_WEIGHT] * (w[need + TARGET] - heads)


@compiled
def _found_in(w: Ints, person: int, session: int) -> int:
    """The column by which this person is in this session, or -1."""
    for j in range(w[person + HELD], w[person + HELD] + w[person + COUNT]):
        if w[w[j] + SESSION] == session:
            return w[j]
    return -1


@compiled
def _price(w: Ints, c: int) -> int:
    """What adding this column costs as things stand."""
    person, need = w[c + PERSON], w[c + NEED]
    count, heads = w[person + COUNT], w[need + HEADS]
    price = w[c + COST] + w[person + STEP] * count + _place_cost(w, need, heads + 1) - _place_cost(w, need, heads)
    if count == 0:
        price += w[OPEN]
    if count >= w[person + WISHED]:
        price += w[BEYOND]
    for i in range(w[person + BUDDIES], w[person + BUDDIES_END]):
        if _found_in(w, w[i], w[c + SESSION]) >= 0:
            price -= w[BUDDY]
    return price


@compiled
def _add(w: Ints, c: int) -> int:
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    price = _price(w, c)
    w[w[person + HELD] + w[person + COUNT]] = c
    w[person + COUNT] += 1
    w[person + USED] += w[session + MINUTES]
    w[w[need + MEMBERS] + w[need + HEADS]] = c
    w[need + HEADS] += 1
    w[session + EXPERIENCED_IN] += w[person + EXPERIENCED]
    w[session + NEWCOMERS_IN] += w[person + NEWCOMER]
    return price


@compiled
def _forget(w: Ints, low: int, count: int, c: int) -> None:
    """Take c out of the list w[low:low + count] and close the gap."""
    last = low + count - 1
    for j in range(low, last + 1):
        if w[j] == c:
            w[j] = w[last]
            break
    w[last] = 0


@compiled
def _remove(w: Ints, c: int) -> int:
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    _forget(w, w[person + HELD], w[person + COUNT], c)
    w[person + COUNT] -= 1
    w[person + USED] -= w[session + MINUTES]
    _forget(w, w[need + MEMBERS], w[need + HEADS], c)
    w[need + HEADS] -= 1
    w[session + EXPERIENCED_IN] -= w[person + EXPERIENCED]
    w[session + NEWCOMERS_IN] -= w[person + NEWCOMER]
    return -_price(w, c)


@compiled
def _clash(w: Ints, person: int, first: int, second: int) -> bool:
    if first == second:
        return True
    if w[second + START] < w[first + START] or (
        w[second + START] == w[first + START]
        and (
            w[second + END] < w[first + END] or (w[second + END] == w[first + END] and w[second + HUB] < w[first + HUB])
        )
    ):
        first, second = second, first
    way = w[w[TRAVEL] + w[HUBS] * w[first + HUB] + w[second + HUB]]
    return w[second + START] < w[first + END] + max(w[person + REST], way)


@compiled
def _clashing(w: Ints, person: int, session: int) -> int:
    """A column of this person that clashes with the session, or -1."""
    for j in range(w[person + HELD], w[person + HELD] + w[person + COUNT]):
        if _clash(w, person, w[w[j] + SESSION], session):
            return w[j]
    return -1


@compiled
def _avoids(w: Ints, person: int, session: int) -> int:
    """A column in this session of somebody whom this person avoids, or -1."""
    for i in range(w[person + AVOIDED], w[person + AVOIDED_END]):
        found = _found_in(w, w[i], session)
        if found >= 0:
            return found
    return -1


@compiled
def _is_full(w: Ints, person: int, session: int) -> bool:
    if w[person + COUNT] >= w[person + MAX_SESSIONS]:
        return True
    return w[person + USED] + w[session + MINUTES] > w[person + MAX_MINUTES]


@compiled
def _fits(w: Ints, c: int) -> bool:
    """May this column be added as things stand?"""
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    if w[need + HEADS] >= w[need + TARGET] or _is_full(w, person, session):
        return False
    if w[person + NEWCOMER] and w[session + EXPERIENCED_IN] == 0:
        return False
    return _clashing(w, person, session) < 0 and _avoids(w, person, session) < 0


@compiled
def _fill(w: Ints, columns: Ints) -> None:
    for c in columns:
        _add(w, c)


@compiled
def _drop(w: Ints, c: int, log: Ints, size: int) -> tuple[int, int, bool]:
    """Take c out, and newcomers who lose their company with it. Returns (change, log size, whether allowed)."""
    if w[c + PINNED] or size + 1 >= LOG:
        return 0, size, False
    change = _remove(w, c)
    log[size] = -c
    size += 1
    session = w[c + SESSION]
    if w[session + NEWCOMERS_IN] > 0 and w[session + EXPERIENCED_IN] == 0:
        for need in range(w[session + NEEDS], w[session + NEEDS_END], NEED_FIELDS):
            for j in range(w[need + MEMBERS] + w[need + HEADS] - 1, w[need + MEMBERS] - 1, -1):
                other = w[j]
                if w[w[other + PERSON] + NEWCOMER]:
                    if w[other + PINNED] or size + 1 >= LOG:
                        return change, size, False
                    change += _remove(w, other)
                    log[size] = -other
                    size += 1
    return change, size, True


@compiled
def _victim(w: Ints, c: int) -> int:
    """A column to take out before c fits; -1 when none is in the way, -2 when none would help."""
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    found = _clashing(w, person, session)
    if found >= 0:
        return found
    if _is_full(w, person, session):
        return w[w[person + HELD] + np.random.randint(w[person + COUNT])] if w[person + COUNT] > 0 else -2
    if w[need + HEADS] >= w[need + TARGET]:
        return w[w[need + MEMBERS] + np.random.randint(w[need + HEADS])] if w[need + HEADS] > 0 else -2
    return _avoids(w, person, session)


@compiled
def _make_room(w: Ints, c: int, log: Ints) -> tuple[int, int, bool]:
    """Take out whatever keeps c from fitting. Returns (change, log size, whether c fits now)."""
    total, size = 0, 0
    victim = _victim(w, c)
    while victim >= 0:
        change, size, allowed = _drop(w, victim, log, size)
        total += change
        if not allowed:
            return total, size, False
        victim = _victim(w, c)
    company = not w[w[c + PERSON] + NEWCOMER] or w[w[c + SESSION] + EXPERIENCED_IN] > 0
    return total, size, victim == -1 and company


@compiled
def _best_fit(w: Ints, low: int, size: int, listed: bool, forbidden: int) -> int:
    """The most saving of a few random columns that fit as things stand, or -1.

    The columns are those in the list w[low:low + size], or (not listed) the `size` rows from address `low` on.
    """
    best, found = 0, -1
    for k in range(min(TRIES, size)):
        i = k if size <= TRIES else np.random.randint(size)
        c = w[low + i] if listed else low + i * COL_FIELDS
        if c != forbidden and _fits(w, c):
            price = _price(w, c)
            if price < best:
                best, found = price, c
    return found


@compiled
def _undo(w: Ints, log: Ints, size: int) -> None:
    for k in range(size - 1, -1, -1):
        if log[k] > 0:
            _remove(w, log[k])
        else:
            _add(w, -log[k])


@compiled
def _insert(w: Ints, c: int, temperature: float, log: Ints) -> int:
    total, size, fits = _make_room(w, c, log)
    if fits:
        ejected = size
        total += _add(w, c)
        log[size] = c
        size += 1
        for k in range(ejected):  # refill the places that were left, then the people
            gone = -log[k]
            person, need = w[gone + PERSON], w[gone + NEED]
            if size + 2 >= LOG:
                break
            low = w[need + CANDIDATES]
            extra = _best_fit(w, low, w[need + CANDIDATES_END] - low, True, gone)
            if extra >= 0:
                total += _add(w, extra)
                log[size] = extra
                size += 1
            low = w[person + OWN]
            extra = _best_fit(w, low, (w[person + OWN_END] - low) // COL_FIELDS, False, gone)
            if extra >= 0:
                total += _add(w, extra)
                log[size] = extra
                size += 1
        if total <= 0 or np.random.random() < np.exp(-total / temperature):
            return total
    _undo(w, log, size)
    return 0


@compiled
def _withdraw(w: Ints, c: int, temperature: float, log: Ints) -> int:
    change, size, allowed = _drop(w, c, log, 0)
    if allowed and (change <= 0 or np.random.random() < np.exp(-change / temperature)):
        return change
    _undo(w, log, size)
    return 0


@compiled
def _anneal(w: Ints, seed: int, steps: int, hot: float, cold: float, focus: Ints) -> int:
    np.random.seed(seed)
    total = 0
    if w[COL_COUNT] == 0:
        return 0
    log = np.zeros(LOG, dtype=np.int64)
    cooling = (cold / hot) ** (1.0 / max(1, steps))
    temperature = hot
    for _ in range(steps):
        temperature *= cooling
        c = w[COLS] + COL_FIELDS * np.random.randint(w[COL_COUNT])
        if len(focus) > 0 and np.random.random() < 0.5:
            need = focus[np.random.randint(len(focus))]
            size = w[need + CANDIDATES_END] - w[need + CANDIDATES]
            if size > 0:
                c = w[w[need + CANDIDATES] + np.random.randint(size)]
        if _found_in(w, w[c + PERSON], w[c + SESSION]) != c:
            total += _insert(w, c, temperature, log)
        elif np.random.random() < 0.05:
            total += _withdraw(w, c, temperature, log)
    return total


def warm_up(arrays: Arrays, columns: Ints) -> None:
    """Compile (or load from the cache) everything above on a small problem."""
    state = State(arrays)
    state.load(columns)
    state.anneal(0, 10, 10.0, 1.0, state.short_needs())
