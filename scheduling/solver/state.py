"""A feasible plan that can be changed a column at a time, compiled: whether a column fits, what it costs, add, remove.

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

    def addresses(self, needs: Ints) -> Ints:
        return self._need_address[needs]

    def short_needs(self) -> Ints:
        rows = self._rows("needs", NEED_FIELDS)
        return np.flatnonzero(rows[:, HEADS] < rows[:, TARGET])

    def needs_below_minimum(self) -> Ints:
        rows = self._rows("needs", NEED_FIELDS)
        return np.flatnonzero(rows[:, HEADS] < rows[:, MIN])

    def set_weights(self, weights: Ints) -> None:
        """What a head missing to each need's minimum costs from now on."""
        self._rows("needs", NEED_FIELDS)[:, WEIGHT] = weights


class Builder(State):
    """A plan that grows, a column that fits after the other."""

    def take(self, columns: Ints) -> None:
        """Those of these columns that fit, in this order."""
        _take(self.w, self._column_address[columns])

    def fill(self, needs: Ints, wanted: Ints, by_need: Ints) -> None:
        """Each need in this order up to the heads wanted, by its columns as `by_need` has them, while that saves."""
        _fill_needs(self.w, self._need_address[needs], wanted[needs], self.arrays.col_of_need[needs],
                    self.arrays.col_of_need[needs + 1], self._column_address[by_need])  # fmt: skip


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
def found_in(w: Ints, person: int, session: int) -> int:
    """The column by which this person is in this session, or -1."""
    for j in range(w[person + HELD], w[person + HELD] + w[person + COUNT]):
        if w[w[j] + SESSION] == session:
            return w[j]
    return -1


@compiled
def price(w: Ints, c: int) -> int:
    """What adding this column costs as things stand."""
    person, need = w[c + PERSON], w[c + NEED]
    count, heads = w[person + COUNT], w[need + HEADS]
    cost = w[c + COST] + w[person + STEP] * count + _place_cost(w, need, heads + 1) - _place_cost(w, need, heads)
    if count == 0:
        cost += w[OPEN]
    if count >= w[person + WISHED]:
        cost += w[BEYOND]
    for i in range(w[person + BUDDIES], w[person + BUDDIES_END]):
        if found_in(w, w[i], w[c + SESSION]) >= 0:
            cost -= w[BUDDY]
    return cost


@compiled
def add(w: Ints, c: int) -> int:
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    cost = price(w, c)
    w[w[person + HELD] + w[person + COUNT]] = c
    w[person + COUNT] += 1
    w[person + USED] += w[session + MINUTES]
    w[w[need + MEMBERS] + w[need + HEADS]] = c
    w[need + HEADS] += 1
    w[session + EXPERIENCED_IN] += w[person + EXPERIENCED]
    w[session + NEWCOMERS_IN] += w[person + NEWCOMER]
    return cost


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
def remove(w: Ints, c: int) -> int:
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    _forget(w, w[person + HELD], w[person + COUNT], c)
    w[person + COUNT] -= 1
    w[person + USED] -= w[session + MINUTES]
    _forget(w, w[need + MEMBERS], w[need + HEADS], c)
    w[need + HEADS] -= 1
    w[session + EXPERIENCED_IN] -= w[person + EXPERIENCED]
    w[session + NEWCOMERS_IN] -= w[person + NEWCOMER]
    return -price(w, c)


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
def clashing(w: Ints, person: int, session: int) -> int:
    """A column of this person that clashes with the session, or -1."""
    for j in range(w[person + HELD], w[person + HELD] + w[person + COUNT]):
        if _clash(w, person, w[w[j] + SESSION], session):
            return w[j]
    return -1


@compiled
def avoids(w: Ints, person: int, session: int) -> int:
    """A column in this session of somebody whom this person avoids, or -1."""
    for i in range(w[person + AVOIDED], w[person + AVOIDED_END]):
        found = found_in(w, w[i], session)
        if found >= 0:
            return found
    return -1


@compiled
def is_full(w: Ints, person: int, session: int) -> bool:
    if w[person + COUNT] >= w[person + MAX_SESSIONS]:
        return True
    return w[person + USED] + w[session + MINUTES] > w[person + MAX_MINUTES]


@compiled
def fits(w: Ints, c: int) -> bool:
    """May this column be added as things stand?"""
    person, session, need = w[c + PERSON], w[c + SESSION], w[c + NEED]
    if w[need + HEADS] >= w[need + TARGET] or is_full(w, person, session):
        return False
    if w[person + NEWCOMER] and w[session + EXPERIENCED_IN] == 0:
        return False
    return clashing(w, person, session) < 0 and avoids(w, person, session) < 0


@compiled
def _fill(w: Ints, columns: Ints) -> None:
    for c in columns:
        add(w, c)


@compiled
def _take(w: Ints, columns: Ints) -> None:
    for c in columns:
        if fits(w, c):
            add(w, c)


@compiled
def _fill_needs(w: Ints, needs: Ints, wanted: Ints, low: Ints, high: Ints, by_need: Ints) -> None:
    for i in range(len(needs)):
        need = needs[i]
        weight = w[need + WEIGHT] if w[need + HEADS] < w[need + MIN] else w[REST_WEIGHT]
        for j in range(low[i], high[i]):
            c = by_need[j]
            if w[need + HEADS] >= wanted[i] or w[c + COST] >= weight:
                break
            if fits(w, c):
                add(w, c)
