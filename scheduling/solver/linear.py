"""A linear program in the making, and how it is solved.

OR-Tools' bundled HiGHS and PDLP, by way of MathOpt: it takes whole models as arrays and, unlike the older
wrapper, hands back true duals.
"""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from ortools.math_opt import callback_pb2, model_parameters_pb2, model_pb2, parameters_pb2, result_pb2
from ortools.math_opt.core.python import solver
from pybind11_abseil.status import StatusNotOk

from scheduling.solver.build import Ints

Floats = NDArray[np.float64]
Method = Literal["interior", "first_order"]
INFINITY = float("inf")
NAMELESS = -1
INTERIOR_TOLERANCE = 1e-6  # relative; the usual 1e-8 is at times not reached


class Rows:
    """Variables from 0 on, each from 0 to its upper bound, and rows of (variables, factors) between two limits.

    A name (a number) tells which variable or row of another program is the same one; most need none.
    """

    def __init__(self) -> None:
        self.variables = 0
        self.rows = 0
        self._costs: list[Floats] = []
        self._uppers: list[Floats] = []
        self._integral: list[NDArray[np.bool_]] = []
        self._names: list[Ints] = []
        self._lows: list[Floats] = []
        self._highs: list[Floats] = []
        self._row_names: list[Ints] = []
        self._entries: list[tuple[Ints, Ints, Floats]] = []

    def add_variables(
        self, cost: NDArray[Any], upper: NDArray[Any] | float, *, integral: bool = False, names: Ints | None = None
    ) -> Ints:
        size = len(cost)
        self._costs.append(np.asarray(cost, dtype=float))
        self._uppers.append(np.broadcast_to(np.asarray(upper, dtype=float), size))
        self._integral.append(np.full(size, integral, dtype=np.bool_))
        self._names.append(np.full(size, NAMELESS) if names is None else names)
        self.variables += size
        return np.arange(self.variables - size, self.variables)

    def add(self, low: float, high: float, *terms: tuple[Ints, NDArray[Any] | float]) -> int:
        """One row: low <= sum of factors * variables <= high."""
        row = int(self.add_rows(np.array([low]), np.array([high]))[0])
        for variables, factors in terms:
            self.enter(np.full(len(variables), row), variables, factors)
        return row

    def add_rows(self, lows: NDArray[Any], highs: NDArray[Any], *, names: Ints | None = None) -> Ints:
        """Rows without entries yet."""
        self._lows.append(np.asarray(lows, dtype=float))
        self._highs.append(np.asarray(highs, dtype=float))
        self._row_names.append(np.full(len(lows), NAMELESS) if names is None else names)
        self.rows += len(lows)
        return np.arange(self.rows - len(lows), self.rows)

    def enter(self, rows: Ints, variables: Ints, factors: NDArray[Any] | float) -> None:
        """Add factors to cells; what is entered in one cell twice is summed."""
        if len(variables):
            one = isinstance(factors, float | int)
            values = np.full(len(variables), factors, dtype=float) if one else np.asarray(factors, dtype=float)
            self._entries.append((rows, variables, values))

    @property
    def names(self) -> Ints:
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._names])

    @property
    def row_names(self) -> Ints:
        return np.concatenate([np.zeros(0, dtype=np.int64), *self._row_names])

    def build(self) -> Any:
        """The program as MathOpt takes it."""
        proto = model_pb2.ModelProto()
        proto.variables.ids.extend(range(self.variables))
        proto.variables.lower_bounds.extend([0.0] * self.variables)
        proto.variables.upper_bounds.extend(_joined(self._uppers).tolist())
        proto.variables.integers.extend(np.concatenate([np.zeros(0, dtype=np.bool_), *self._integral]).tolist())
        cost = _joined(self._costs)
        priced = np.flatnonzero(cost)
        proto.objective.linear_coefficients.ids.extend(priced.tolist())
        proto.objective.linear_coefficients.values.extend(cost[priced].tolist())
        proto.linear_constraints.ids.extend(range(self.rows))
        proto.linear_constraints.lower_bounds.extend(_joined(self._lows).tolist())
        proto.linear_constraints.upper_bounds.extend(_joined(self._highs).tolist())
        if self._entries:
            row, variable, factor = (np.concatenate(parts) for parts in zip(*self._entries, strict=True))
            cell = row * self.variables + variable
            order = np.argsort(cell, kind="stable")
            first = np.concatenate([[0], np.flatnonzero(np.diff(cell[order])) + 1])
            proto.linear_constraint_matrix.row_ids.extend(row[order][first].tolist())
            proto.linear_constraint_matrix.column_ids.extend(variable[order][first].tolist())
            proto.linear_constraint_matrix.coefficients.extend(np.add.reduceat(factor[order], first).tolist())
        return proto


@dataclass
class Solution:
    """What came out: `bound` holds in any case; the arrays are None where nothing was found."""

    status: str  # as MathOpt names it: OPTIMAL, FEASIBLE, NO_SOLUTION_FOUND, ...
    objective: float
    bound: float | None
    values: Floats | None
    duals: Floats | None = None  # by row
    reduced: Floats | None = None  # by variable


def solve_integer(
    rows: Rows,
    *,
    seconds: float,
    nodes: int = 0,
    seed: int = 0,
    gap: float = 0.0,
    hint: tuple[Ints, Floats] | None = None,
) -> Solution:
    """By HiGHS, within `nodes` of its tree (0: as many as it likes). `hint` is a start: variables and their values."""
    params = parameters_pb2.SolveParametersProto(random_seed=seed % 2**31)
    if nodes:
        params.node_limit = nodes
    params.relative_gap_tolerance, params.absolute_gap_tolerance = gap, 0.5
    hints = _no_hints()
    if hint is not None:
        values = hints.solution_hints.add().variable_values
        values.ids.extend(hint[0].tolist())
        values.values.extend(hint[1].tolist())
    return _solve(rows, parameters_pb2.SOLVER_TYPE_HIGHS, params, hints, seconds)


def solve_linear(
    rows: Rows,
    *,
    seconds: float,
    method: Method,
    tolerance: float = 1e-4,
    threads: int = 1,
    start: tuple[Rows, Solution] | None = None,
) -> Solution | None:
    """The relaxation's optimum with its prices, or None when time ran out.

    "interior" is HiGHS's interior point without crossover; "first_order" is PDLP, which is faster on large
    programs, stops at the relative `tolerance`, and can `start` from what solved a similar program. Both end inside
    the optimal face, where prices are well centered.
    """
    params = parameters_pb2.SolveParametersProto()
    if method == "first_order":
        params.threads = threads
        criteria = params.pdlp.termination_criteria.simple_optimality_criteria
        criteria.eps_optimal_absolute, criteria.eps_optimal_relative = 1.0, tolerance
        found = _solve(rows, parameters_pb2.SOLVER_TYPE_PDLP, params, _hints_from(start, rows), seconds)
    else:
        params.highs.string_options["solver"] = "ipm"
        params.highs.string_options["run_crossover"] = "off"
        params.highs.double_options["ipm_optimality_tolerance"] = INTERIOR_TOLERANCE
        try:
            found = _solve(rows, parameters_pb2.SOLVER_TYPE_HIGHS, params, _no_hints(), seconds)
        except StatusNotOk:  # it gave up for want of digits: a corner of the face has them
            params.highs.string_options["run_crossover"] = "on"
            found = _solve(rows, parameters_pb2.SOLVER_TYPE_HIGHS, params, _no_hints(), seconds)
    return found if found.status == "OPTIMAL" and found.duals is not None else None


def _no_hints() -> Any:
    return model_parameters_pb2.ModelSolveParametersProto()


def _hints_from(start: tuple[Rows, Solution] | None, rows: Rows) -> Any:
    """The values and duals of another program's solution, for what has the same name in this one."""
    hints = _no_hints()
    if start is not None:
        other, found = start
        assert found.values is not None
        assert found.duals is not None
        hint = hints.solution_hints.add()
        for vector, known, values, wanted in (
            (hint.variable_values, other.names, found.values, rows.names),
            (hint.dual_values, other.row_names, found.duals, rows.row_names),
        ):
            carried = _carried(known, values, wanted)
            vector.ids.extend(range(len(carried)))
            vector.values.extend(carried.tolist())
    return hints


def _carried(known: Ints, values: Floats, wanted: Ints) -> Floats:
    order = np.argsort(known, kind="stable")
    at = order[np.minimum(np.searchsorted(known[order], wanted), len(order) - 1)]
    return np.where((known[at] == wanted) & (wanted != NAMELESS), values[at], 0.0)


def _solve(rows: Rows, kind: Any, params: Any, hints: Any, seconds: float) -> Solution:
    params.time_limit.FromNanoseconds(max(1, int(max(0.01, seconds) * 1e9)))
    start = parameters_pb2.SolverInitializerProto()
    registration = callback_pb2.CallbackRegistrationProto()
    result = solver.solve(rows.build(), kind, start, params, hints, None, registration, None, None)
    termination = result.termination
    bound = termination.objective_bounds.dual_bound
    found = Solution(_name(termination.reason), math.nan, bound if math.isfinite(bound) else None, None)
    if result.solutions and result.solutions[0].HasField("primal_solution"):
        primal = result.solutions[0].primal_solution
        found.objective, found.values = primal.objective_value, _dense(primal.variable_values, rows.variables)
        if result.solutions[0].HasField("dual_solution"):
            dual = result.solutions[0].dual_solution
            found.duals = _dense(dual.dual_values, rows.rows)
            found.reduced = _dense(dual.reduced_costs, rows.variables)
    return found


def _name(reason: int) -> str:
    name: str = result_pb2.TerminationReasonProto.Name(reason)
    return name.removeprefix("TERMINATION_REASON_")


def _dense(sparse: Any, size: int) -> Floats:
    values = np.zeros(size)
    values[np.array(sparse.ids, dtype=np.int64)] = sparse.values
    return values


def _joined(parts: list[Floats]) -> Floats:
    return np.concatenate([np.zeros(0), *parts])
