"""The problem as arrays: every eligible (volunteer, need) pair as a numbered column, and its own cost.

Search, bound and models all stand on this one table. A column's eligibility covers what concerns one volunteer
and one session; what ties several together (clashes, limits, company) is kept by those who choose columns.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scheduling.solver import scoring, terms
from scheduling.solver.columns import in_order, open_needs
from scheduling.solver.problem import Assignment, Problem

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
NEVER = 10**9


@dataclass(frozen=True)
class Arrays:
    # columns, ordered by volunteer, session, need
    col_volunteer: Ints
    col_session: Ints
    col_need: Ints
    col_cost: Ints  # preference, travel, history, unpopular, stability: all that hangs on this column alone
    col_pinned: Flags
    col_of_volunteer: Ints  # volunteer v owns columns col_of_volunteer[v]:col_of_volunteer[v + 1]
    col_of_need: Ints  # need n owns need_cols[col_of_need[n]:col_of_need[n + 1]]
    need_cols: Ints
    # needs, numbered through all sessions
    need_session: Ints
    need_min: Ints
    need_target: Ints
    need_weight: Ints
    first_need: Ints  # session s has needs first_need[s]:first_need[s + 1]
    # sessions and volunteers
    start: Ints
    end: Ints
    hub: Ints
    minutes: Ints
    travel: Ints
    max_sessions: Ints
    max_minutes: Ints
    min_rest: Ints
    step: Ints  # what each session costs more than the one before
    wished: Ints  # sessions up to which none costs `beyond_weight` on top
    experienced: Flags
    newcomer: Flags  # new, and not experienced too
    buddy_at: Ints  # volunteer v's buddies are buddy_list[buddy_at[v]:buddy_at[v + 1]]
    buddy_list: Ints
    avoid_at: Ints
    avoid_list: Ints
    # prices of what several columns share
    target_weight: int
    beyond_weight: int
    buddy_weight: int
    open_weight: int
    constant: int  # cost that no choice changes: all of `published` dropped, all wishes for sessions unheard

    @property
    def columns(self) -> int:
        return len(self.col_volunteer)

    @property
    def volunteers(self) -> int:
        return len(self.max_sessions)

    @property
    def needs(self) -> int:
        return len(self.need_session)

    @property
    def sessions(self) -> int:
        return len(self.start)

    @cached_property
    def grain(self) -> int:
        """Every plan's cost is the constant and a multiple of this."""
        prices = [self.target_weight, self.beyond_weight, self.buddy_weight, self.open_weight]
        return int(np.gcd.reduce([*prices, *self.need_weight, *self.step, *self.col_cost])) or 1

    def assignments(self, columns: Iterable[int] | Ints) -> list[Assignment]:
        """Columns as (volunteer, session, need position) triples, in order."""
        chosen = np.sort(np.asarray(columns, dtype=np.int64))
        needs = self.col_need[chosen]
        sessions = self.need_session[needs]
        rows = zip(self.col_volunteer[chosen], sessions, needs - self.first_need[sessions], strict=True)
        return [(int(v), int(s), int(r)) for v, s, r in rows]

    def columns_of(self, assignments: Iterable[Assignment]) -> Ints:
        """The columns of those assignments that are eligible; the others are left out."""
        found = []
        for v, s, r in assignments:
            n = self.first_need[s] + r
            low, high = self.col_of_volunteer[v], self.col_of_volunteer[v + 1]
            at = low + np.searchsorted(self.col_need[low:high], n)
            if at < high and self.col_need[at] == n:
                found.append(int(at))
        return np.array(found, dtype=np.int64)


def build(problem: Problem) -> Arrays:
    sessions, volunteers, weights = problem.sessions, problem.volunteers, problem.weights
    first_need = np.zeros(len(sessions) + 1, dtype=np.int64)
    np.cumsum([len(session.needs) for session in sessions], out=first_need[1:])
    needs = [(s, need) for s, session in enumerate(sessions) for need in session.needs]
    need_session = _ints([s for s, _ in needs])
    facts = _SessionFacts(problem, need_session)
    counts, col_need = open_needs(problem, first_need, [need.skill for _, need in needs])
    col_volunteer = np.repeat(np.arange(len(volunteers)), counts)
    need_cols = in_order(col_need, len(needs))
    arrays = Arrays(
        col_volunteer=col_volunteer,
        col_session=need_session[col_need],
        col_need=col_need,
        col_cost=facts.costs(col_volunteer, col_need),
        col_pinned=np.zeros(len(col_need), dtype=np.bool_),
        col_of_volunteer=_offsets(counts),
        col_of_need=_offsets(np.bincount(col_need, minlength=len(needs))),
        need_cols=need_cols,
        need_session=need_session,
        need_min=_ints([need.min for _, need in needs]),
        need_target=_ints([need.target for _, need in needs]),
        need_weight=_ints([weights.min[need.priority] for _, need in needs]),
        first_need=first_need,
        start=facts.start,
        end=facts.end,
        hub=facts.hub,
        minutes=facts.end - facts.start,
        travel=facts.travel,
        max_sessions=_ints([v.max_sessions for v in volunteers]),
        max_minutes=_ints([v.max_minutes for v in volunteers]),
        min_rest=_ints([v.min_rest for v in volunteers]),
        step=_ints([weights.fair_step + weights.wish * (v.wish is not None) for v in volunteers]),
        wished=_ints([NEVER if v.wish is None else v.wish for v in volunteers]),
        experienced=np.array([v.experienced for v in volunteers], dtype=np.bool_),
        newcomer=np.array([v.new and not v.experienced for v in volunteers], dtype=np.bool_),
        **_neighbors("buddy", problem.buddies, len(volunteers)),
        **_neighbors("avoid", problem.avoid, len(volunteers)),
        target_weight=weights.target,
        beyond_weight=weights.wish,
        buddy_weight=weights.buddy,
        open_weight=weights.open_volunteer,
        constant=weights.keep * len(set(problem.published)) + terms.unheard(problem),
    )
    arrays.col_pinned[arrays.columns_of(problem.pins)] = True
    if problem.published:
        arrays.col_cost[:] += weights.add
        arrays.col_cost[arrays.columns_of(set(problem.published))] -= weights.add + weights.keep
    return arrays


class _SessionFacts:
    """What of the sessions goes into what a column costs, as vectors over sessions and needs."""

    def __init__(self, problem: Problem, need_session: Ints) -> None:
        self.problem, self.need_session = problem, need_session
        sessions = problem.sessions
        self.start = _ints([session.start for session in sessions])
        self.end = _ints([session.end for session in sessions])
        self.hub = _ints([session.hub for session in sessions])
        self.travel = np.array(problem.travel, dtype=np.int64).reshape(len(problem.travel), len(problem.travel))
        programmes = sorted({session.programme for session in sessions})
        self.programme_of = {name: i for i, name in enumerate(programmes)}
        self.programme = _ints([self.programme_of[session.programme] for session in sessions])
        self.daypart = _ints([session.daypart for session in sessions])
        self.unpopular = np.array([session.unpopular < 0 for session in sessions], dtype=np.bool_)

    def costs(self, col_volunteer: Ints, col_need: Ints) -> Ints:
        volunteers, weights = self.problem.volunteers, self.problem.weights
        session = self.need_session[col_need]
        likes = np.zeros((len(volunteers), len(self.programme_of)), dtype=np.int64)
        for v, volunteer in enumerate(volunteers):
            for name, liked in volunteer.pref_programme.items():
                if name in self.programme_of:
                    likes[v, self.programme_of[name]] = liked
        hours = np.array([v.pref_daypart for v in volunteers], dtype=np.int64).reshape(-1, 3)
        home = _ints([v.home for v in volunteers])
        history = _ints([v.history for v in volunteers])[col_volunteer]
        way = (weights.travel_per_min * self.travel).astype(np.int64)
        cost = way[home[col_volunteer], self.hub[session]] + weights.fair_step * history
        cost -= likes[col_volunteer, self.programme[session]] + hours[col_volunteer, self.daypart[session]]
        cost += np.where(self.unpopular[session], weights.unpopular * history, 0)
        # with k sessions a wish for w costs w(w+1)/2 - wk + k(k-1)/2 weights, and one more for each session beyond w
        cost -= weights.wish * _ints([v.wish or 0 for v in volunteers])[col_volunteer]
        return cost + terms.column_costs(self.problem, col_volunteer, session)


def restrict(arrays: Arrays, columns: Ints) -> Arrays:
    """The same problem with these columns alone (sorted); column i of the result is columns[i]."""
    v, n = arrays.col_volunteer[columns], arrays.col_need[columns]
    return replace(
        arrays,
        col_volunteer=v,
        col_session=arrays.col_session[columns],
        col_need=n,
        col_cost=arrays.col_cost[columns],
        col_pinned=arrays.col_pinned[columns],
        col_of_volunteer=_offsets(np.bincount(v, minlength=arrays.volunteers)),
        col_of_need=_offsets(np.bincount(n, minlength=arrays.needs)),
        need_cols=in_order(n, arrays.needs),
    )


def need_cost(arrays: Arrays, heads: Ints) -> int:
    """What all the empty places cost, given the heads in each need."""
    below = np.maximum(0, arrays.need_min - heads)
    rest = np.maximum(0, arrays.need_target - np.maximum(heads, arrays.need_min))
    return int((arrays.need_weight * below + arrays.target_weight * rest).sum())


def count_cost(arrays: Arrays, volunteers: Ints, counts: Ints) -> Ints:
    """What it costs that each of these volunteers has so many sessions, beside what hangs on the columns."""
    beyond = arrays.beyond_weight * np.maximum(0, counts - arrays.wished[volunteers])
    cost: Ints = arrays.step[volunteers] * (counts * (counts - 1) // 2) + beyond + arrays.open_weight * (counts > 0)
    return cost


def plan_cost(arrays: Arrays, columns: Ints) -> int:
    """The objective of the plan made of these columns."""
    heads = np.bincount(arrays.col_need[columns], minlength=arrays.needs)
    counts = np.bincount(arrays.col_volunteer[columns], minlength=arrays.volunteers)
    cost = arrays.constant + int(arrays.col_cost[columns].sum()) + need_cost(arrays, heads)
    cost += int(count_cost(arrays, np.arange(arrays.volunteers), counts).sum())
    if arrays.buddy_weight:
        pairs = set(zip(arrays.col_volunteer[columns].tolist(), arrays.col_session[columns].tolist(), strict=True))
        met = 0
        for v, s in pairs:
            met += sum((w, s) in pairs for w in arrays.buddy_list[arrays.buddy_at[v] : arrays.buddy_at[v + 1]].tolist())
        cost -= arrays.buddy_weight * (met // 2)
    return cost


def empty_cost(problem: Problem) -> int:
    """The objective of the plan that asks nobody: the value of a plan is measured from there."""
    return scoring.score(problem, ()).total


def trivial_bound(problem: Problem) -> int:
    """What holds without any search: everybody does what they like best beside whom they like, as often as they may."""
    weights, best = problem.weights, 0
    for v, one in enumerate(problem.volunteers):
        liked = max(0, *one.pref_programme.values()) if one.pref_programme else 0
        place = liked + max(0, *one.pref_daypart) + weights.buddy * len(problem.buddies_of.get(v, ()))
        place += weights.standing + weights.familiar + weights.wanted * min(one.history, one.wished_before)
        best += place * min(one.max_sessions, len(problem.sessions))
    return -best


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)


def _offsets(counts: Any) -> Ints:
    return np.concatenate([[0], np.cumsum(np.asarray(counts, dtype=np.int64))]).astype(np.int64)


def _neighbors(name: str, pairs: Iterable[tuple[int, int]], volunteers: int) -> dict[str, Ints]:
    both = sorted([(a, b) for a, b in pairs] + [(b, a) for a, b in pairs])
    counts = np.bincount(_ints([a for a, _ in both]), minlength=volunteers)
    return {f"{name}_at": _offsets(counts), f"{name}_list": _ints([b for _, b in both])}
