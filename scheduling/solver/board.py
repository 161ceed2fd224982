"""A plan in arrays that change a place at a time; options.py answers what is asked of them."""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer and Any to mypy

from collections.abc import Iterable, Sequence
from copy import copy

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.build import Arrays, Flags, Ints, build
from scheduling.solver.options import (
    EXPERIENCED,
    LEADS,
    LOCKED,
    MINUTES,
    NEED,
    NEVER,
    NEWCOMER,
    NEWCOMERS,
    OPEN,
    PLACE_COST,
    PLACES,
    USED,
    WHO,
    Tables,
    options,
)
from scheduling.solver.problem import Assignment, Problem

ROOM = 3  # places beyond today's that a person's row has space for


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
        return options(*self.t, np.asarray(needs, dtype=np.int64), leads_only, leaving, best, only)

    def open_to(self, v: int) -> Ints:
        """Needs for which v is a candidate."""
        rows = np.flatnonzero((self.t.candidates[:, WHO] == v) & (self.t.candidates[:, OPEN] == 1))
        return np.searchsorted(self.t.at, rows, side="right") - 1


def _table(*columns: Ints | Sequence[int] | Flags) -> Ints:
    return np.stack([np.asarray(column, dtype=np.int64) for column in columns], axis=1)


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
