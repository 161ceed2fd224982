"""The problem, or any part of it, as a linear model with integer columns.

A part is a set of free columns beside fixed ones: the whole problem, a neighborhood of a plan, or the columns a
bound found worth a thought all come through the same builder. Solved by the HiGHS that OR-Tools
bundles, by way of MathOpt: it takes whole models as arrays and, unlike the older wrapper, hands back true duals.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver

from scheduling.solver import cliques
from scheduling.solver.build import Arrays, Ints, need_cost, plan_cost

Floats = NDArray[np.float64]
INFINITY = float("inf")


class Rows:
    """A linear model in the making: variables from 0 on, rows of (variables, factors)."""

    def __init__(self) -> None:
        self.costs: list[NDArray[Any]] = []
        self.uppers: list[NDArray[Any]] = []
        self.integral: list[NDArray[np.bool_]] = []
        self.variables = 0
        self.lows: list[float] = []
        self.highs: list[float] = []
        self._entries: list[tuple[int, Ints, NDArray[Any] | float]] = []

    def add_variables(self, cost: NDArray[Any], upper: NDArray[Any], *, integral: bool) -> Ints:
        self.costs.append(cost)
        self.uppers.append(upper)
        self.integral.append(np.full(len(cost), integral, dtype=np.bool_))
        self.variables += len(cost)
        return np.arange(self.variables - len(cost), self.variables)

    def add(self, low: float, high: float, *terms: tuple[Ints, NDArray[Any] | float]) -> int:
        row = len(self.lows)
        self.lows.append(float(low))
        self.highs.append(float(high))
        for variables, factors in terms:
            if len(variables):
                self._entries.append((row, variables, factors))
        return row

    def build(self) -> Any:
        """The model as MathOpt takes it."""
        proto = model_pb2.ModelProto()
        some = self.variables > 0
        proto.variables.ids.extend(range(self.variables))
        proto.variables.lower_bounds.extend([0.0] * self.variables)
        proto.variables.upper_bounds.extend(np.concatenate(self.uppers).astype(float).tolist() if some else [])
        proto.variables.integers.extend(np.concatenate(self.integral).tolist() if some else [])
        cost = np.concatenate(self.costs).astype(float) if some else np.zeros(0)
        priced = np.flatnonzero(cost)
        proto.objective.linear_coefficients.ids.extend(priced.tolist())
        proto.objective.linear_coefficients.values.extend(cost[priced].tolist())
        proto.linear_constraints.ids.extend(range(len(self.lows)))
        proto.linear_constraints.lower_bounds.extend(self.lows)
        proto.linear_constraints.upper_bounds.extend(self.highs)
        if self._entries:
            sizes = [len(variables) for _, variables, _ in self._entries]
            row = np.repeat([row for row, _, _ in self._entries], sizes)
            variable = np.concatenate([variables for _, variables, _ in self._entries])
            factor = np.concatenate(
                [np.broadcast_to(np.asarray(f, dtype=float), len(variables)) for _, variables, f in self._entries]
            )
            order = np.lexsort((variable, row))
            proto.linear_constraint_matrix.row_ids.extend(row[order].tolist())
            proto.linear_constraint_matrix.column_ids.extend(variable[order].tolist())
            proto.linear_constraint_matrix.coefficients.extend(factor[order].tolist())
        return proto


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


@dataclass
class Answer:
    columns: Ints | None  # all of the plan, the fixed ones too
    bound: float | None
    status: str


def build_model(arrays: Arrays, columns: Ints, fixed: Ints, *, integral: bool = True) -> Model:
    """Choose among `columns` (sorted), with the `fixed` ones taken. Columns that `fixed` forbids are left out."""
    columns = _open_columns(arrays, columns, fixed)
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    rows = Rows()
    x = rows.add_variables(arrays.col_cost[columns], np.ones(len(columns)), integral=integral)
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
    )


def _open_columns(arrays: Arrays, columns: Ints, fixed: Ints) -> Ints:
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    counts = np.bincount(arrays.col_volunteer[fixed], minlength=arrays.volunteers)
    used = np.bincount(
        arrays.col_volunteer[fixed], weights=arrays.minutes[arrays.col_session[fixed]], minlength=arrays.volunteers
    )
    v, s, n = arrays.col_volunteer[columns], arrays.col_session[columns], arrays.col_need[columns]
    keep = (heads[n] < arrays.need_target[n]) & (counts[v] < arrays.max_sessions[v])
    keep &= used[v] + arrays.minutes[s] <= arrays.max_minutes[v]
    # a newcomer needs somebody experienced who is, or may come to be, in the session
    company = np.zeros(arrays.sessions, dtype=np.bool_)
    for some in (columns, fixed):
        company[arrays.col_session[some][arrays.experienced[arrays.col_volunteer[some]]]] = True
    keep &= ~arrays.newcomer[v] | company[s]
    return cliques.compatible(arrays, columns[keep], fixed)


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

    def add_needs(self) -> None:
        """Heads and empty places make up the target; plus the cut that keeps halves of newcomers out of a minimum."""
        a = self.arrays
        touched = _group(self.n)
        needs = np.array(sorted(touched), dtype=np.int64)
        below = self.rows.add_variables(a.need_weight[needs], a.need_min[needs], integral=False)
        rest = self.rows.add_variables(
            np.full(len(needs), a.target_weight), (a.need_target - a.need_min)[needs], integral=False
        )
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
            steps = a.fair_step * np.arange(counts[v], counts[v] + most)
            opens = a.open_weight > 0 and counts[v] == 0
            if opens and most:
                steps[0] += a.open_weight
                steps[1:] += 0
            if not steps.any():
                self.rows.add(0, most, (self.x[mine], 1.0))
            else:
                step = self.rows.add_variables(steps, np.ones(len(steps)), integral=opens and self.integral)
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
            for mine, theirs, taken in self._shared(v, w):
                if taken == 0:
                    self.rows.add(0, 1, (self.x[mine], 1.0), (self.x[theirs], 1.0))
                else:
                    self.rows.add(0, 0, (self.x[mine], 1.0), (self.x[theirs], 1.0))

    def add_buddies(self) -> None:
        if not self.arrays.buddy_weight:
            return
        for v, w in self._pairs(self.arrays.buddy_at, self.arrays.buddy_list):
            for mine, theirs, taken in self._shared(v, w):
                together = self.rows.add_variables(np.array([-self.arrays.buddy_weight]), np.ones(1), integral=False)
                for side in (mine, theirs):
                    if len(side) or not taken:
                        self.rows.add(-INFINITY, 0, (together, 1.0), (self.x[side], -1.0))

    def _pairs(self, at: Ints, listed: Ints) -> list[tuple[int, int]]:
        """Each pair once, as often as it is named, if somebody of it has a free column here."""
        found = []
        for v in self.of_person:
            for w in listed[at[v] : at[v + 1]].tolist():
                if v < w or w not in self.of_person:
                    found.append((v, w))
        return found

    def _shared(self, v: int, w: int) -> list[tuple[Ints, Ints, int]]:
        """Sessions where both may be: the free columns of each, and how many of the two are fixed there."""
        mine = self.of_person[v]
        theirs = self.of_person.get(w, np.zeros(0, dtype=np.int64))
        found = []
        for s in np.unique(np.concatenate([self.s[mine], self.s[theirs]])).tolist():
            a, b = mine[self.s[mine] == s], theirs[self.s[theirs] == s]
            taken = int((v, s) in self.fixed_pairs) + int((w, s) in self.fixed_pairs)
            if (len(a) > 0) + (len(b) > 0) + taken == 2:
                found.append((a, b, taken))
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


def solve_mip(model: Model, *, seconds: float, seed: int = 0, start: Ints | None = None, gap: float = 0.0) -> Answer:
    """The best choice found in the time, and a proven bound on the objective of all plans of this part."""
    if not len(model.columns):
        return Answer(np.sort(model.fixed), None, "empty")
    params = parameters_pb2.SolveParametersProto(random_seed=seed % 2**31)
    params.relative_gap_tolerance, params.absolute_gap_tolerance = gap, 0.5
    hints = model_parameters_pb2.ModelSolveParametersProto()
    if start is not None:
        values = hints.solution_hints.add().variable_values
        values.ids.extend(model.x.tolist())
        values.values.extend(np.isin(model.columns, start).astype(float).tolist())
    result = _solve(model, params, hints, seconds)
    termination = result.termination
    status = termination_name(termination.reason)
    bound = termination.objective_bounds.dual_bound + model.constant
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return Answer(None, bound if math.isfinite(bound) else None, status)
    primal = result.solutions[0].primal_solution.variable_values
    chosen = np.zeros(model.rows.variables)
    chosen[np.array(primal.ids, dtype=np.int64)] = primal.values
    columns = np.sort(np.concatenate([model.fixed, model.columns[chosen[model.x] > 0.5]]))
    return Answer(columns, bound if math.isfinite(bound) else None, status)


@dataclass
class Duals:
    objective: float
    rows: Floats
    reduced: Floats  # of the model's columns
    values: Floats


def solve_lp(model: Model, *, seconds: float, seed: int = 0) -> Duals | None:
    """The linear relaxation's optimum and prices, or None when time ran out."""
    params = parameters_pb2.SolveParametersProto(random_seed=seed % 2**31)
    result = _solve(model, params, model_parameters_pb2.ModelSolveParametersProto(), seconds)
    if termination_name(result.termination.reason) != "OPTIMAL" or not result.solutions[0].HasField("dual_solution"):
        return None
    solution = result.solutions[0]
    rows, reduced, values = np.zeros(len(model.rows.lows)), *np.zeros((2, model.rows.variables))
    dual = solution.dual_solution
    rows[np.array(dual.dual_values.ids, dtype=np.int64)] = dual.dual_values.values
    reduced[np.array(dual.reduced_costs.ids, dtype=np.int64)] = dual.reduced_costs.values
    primal = solution.primal_solution
    values[np.array(primal.variable_values.ids, dtype=np.int64)] = primal.variable_values.values
    return Duals(primal.objective_value + model.constant, rows, reduced[model.x], values[model.x])


def termination_name(reason: int) -> str:
    name: str = result_pb2.TerminationReasonProto.Name(reason)
    return name.removeprefix("TERMINATION_REASON_")


def _solve(model: Model, params: Any, hints: Any, seconds: float) -> Any:
    params.time_limit.FromNanoseconds(max(1, int(max(0.01, seconds) * 1e9)))
    highs = parameters_pb2.SOLVER_TYPE_HIGHS
    start = parameters_pb2.SolverInitializerProto()
    return solver.solve(
        model.rows.build(), highs, start, params, hints, None, callback_pb2.CallbackRegistrationProto(), None, None
    )


def _cost_beside(arrays: Arrays, fixed: Ints, columns: Ints) -> int:
    """What the model of a part does not see: the fixed columns, and places that none of its columns can fill."""
    heads = np.bincount(arrays.col_need[fixed], minlength=arrays.needs)
    touched = np.zeros(arrays.needs, dtype=np.bool_)
    touched[arrays.col_need[columns]] = True
    as_if_full = np.where(touched, arrays.need_target, heads)
    return plan_cost(arrays, fixed) - need_cost(arrays, heads) + need_cost(arrays, as_if_full)
