"""The problem, or any part of it, as a linear model with integer columns.

A part is a set of free columns beside fixed ones: the whole problem, a neighborhood of a plan, or the columns a
bound found worth a thought all come through the same builder.
"""

from dataclasses import dataclass

import numpy as np

from scheduling.solver import cliques
from scheduling.solver.build import Arrays, Ints, count_cost, need_cost, plan_cost
from scheduling.solver.linear import INFINITY, Rows, solve_integer
from scheduling.solver.presolve import open_columns


@dataclass
class Model:
    arrays: Arrays
    columns: Ints
    fixed: Ints
    rows: Rows
    x: Ints
    constant: int  # what the variables do not carry
    need_rows: Ints  # the row of each need, -1 where there is none; likewise of its cut
    cut_rows: Ints
    link_rows: dict[tuple[int, int], int]  # the row of a newcomer's company, by (volunteer, session)
    buddy_rows: dict[tuple[int, int, int], int]  # the row by which (volunteer, buddy, session) asks for the volunteer


@dataclass
class Answer:
    columns: Ints | None  # all of the plan, the fixed ones too
    bound: float | None
    status: str


def build_model(arrays: Arrays, columns: Ints, fixed: Ints, *, integral: bool = True, company: bool = True) -> Model:
    """Choose among `columns` (sorted), with the `fixed` ones taken. Columns that `fixed` forbids are left out.

    Without `company` newcomers may come alone: it costs a relaxation many rows and tightens it little.
    """
    columns = np.setdiff1d(open_columns(arrays, columns, fixed), fixed, assume_unique=True)
    part = _Part(arrays, columns, fixed, integral)
    part.add_needs()
    part.add_people()
    part.add_cliques()
    if company:
        part.add_company()
    part.add_avoid()
    part.add_buddies()
    return Model(
        arrays,
        columns,
        fixed,
        part.rows,
        part.x,
        _cost_beside(arrays, fixed, columns),
        part.need_rows,
        part.cut_rows,
        part.link_rows,
        part.buddy_rows,
    )


class _Part:
    def __init__(self, arrays: Arrays, columns: Ints, fixed: Ints, integral: bool) -> None:
        self.arrays, self.columns, self.fixed, self.integral = arrays, columns, fixed, integral
        self.rows = Rows()
        self.x = self.rows.add_variables(arrays.col_cost[columns], 1.0, integral=integral, names=columns)
        self.v, self.s, self.n = arrays.col_volunteer[columns], arrays.col_session[columns], arrays.col_need[columns]
        self.experienced, self.newcomer = arrays.experienced[self.v], arrays.newcomer[self.v]
        fixed_v, fixed_s = arrays.col_volunteer[fixed], arrays.col_session[fixed]
        self.has_experienced = np.zeros(arrays.sessions, dtype=np.bool_)
        self.has_experienced[fixed_s[arrays.experienced[fixed_v]]] = True
        self.has_newcomer = np.zeros(arrays.sessions, dtype=np.bool_)
        self.has_newcomer[fixed_s[arrays.newcomer[fixed_v]]] = True
        self.fixed_pairs = set(zip(fixed_v.tolist(), fixed_s.tolist(), strict=True))
        self.person_at = np.searchsorted(self.v, np.arange(arrays.volunteers + 1))  # columns are sorted by volunteer
        self.need_rows, self.cut_rows = np.full((2, arrays.needs), -1, dtype=np.int64)
        self.opening = np.full(arrays.volunteers, -1, dtype=np.int64)
        self.link_rows: dict[tuple[int, int], int] = {}
        self.buddy_rows: dict[tuple[int, int, int], int] = {}

    def add_needs(self) -> None:
        """Heads and empty places make up the target; plus the cut that keeps halves of newcomers out of a minimum."""
        a, rows = self.arrays, self.rows
        heads = np.bincount(a.col_need[self.fixed], minlength=a.needs)
        needs = np.unique(self.n)
        below = np.full(a.needs, -1, dtype=np.int64)
        below[needs] = rows.add_variables(a.need_weight[needs], a.need_min[needs], names=a.columns + needs)
        rest = rows.add_variables(
            np.full(len(needs), a.target_weight),
            (a.need_target - a.need_min)[needs],
            names=a.columns + a.needs + needs,
        )
        places = (a.need_target - heads)[needs]
        self.need_rows[needs] = rows.add_rows(places, places, names=needs)
        for mine, variables in ((self.n, self.x), (needs, below[needs]), (needs, rest)):
            rows.enter(self.need_rows[mine], variables, 1.0)
        floor = a.need_min - heads
        s = a.need_session[needs]
        cut = (a.need_min[needs] > 0) & (floor[needs] > 0) & ~self.has_experienced[s] & ~self.has_newcomer[s]
        cut &= np.bincount(self.n[self.newcomer], minlength=a.needs)[needs] > 0
        cut_needs = needs[cut]
        self.cut_rows[cut_needs] = rows.add_rows(
            floor[cut_needs], np.full(len(cut_needs), INFINITY), names=a.needs + cut_needs
        )
        rows.enter(self.cut_rows[cut_needs], below[cut_needs], 1.0)
        regular = ~self.experienced & ~self.newcomer & (self.cut_rows[self.n] >= 0)
        rows.enter(self.cut_rows[self.n[regular]], self.x[regular], 1.0)
        lead = np.flatnonzero(self.experienced)
        column, beside = _spread(a.first_need[self.s[lead]], a.first_need[self.s[lead] + 1])
        there = self.cut_rows[beside] >= 0
        lead, beside = lead[column[there]], beside[there]
        rows.enter(self.cut_rows[beside], self.x[lead], floor[beside])

    def add_people(self) -> None:
        """Session and minute limits, and the steps by which each further session of a person costs more."""
        a, rows = self.arrays, self.rows
        people = np.flatnonzero(np.diff(self.person_at))
        counts = np.bincount(a.col_volunteer[self.fixed], minlength=a.volunteers)
        minutes = a.minutes[a.col_session[self.fixed]]
        used = np.bincount(a.col_volunteer[self.fixed], weights=minutes, minlength=a.volunteers).astype(np.int64)
        room = a.max_minutes - used
        fresh = np.concatenate([[True], (self.v[1:] != self.v[:-1]) | (self.s[1:] != self.s[:-1])])[: len(self.v)]
        owner, minutes = self.v[fresh], a.minutes[self.s[fresh]]  # of each session that somebody may go to
        shortest = np.lexsort((minutes, owner))
        together = np.cumsum(minutes[shortest])
        before = np.concatenate([[0], together])[np.searchsorted(owner, owner)]
        most = np.bincount(owner[together - before <= room[owner]], minlength=a.volunteers)
        most = np.minimum(most, a.max_sessions - counts)
        long = np.bincount(owner, weights=minutes, minlength=a.volunteers) > room

        who, nth = _spread(np.zeros(len(people), dtype=np.int64), most[people])
        who = people[who]
        steps = count_cost(a, who, counts[who] + nth + 1) - count_cost(a, who, counts[who] + nth)
        costly = np.bincount(who[steps != 0], minlength=a.volunteers) > 0
        opens = (a.open_weight > 0) & (counts == 0)
        limit, tired = np.full((2, a.volunteers), -1, dtype=np.int64)
        limit[people] = rows.add_rows(
            np.zeros(len(people)), np.where(costly[people], 0, most[people]), names=2 * a.needs + people
        )
        rows.enter(limit[self.v], self.x, 1.0)
        for integral in (False, True):
            some = costly[who] & ((opens[who] & self.integral) == integral)
            names = a.columns + 2 * a.needs + nth[some] * a.volunteers + who[some]
            step = rows.add_variables(steps[some], 1.0, integral=integral, names=names)
            rows.enter(limit[who[some]], step, -1.0)
            first = (nth[some] == 0) & opens[who[some]]
            self.opening[who[some][first]] = step[first]
        names = 2 * a.needs + a.volunteers + np.flatnonzero(long)
        unit = max(1, int(np.gcd.reduce(a.minutes)))  # large numbers would drown the others in a relative tolerance
        tired[long] = rows.add_rows(np.zeros(long.sum()), room[long] // unit, names=names)
        some = long[self.v]
        rows.enter(tired[self.v[some]], self.x[some], a.minutes[self.s[some]] // unit)

    def add_cliques(self) -> None:
        a, rows = self.arrays, self.rows
        at, members = cliques.cover(a, self.columns)
        alone = np.ones(len(self.columns), dtype=np.bool_)
        alone[members] = False
        alone &= self.opening[self.v] >= 0
        size = np.concatenate([np.diff(at), np.ones(alone.sum(), dtype=np.int64)])
        members = np.concatenate([members, np.flatnonzero(alone)])
        first = np.cumsum(size) - size
        opening = self.opening[self.v[members[first]]]
        opens = opening >= 0
        names = 2 * (a.needs + a.volunteers) + _clique_names(self.columns[members], first, a.columns)
        found = rows.add_rows(np.where(opens, -INFINITY, 0), np.where(opens, 0, 1), names=names)
        rows.enter(np.repeat(found, size), self.x[members], 1.0)
        rows.enter(found[opens], opening[opens], -1.0)

    def add_company(self) -> None:
        """Newcomers only with somebody experienced."""
        a, rows = self.arrays, self.rows
        lead = np.flatnonzero(self.experienced)
        lead = lead[np.argsort(self.s[lead], kind="stable")]
        at = np.searchsorted(self.s[lead], np.arange(a.sessions + 1))
        waiting = np.flatnonzero(self.has_newcomer & ~self.has_experienced)
        found = rows.add_rows(np.ones(len(waiting)), np.full(len(waiting), INFINITY))
        row, who = _spread(at[waiting], at[waiting + 1])
        rows.enter(found[row], self.x[lead[who]], 1.0)
        new = np.flatnonzero(self.newcomer & ~self.has_experienced[self.s] & ~self.has_newcomer[self.s])
        pair, first, row = np.unique(self.v[new] * a.sessions + self.s[new], return_index=True, return_inverse=True)
        session = self.s[new[first]]
        found = rows.add_rows(np.full(len(pair), -INFINITY), np.zeros(len(pair)))
        rows.enter(found[row], self.x[new], 1.0)
        row, who = _spread(at[session], at[session + 1])
        rows.enter(found[row], self.x[lead[who]], -1.0)
        keys = zip(self.v[new[first]].tolist(), session.tolist(), strict=True)
        self.link_rows = dict(zip(keys, found.tolist(), strict=True))

    def add_avoid(self) -> None:
        for v, w in self._pairs(self.arrays.avoid_at, self.arrays.avoid_list):
            for _, mine, theirs, taken in self._shared(v, w):
                if taken == 0:
                    self.rows.add(0, 1, (self.x[mine], 1.0), (self.x[theirs], 1.0))
                else:
                    self.rows.add(0, 0, (self.x[mine], 1.0), (self.x[theirs], 1.0))

    def add_buddies(self) -> None:
        if not self.arrays.buddy_weight:
            return
        for v, w in self._pairs(self.arrays.buddy_at, self.arrays.buddy_list):
            for s, mine, theirs, taken in self._shared(v, w):
                together = self.rows.add_variables(np.array([-self.arrays.buddy_weight]), 1.0)
                for one, other, side in ((v, w, mine), (w, v, theirs)):
                    if len(side) or not taken:
                        row = self.rows.add(-INFINITY, 0, (together, 1.0), (self.x[side], -1.0))
                        self.buddy_rows[one, other, s] = row

    def _pairs(self, at: Ints, listed: Ints) -> list[tuple[int, int]]:
        """Each pair once, as often as it is named, if somebody of it has a free column here."""
        found = []
        here = np.diff(self.person_at) > 0
        for v in np.flatnonzero(here & (np.diff(at) > 0)).tolist():
            for w in listed[at[v] : at[v + 1]].tolist():
                if v < w or not here[w]:
                    found.append((v, w))
        return found

    def _shared(self, v: int, w: int) -> list[tuple[int, Ints, Ints, int]]:
        """Sessions where both may be: the free columns of each, and how many of the two are fixed there."""
        mine, theirs = (np.arange(self.person_at[k], self.person_at[k + 1]) for k in (v, w))
        found = []
        for s in np.unique(np.concatenate([self.s[mine], self.s[theirs]])).tolist():
            a, b = mine[self.s[mine] == s], theirs[self.s[theirs] == s]
            taken = int((v, s) in self.fixed_pairs) + int((w, s) in self.fixed_pairs)
            if (len(a) > 0) + (len(b) > 0) + taken == 2:
                found.append((s, a, b, taken))
        return found


def _clique_names(columns: Ints, first: Ints, count: int) -> Ints:
    """By the lowest and the highest column of each: other columns may join between two programs."""
    if not len(first):
        return first
    return np.minimum.reduceat(columns, first) * count + np.maximum.reduceat(columns, first)


def _spread(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """All of low[i]:high[i] end to end, and the i of each."""
    size = np.maximum(0, high - low)
    which = np.repeat(np.arange(len(low)), size)
    return which, np.arange(len(which)) - np.repeat(np.cumsum(size) - size - low, size)


def solve_mip(
    model: Model, *, seconds: float, nodes: int = 0, seed: int = 0, start: Ints | None = None, gap: float = 0.0
) -> Answer:
    """The best choice found in the time, and a proven bound on the objective of all plans of this part."""
    if not len(model.columns):
        return Answer(np.sort(model.fixed), None, "empty")
    hint = None if start is None else (model.x, np.isin(model.columns, start).astype(float))
    found = solve_integer(model.rows, seconds=seconds, nodes=nodes, seed=seed, gap=gap, hint=hint)
    bound = None if found.bound is None else found.bound + model.constant
    if found.values is None:
        return Answer(None, bound, found.status)
    columns = np.sort(np.concatenate([model.fixed, model.columns[found.values[model.x] > 0.5]]))
    return Answer(columns, bound, found.status)


def _cost_beside(arrays: Arrays, fixed: Ints, columns: Ints) -> int:
    """What the model of a part does not see: the fixed columns, and places that none of its columns can fill."""
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    touched = np.zeros(arrays.needs, dtype=np.bool_)
    touched[arrays.col_need[columns]] = True
    as_if_full = np.where(touched, arrays.need_target, heads)
    return plan_cost(arrays, fixed) - need_cost(arrays, heads) + need_cost(arrays, as_if_full)
