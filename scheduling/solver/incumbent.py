"""The best plan so far, shared between the search, the bound and whoever waits."""

import threading

from scheduling.solver import scoring
from scheduling.solver.build import Arrays, Ints
from scheduling.solver.problem import Assignment, Problem


class Incumbent:
    """Takes only plans that the independent scorer finds free of violations and cheaper than the last."""

    def __init__(self, problem: Problem, arrays: Arrays) -> None:
        self._problem, self._arrays = problem, arrays
        self._lock = threading.Lock()
        self.stopped = threading.Event()
        self.columns: Ints = arrays.columns_of(())
        self.assignments: list[Assignment] = []
        self.objective: int | None = None
        self.bound: int | None = None
        self.phase = "build"

    def offer(self, columns: Ints) -> bool:
        assignments = self._arrays.assignments(columns)
        objective = scoring.score(self._problem, assignments).total
        if self.objective is not None and objective >= self.objective:
            return False
        if scoring.violations(self._problem, assignments):
            return False
        with self._lock:
            if self.objective is None or objective < self.objective:
                self.columns, self.assignments, self.objective = columns, assignments, objective
                return True
        return False

    def best(self) -> tuple[Ints, int | None]:
        with self._lock:
            return self.columns, self.objective

    def raise_bound(self, bound: int) -> None:
        with self._lock:
            if self.bound is None or bound > self.bound:
                self.bound = bound

    @property
    def is_proven(self) -> bool:
        return self.objective is not None and self.bound is not None and self.bound >= self.objective
