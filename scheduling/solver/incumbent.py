"""The best plan so far, shared between the search, the bound and whoever waits."""

import threading

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.build import Arrays, Ints, plan_cost
from scheduling.solver.problem import Problem


class Incumbent:
    """Takes only plans that are cheaper than the last and that the independent scorer finds free of violations.

    Without a problem (in the bound's own process) the arrays' cost is believed; whoever receives its plans judges.
    """

    def __init__(self, arrays: Arrays, problem: Problem | None = None) -> None:
        self._problem, self._arrays = problem, arrays
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        self.columns: Ints = arrays.columns_of(())
        self.objective: int | None = None
        self.bound: int | None = None
        self.phase = "build"

    def offer(self, columns: Ints) -> bool:
        columns = np.sort(columns)
        if self._problem is None:
            objective = plan_cost(self._arrays, columns)
        else:
            assignments = self._arrays.assignments(columns)
            objective = scoring.score(self._problem, assignments).total
            if self._is_worse(objective) or scoring.violations(self._problem, assignments):
                return False
        with self._lock:
            if self._is_worse(objective):
                return False
            self.columns, self.objective = columns, objective
        return True

    def _is_worse(self, objective: int) -> bool:
        return self.objective is not None and objective >= self.objective

    def best(self) -> tuple[Ints, int | None]:
        with self._lock:
            return self.columns, self.objective

    def raise_bound(self, bound: int) -> None:
        """Up to the next value that a plan can have."""
        constant, grain = self._arrays.constant, self._arrays.grain
        bound = constant - (constant - bound) // grain * grain
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound

    @property
    def is_proven(self) -> bool:
        return self.objective is not None and self.bound is not None and self.bound >= self.objective
