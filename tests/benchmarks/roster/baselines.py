"""What people do without a planner, and what a solver does with the whole problem as one model: to compare with."""

import time

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
from ortools.math_opt.core.python import solver

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.model import build_model
from scheduling.solver.state import Builder


def first_come_first_served(arrays: Arrays, seed: int) -> Ints:
    """People arrive in any order; each takes what they like best of what is left, as much as they may."""
    arrival = np.random.default_rng(seed).permutation(arrays.volunteers)
    builder = Builder(arrays)
    builder.take(np.lexsort((arrays.col_cost, arrival[arrays.col_volunteer])))
    return builder.columns()


def greedy(arrays: Arrays) -> Ints:
    """The weightiest places first, each to whoever costs least and can; then the others."""
    builder = Builder(arrays)
    order = np.argsort(-arrays.need_weight, kind="stable")
    cheap_first = np.lexsort((arrays.col_cost, arrays.col_need))
    for wanted in (arrays.need_min, arrays.need_target):
        builder.fill(order, wanted, cheap_first)
    return builder.columns()


def one_model(arrays: Arrays, *, seconds: float, threads: int) -> tuple[Ints | None, float]:
    """CP-SAT on everything at once: the plan it finds within `seconds` (None: none), and how long building took."""
    began = time.monotonic()
    model = build_model(arrays, np.arange(arrays.columns), np.zeros(0, dtype=np.int64))
    proto = model.rows.build()
    built = time.monotonic() - began
    params = parameters_pb2.SolveParametersProto(threads=threads)
    params.time_limit.FromNanoseconds(int(seconds * 1e9))
    result = solver.solve(
        *(proto, parameters_pb2.SOLVER_TYPE_CP_SAT, parameters_pb2.SolverInitializerProto(), params),
        *(model_parameters_pb2.ModelSolveParametersProto(), None, callback_pb2.CallbackRegistrationProto(), None, None),
    )
    if not result.solutions or not result.solutions[0].HasField("primal_solution"):
        return None, built
    values = result.solutions[0].primal_solution.variable_values
    chosen = {i for i, value in zip(values.ids, values.values, strict=True) if value > 0.5}
    return model.columns[[i for i, x in enumerate(model.x.tolist()) if x in chosen]], built
