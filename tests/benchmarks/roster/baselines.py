"""What people do without a planner, and what a solver does with the whole problem as one model: to compare with."""

import random
import time

import numpy as np
from ortools.math_opt import callback_pb2, model_parameters_pb2, parameters_pb2
from ortools.math_opt.core.python import solver

from scheduling.solver.build import Arrays, Ints
from scheduling.solver.construct import Ledger
from scheduling.solver.model import build_model


def first_come_first_served(arrays: Arrays, seed: int) -> Ints:
    """People arrive in any order; each takes what they like best of what is left, as much as they may."""
    ledger = Ledger(arrays)
    for v in random.Random(seed).sample(range(arrays.volunteers), arrays.volunteers):
        low, high = arrays.col_of_volunteer[v], arrays.col_of_volunteer[v + 1]
        for column in (low + np.argsort(arrays.col_cost[low:high], kind="stable")).tolist():
            if ledger.fits(column):
                ledger.add(column)
    return ledger.columns()


def greedy(arrays: Arrays) -> Ints:
    """The weightiest places first, each to whoever costs least and can; then the others."""
    ledger = Ledger(arrays)
    order = np.argsort(-arrays.need_weight, kind="stable").tolist()
    for wanted in (arrays.need_min, arrays.need_target):
        for n in order:
            columns = arrays.need_cols[arrays.col_of_need[n] : arrays.col_of_need[n + 1]]
            for column in columns[np.argsort(arrays.col_cost[columns], kind="stable")].tolist():
                if ledger.heads[n] >= wanted[n]:
                    break
                if ledger.fits(column):
                    ledger.add(column)
    return ledger.columns()


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
