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


def build_model(arrays: Arrays, columns: Ints, fixed: Ints, *, integral: bool = True) -> Model:
    """Choose among `columns` (sorted), with the `fixed` ones taken. Columns that `fixed` forbids are left out."""
    columns = np.setdiff1d(open_columns(arrays, columns, fixed), fixed, assume_unique=True)
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    rows = Rows()
    x = rows.add_variables(arrays.col_cost[columns], 1.0, integral=integral)
    part = _Part(arrays, columns, fixed, rows, x, heads, integral)
    part.add_needs()
    part.add_people()
    part.add_cliques()
    part.add_company()
    part.add_avoid()
    part.add_buddies()
    return Model(
        arrays,
        columns,
        fixed,
        rows,
        x,
        _cost_beside(arrays, fixed, columns),
        part.need_rows,
        part.cut_rows,
        part.link_rows,
        part.buddy_rows,
    )


class _Part:
    def __init__(
        self, arrays: Arrays, columns: Ints, fixed: Ints, rows: Rows, x: Ints, heads: Ints, integral: bool
    ) -> None:
        self.arrays, self.columns, self.fixed, self.rows, self.x = arrays, columns, fixed, rows, x
        self.heads, self.integral = heads, integral
        self.v, self.s, self.n = arrays.col_volunteer[columns], arrays.col_session[columns], arrays.col_need[columns]
        self.experienced, self.newcomer = arrays.experienced[self.v], arrays.newcomer[self.v]
        fixed_v, fixed_s = arrays.col_volunteer[fixed], arrays.col_session[fixed]
        self.has_experienced = np.zeros(arrays.sessions, dtype=np.bool_)
        self.has_experienced[fixed_s[arrays.experienced[fixed_v]]] = True
        self.has_newcomer = np.zeros(arrays.sessions, dtype=np.bool_)
        self.has_newcomer[fixed_s[arrays.newcomer[fixed_v]]] = True
        self.fixed_pairs = set(zip(fixed_v.tolist(), fixed_s.tolist(), strict=True))
        self.by_session, self.of_person = _group(self.s), _group(self.v)
        self.need_rows, self.cut_rows = np.full((2, arrays.needs), -1, dtype=np.int64)
        self.link_rows: dict[tuple[int, int], int] = {}
        self.buddy_rows: dict[tuple[int, int, int], int] = {}

    def add_needs(self) -> None:
        """Heads and empty places make up the target; plus the cut that keeps halves of newcomers out of a minimum."""
        a = self.arrays
        touched = _group(self.n)
        needs = np.array(sorted(touched), dtype=np.int64)
        below = self.rows.add_variables(a.need_weight[needs], a.need_min[needs])
        rest = self.rows.add_variables(np.full(len(needs), a.target_weight), (a.need_target - a.need_min)[needs])
        for i, n in enumerate(needs.tolist()):
            mine = touched[n]
            places = a.need_target[n] - self.heads[n]
            self.need_rows[n] = self.rows.add(
                places, places, (self.x[mine], 1.0), (below[i : i + 1], 1.0), (rest[i : i + 1], 1.0)
            )
            s, low = int(a.need_session[n]), int(a.need_min[n])
            if low == 0 or self.has_experienced[s] or self.has_newcomer[s] or not self.newcomer[mine].any():
                continue
            regular = mine[~self.experienced[mine] & ~self.newcomer[mine]]
            lead = self.by_session[s][self.experienced[self.by_session[s]]]
            floor = low - self.heads[n]
            if floor > 0:
                terms = ((self.x[regular], 1.0), (self.x[lead], float(floor)), (below[i : i + 1], 1.0))
                self.cut_rows[n] = self.rows.add(floor, INFINITY, *terms)

    def add_people(self) -> None:
        """Session and minute limits, and the steps by which each further session of a person costs more."""
        a = self.arrays
        counts = np.bincount(a.col_volunteer[self.fixed], minlength=a.volunteers)
        used = np.bincount(
            a.col_volunteer[self.fixed], weights=a.minutes[a.col_session[self.fixed]], minlength=a.volunteers
        )
        self.opening: dict[int, int] = {}
        for v, mine in self.of_person.items():
            sessions = np.unique(self.s[mine])
            minutes = np.sort(a.minutes[sessions])
            room = a.max_minutes[v] - used[v]
            most = min(len(sessions), int(a.max_sessions[v] - counts[v]))
            most = min(most, int(np.searchsorted(np.cumsum(minutes), room, side="right")))
            steps = np.diff(count_cost(a, np.full(most + 1, v), np.arange(counts[v], counts[v] + most + 1)))
            opens = a.open_weight > 0 and counts[v] == 0
            if not steps.any():
                self.rows.add(0, most, (self.x[mine], 1.0))
            else:
                step = self.rows.add_variables(steps, 1.0, integral=opens and self.integral)
                self.rows.add(0, 0, (self.x[mine], 1.0), (step, -1.0))
                if opens:
                    self.opening[v] = int(step[0])
            if minutes.sum() > room:
                self.rows.add(0, float(room), (self.x[mine], a.minutes[self.s[mine]]))

    def add_cliques(self) -> None:
        at, members = cliques.cover(self.arrays, self.columns)
        in_clique = np.zeros(len(self.columns), dtype=np.bool_)
        for low, high in zip(at[:-1].tolist(), at[1:].tolist(), strict=True):
            clique = members[low:high]
            in_clique[clique] = True
            opening = self.opening.get(int(self.v[clique[0]]))
            if opening is None:
                self.rows.add(0, 1, (self.x[clique], 1.0))
            else:
                self.rows.add(-INFINITY, 0, (self.x[clique], 1.0), (np.array([opening]), -1.0))
        if self.opening:
            for i in np.flatnonzero(~in_clique).tolist():
                if (opening := self.opening.get(int(self.v[i]))) is not None:
                    self.rows.add(-INFINITY, 0, (self.x[i : i + 1], 1.0), (np.array([opening]), -1.0))

    def add_company(self) -> None:
        """Newcomers only with somebody experienced."""
        for s, mine in self.by_session.items():
            if self.has_experienced[s]:
                continue
            lead = self.x[mine[self.experienced[mine]]]
            if self.has_newcomer[s]:
                self.rows.add(1, INFINITY, (lead, 1.0))
                continue
            new = mine[self.newcomer[mine]]
            for v, places in _group(self.v[new]).items():
                self.link_rows[v, s] = self.rows.add(-INFINITY, 0, (self.x[new[places]], 1.0), (lead, -1.0))
        for s in np.flatnonzero(self.has_newcomer & ~self.has_experienced).tolist():
            if s not in self.by_session:
                self.rows.add(1, INFINITY)  # nobody left who could come: this part has no plan

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
        for v in self.of_person:
            for w in listed[at[v] : at[v + 1]].tolist():
                if v < w or w not in self.of_person:
                    found.append((v, w))
        return found

    def _shared(self, v: int, w: int) -> list[tuple[int, Ints, Ints, int]]:
        """Sessions where both may be: the free columns of each, and how many of the two are fixed there."""
        mine = self.of_person[v]
        theirs = self.of_person.get(w, np.zeros(0, dtype=np.int64))
        found = []
        for s in np.unique(np.concatenate([self.s[mine], self.s[theirs]])).tolist():
            a, b = mine[self.s[mine] == s], theirs[self.s[theirs] == s]
            taken = int((v, s) in self.fixed_pairs) + int((w, s) in self.fixed_pairs)
            if (len(a) > 0) + (len(b) > 0) + taken == 2:
                found.append((s, a, b, taken))
        return found


def _group(values: Ints) -> dict[int, Ints]:
    """Positions by value."""
    if not len(values):
        return {}
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    edges = np.flatnonzero(np.diff(ordered)) + 1
    keys = ordered[np.concatenate([[0], edges])].tolist()
    return dict(zip(keys, np.split(order, edges), strict=True))


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
