"""A plan in arrays that change a place at a time, and the question asked of them: who could take this place, and
which of their own places would they leave for it? (compiled)

A need is named by its number through all sessions. Places that nobody may take away are locked.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from collections.abc import Iterable, Sequence
from copy import copy
from typing import NamedTuple

import numpy as np
from numba import njit

from scheduling.solver import scoring
from scheduling.solver.build import Arrays, Flags, Ints, build
from scheduling.solver.problem import Assignment, Problem

NEVER = 1 << 40  # dearer than anything
MOST_DROPPED = 2  # places that one person may leave for another
ROOM = 3  # places beyond today's that a person's row has space for
QUESTION, VOLUNTEER, CANDIDATE, FIRST, SECOND, FIRST_LEADS, SECOND_LEADS, PRICE, TOTAL, FIELDS = range(10)
"""Fields of an option: who, by which candidate row, leaving which needs (-1: none), whether newcomers lose their only
experienced person there, the price, and the price with what is left staying empty."""


# Fields of the tables' rows.
WHO, COST, OPEN = range(3)  # of a candidate
START, END, HUB, MINUTES, LEADS, NEWCOMERS = range(6)  # of a session: when, where, experienced and new people there
NEED, PLACE_COST, LOCKED = range(3)  # of a place somebody holds
PLACES, USED, MAX_SESSIONS, MAX_MINUTES, REST, EXPERIENCED, NEWCOMER, WISH = range(8)  # of a person
BUDDIES, BUDDIES_END, AVOIDED, AVOIDED_END = range(8, 12)
FAIR, BUDDY, OPENING, WISHING = range(4)  # of the weights


class Tables(NamedTuple):
    """What the compiled part sees: few arrays with rows, since each array passed on costs time."""

    at: Ints  # need n has candidates at[n]:at[n + 1]
    candidates: Ints
    need_session: Ints
    sessions: Ints
    people: Ints
    held: Ints  # what person v holds is held[v, :people[v, PLACES]]
    travel: Ints
    others: Ints  # buddies and avoided people, as the rows of people say
    weights: Ints


class Board:
    """The tables, with the needs' prices. `fork` gives one that may be changed freely."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment], arrays: Arrays | None = None) -> None:
        a = arrays or build(problem)
        plan = list(assignments)
        self.problem = problem
        self.first_need = a.first_need
        self.need_min, self.need_target, self.need_weight = a.need_min, a.need_target, a.need_weight
        self.need_priority = _ints([need.priority for session in problem.sessions for need in session.needs])
        self.target_weight = problem.weights.target
        people, weights = problem.volunteers, problem.weights
        most = int(np.bincount([v for v, _, _ in plan], minlength=1).max()) + ROOM
        order, none = a.need_cols, np.zeros(len(people), dtype=np.int64)
        opened = np.ones(len(order), dtype=np.int64)
        wish = [-1 if v.wish is None else v.wish for v in people]
        # a column carries the part of the wish that grows with each session; here all of it hangs on their number
        wished = weights.wish * _ints(v.wish or 0 for v in people)
        limits = (a.max_sessions, a.max_minutes, a.min_rest, a.experienced, a.newcomer)
        shift = len(a.buddy_list)
        company = (a.buddy_at[:-1], a.buddy_at[1:], shift + a.avoid_at[:-1], shift + a.avoid_at[1:])
        nobody = np.zeros(a.sessions, dtype=np.int64)
        self.heads = np.zeros(a.needs, dtype=np.int64)
        self.t = Tables(
            at=a.col_of_need,
            candidates=_table(a.col_volunteer[order], a.col_cost[order] + wished[a.col_volunteer[order]], opened),
            need_session=a.need_session,
            sessions=_table(a.start, a.end, a.hub, a.minutes, nobody, nobody),
            people=_table(none, none, *limits, wish, *company),
            held=np.full((len(people), most, 3), -1, dtype=np.int64),
            travel=a.travel,
            others=np.concatenate([a.buddy_list, a.avoid_list]),
            weights=_ints([weights.fair_step, weights.buddy, weights.open_volunteer, weights.wish]),
        )
        for v, s, r in plan:
            self.add(v, self.need(s, r), scoring.assignment_cost(problem, v, s, r))

    def need(self, s: int, r: int) -> int:
        return int(self.first_need[s]) + r

    def place(self, n: int) -> tuple[int, int]:
        s = int(self.t.need_session[n])
        return s, n - int(self.first_need[s])

    def fork(self) -> "Board":
        other, t = copy(self), self.t
        other.heads = self.heads.copy()
        other.t = t._replace(
            candidates=t.candidates.copy(),
            sessions=t.sessions.copy(),
            people=t.people.copy(),
            held=t.held.copy(),
        )
        return other

    # changing the plan

    def add(self, v: int, n: int, cost: int) -> None:
        person, session = self.t.people[v], self.t.sessions[self.t.need_session[n]]
        if person[PLACES] == self.t.held.shape[1]:
            self.t = self.t._replace(held=np.pad(self.t.held, ((0, 0), (0, ROOM), (0, 0))))
        self.t.held[v, person[PLACES]] = n, cost, 0
        self._count(1, person, session, n)

    def drop(self, v: int, n: int) -> None:
        person, session = self.t.people[v], self.t.sessions[self.t.need_session[n]]
        self.t.held[v, self._slot(v, n)] = self.t.held[v, person[PLACES] - 1]
        self._count(-1, person, session, n)

    def _count(self, sign: int, person: Ints, session: Ints, n: int) -> None:
        person[PLACES] += sign
        person[USED] += sign * session[MINUTES]
        session[LEADS] += sign * person[EXPERIENCED]
        session[NEWCOMERS] += sign * person[NEWCOMER]
        self.heads[n] += sign

    def cost_of(self, v: int, n: int) -> int:
        return int(self.t.held[v, self._slot(v, n), PLACE_COST])

    def lock(self, v: int, n: int, *, locked: bool = True) -> None:
        self.t.held[v, self._slot(v, n), LOCKED] = locked

    def _slot(self, v: int, n: int) -> int:
        return self.t.held[v, : self.t.people[v, PLACES], NEED].tolist().index(n)

    # changing who may

    def close(self, v: int, sessions: Iterable[int]) -> None:
        """These sessions are no longer for v."""
        for s in sessions:
            for n in range(int(self.first_need[s]), int(self.first_need[s + 1])):
                rows = self.t.candidates[self.t.at[n] : self.t.at[n + 1]]
                rows[rows[:, WHO] == v, OPEN] = 0

    def set_limits(self, n: int, low: int, high: int) -> None:
        self.need_min, self.need_target = self.need_min.copy(), self.need_target.copy()
        self.need_min[n], self.need_target[n] = low, high

    def rows(self, volunteers: Ints, costs: Sequence[int]) -> Ints:
        return _table(volunteers, costs)

    def set_candidates(self, found: dict[int, Ints]) -> None:
        """Who could take these needs is now another list (rows of volunteer and cost)."""
        t, last = self.t, 0
        sizes = np.diff(t.at)
        parts: list[Ints] = []
        for n, rows in sorted(found.items()):
            opened = np.ones((len(rows), 1), dtype=np.int64)
            parts += [t.candidates[last : t.at[n]], np.hstack([rows, opened])]
            sizes[n], last = len(rows), int(t.at[n + 1])
        at = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.t = t._replace(at=at, candidates=np.concatenate([*parts, t.candidates[last:]]))

    # asking

    def leaving(self, protected: int) -> Ints:
        """What it costs when a person leaves each need: never, where it would fall short and its priority counts."""
        short = self.heads <= self.need_min
        price = np.where(short, self.need_weight, self.target_weight)
        return np.where(short & (self.need_priority <= protected), NEVER, price)

    def options(
        self, needs: Sequence[int] | Ints, leads_only: Flags, leaving: Ints, *, best: bool = False, only: int = -1
    ) -> Ints:
        """Rows of FIELDS: all ways (or the cheapest one) in which one person (or `only` this one) takes each need."""
        return _options(*self.t, np.asarray(needs, dtype=np.int64), leads_only, leaving, best, only)

    def open_to(self, v: int) -> Ints:
        """Needs for which v is a candidate."""
        rows = np.flatnonzero((self.t.candidates[:, WHO] == v) & (self.t.candidates[:, OPEN] == 1))
        return np.searchsorted(self.t.at, rows, side="right") - 1


def _table(*columns: Ints | Sequence[int] | Flags) -> Ints:
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


compiled = njit(cache=True, nogil=True)


@compiled
def _options(
    at: Ints,
    candidates: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    travel: Ints,
    others: Ints,
    weights: Ints,
    questions: Ints,
    leads_only: Flags,
    leaving: Ints,
    best_only: bool,
    only: int,
) -> Ints:
    rows = np.empty((max(64, len(questions)), FIELDS), dtype=np.int64)
    ways = np.empty((64, 2), dtype=np.int64)
    size = 0
    for q in range(len(questions)):
        n = questions[q]
        s = need_session[n]
        found = -1
        for i in range(at[n], at[n + 1]):
            v = candidates[i, WHO]
            if candidates[i, OPEN] == 0 or (only >= 0 and v != only) or (leads_only[q] and people[v, EXPERIENCED] == 0):
                continue
            if people[v, NEWCOMER] and sessions[s, LEADS] == 0:
                continue
            for w in range(_ways(v, s, ways, need_session, sessions, people, held, travel, others)):
                if size == len(rows):
                    rows = np.concatenate((rows, np.empty_like(rows)))
                rows[size, QUESTION], rows[size, VOLUNTEER], rows[size, CANDIDATE] = q, v, i
                _price(
                    rows,
                    size,
                    candidates[i, COST],
                    s,
                    ways[w, 0],
                    ways[w, 1],
                    leaving,
                    need_session,
                    sessions,
                    people,
                    held,
                    others,
                    weights,
                )
                if not best_only:
                    size += 1
                elif found < 0:
                    found, size = size, size + 1
                elif rows[size, TOTAL] < rows[found, TOTAL]:
                    rows[found] = rows[size]
    return rows[:size]


@compiled
def _is_in(v: int, s: int, need_session: Ints, people: Ints, held: Ints) -> bool:
    for j in range(people[v, PLACES]):  # noqa: SIM110 (compiled: no generators)
        if need_session[held[v, j, NEED]] == s:
            return True
    return False


@compiled
def _ways(
    v: int,
    s: int,
    ways: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    travel: Ints,
    others: Ints,
) -> int:
    """Writes which of v's places (by position, -1: none) must go before v can be in s; returns how many ways."""
    first, second, forced = -1, -1, 0
    places, most = people[v, PLACES], people[v, MAX_SESSIONS]
    room = people[v, MAX_MINUTES] - people[v, USED] - sessions[s, MINUTES]
    for j in range(places):
        other = need_session[held[v, j, NEED]]
        if other == s:
            return 0
        # of two sessions the one that begins first must end, with rest or way, before the other begins
        way = max(people[v, REST], travel[sessions[other, HUB], sessions[s, HUB]])
        back = max(people[v, REST], travel[sessions[s, HUB], sessions[other, HUB]])
        if sessions[s, START] < sessions[other, END] + way and sessions[other, START] < sessions[s, END] + back:
            forced += 1
            if held[v, j, LOCKED] or forced > MOST_DROPPED:
                return 0
            if forced == 1:
                first = j
            else:
                second = j
            room += sessions[other, MINUTES]
    for i in range(people[v, AVOIDED], people[v, AVOIDED_END]):
        if _is_in(others[i], s, need_session, people, held):
            return 0
    left = places - forced
    if left < most and room >= 0:
        ways[0, 0], ways[0, 1] = first, second
        return 1
    if forced == MOST_DROPPED or most < 1:
        return 0
    size = 0
    for j in range(places):
        if j == first or held[v, j, LOCKED]:
            continue
        after = room + sessions[need_session[held[v, j, NEED]], MINUTES]
        if left - 1 < most and after >= 0:
            ways[size, 0], ways[size, 1] = j, first
            size += 1
        elif forced == 0:
            for k in range(j + 1, places):
                more = after + sessions[need_session[held[v, k, NEED]], MINUTES]
                if not held[v, k, LOCKED] and left - 2 < most and more >= 0 and size < len(ways):
                    ways[size, 0], ways[size, 1] = j, k
                    size += 1
        if size == len(ways):
            break
    return size


@compiled
def _price(
    rows: Ints,
    at: int,
    cost: int,
    s: int,
    first: int,
    second: int,
    leaving: Ints,
    need_session: Ints,
    sessions: Ints,
    people: Ints,
    held: Ints,
    others: Ints,
    weights: Ints,
) -> None:
    """Fills in what the option in this row leaves and costs."""
    v = rows[at, VOLUNTEER]
    places = people[v, PLACES]
    price = cost - _count_cost(v, places, people, weights)
    price -= weights[BUDDY] * _met(v, s, need_session, people, held, others)
    empty = 0
    for k in range(2):
        j = first if k == 0 else second
        if j < 0:
            rows[at, FIRST + k], rows[at, FIRST_LEADS + k] = -1, 0
            continue
        n = held[v, j, NEED]
        left = need_session[n]
        places -= 1
        price -= held[v, j, PLACE_COST]
        price += weights[BUDDY] * _met(v, left, need_session, people, held, others)
        leads = people[v, EXPERIENCED] > 0 and sessions[left, LEADS] == 1 and sessions[left, NEWCOMERS] > 0
        rows[at, FIRST + k], rows[at, FIRST_LEADS + k] = n, leads
        empty += NEVER if leads else leaving[n]
    price += _count_cost(v, places + 1, people, weights)
    rows[at, PRICE], rows[at, TOTAL] = price, price + empty


@compiled
def _count_cost(v: int, places: int, people: Ints, weights: Ints) -> int:
    cost = weights[FAIR] * (places * (places - 1) // 2)
    if places > 0:
        cost += weights[OPENING]
    if weights[WISHING] > 0 and people[v, WISH] >= 0:
        off = abs(places - people[v, WISH])
        cost += weights[WISHING] * (off * (off + 1) // 2)
    return cost


@compiled
def _met(v: int, s: int, need_session: Ints, people: Ints, held: Ints, others: Ints) -> int:
    """Buddies of v in a session."""
    met = 0
    for i in range(people[v, BUDDIES], people[v, BUDDIES_END]):
        if _is_in(others[i], s, need_session, people, held):
            met += 1
    return met
