"""One call from a problem to the best plan found in the time given, with a proof of how good it is.

A search thread improves a shared incumbent, a process of its own raises the bound, and the caller's thread
only watches the clock, reports and may cancel: so the time limit holds whatever the other two are doing.
"""

import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial

from scheduling.solver import search
from scheduling.solver.bounding import BoundProcess
from scheduling.solver.build import Arrays, build, empty_cost, trivial_bound
from scheduling.solver.construct import construct
from scheduling.solver.explain import explain_unfilled
from scheduling.solver.first_come import first_come
from scheduling.solver.incumbent import Incumbent
from scheduling.solver.pins import refuse_broken_pins
from scheduling.solver.plan import OnProgress, Plan, Progress, Status, Unfilled
from scheduling.solver.presolve import presolve
from scheduling.solver.problem import Assignment, Problem
from scheduling.solver.scoring import score, violations
from scheduling.solver.steady import improve_steadily

__all__ = ["OnProgress", "Plan", "Progress", "Unfilled", "solve"]

POLL = 0.02  # seconds between two looks at the clock
REPORT = 0.25  # seconds between two reports
MOMENT = 0.1  # seconds in which no second process starts
LARGE = 10**6  # volunteers times sessions from which getting ready takes time
HOPEFUL = 0.5  # share of the time in which that may be done before a plan is made without


def solve(
    problem: Problem,
    *,
    seconds: float,
    workers: int = 2,
    seed: int = 0,
    work: int | None = None,
    warm: Sequence[Assignment] | None = None,
    on_progress: OnProgress | None = None,
) -> Plan:
    """The best plan found within `seconds`; `on_progress` returning False ends the search early.

    With `work` (units of ten thousand moves) it is the same plan for the same seed on any machine, unless the time is
    up before: then a single thread searches.

    Raises ProblemError for pins that break a hard rule. `warm` is a plan to start from, as far as it still fits.
    """
    began = time.monotonic()
    refuse_broken_pins(problem)
    may_be_large = (
        seconds > MOMENT and work is None and len(problem.volunteers) * len(problem.sessions) > search.MOST_COUNTED
    )
    with contextlib.closing(BoundProcess()) if may_be_large else contextlib.nullcontext() as bounding:
        return _solve(problem, bounding, began, seconds, workers, seed, work, warm, on_progress)


def _solve(
    problem: Problem,
    bounding: BoundProcess | None,
    began: float,
    seconds: float,
    workers: int,
    seed: int,
    work: int | None,
    warm: Sequence[Assignment] | None,
    on_progress: OnProgress | None,
) -> Plan:
    is_large = len(problem.volunteers) * len(problem.sessions) > LARGE
    reserve = min(0.5, 0.1 * seconds) if is_large else 0.02
    # Without time to search, what is constructed is the whole plan.
    deadline = began + seconds - reserve if seconds > 0 else float("inf")
    prepare = partial(_prepare, problem, warm or (), deadline)
    if is_large and seconds > 0 and work is None:
        prepared = _in_time(prepare, problem, warm or (), deadline)
        if not isinstance(prepared, _Prepared):
            return _hasty_plan(problem, prepared, began, deadline)
    else:
        prepared = prepare()
    arrays, incumbent = prepared.arrays, prepared.incumbent
    first = time.monotonic()
    watch = _Watch(problem, incumbent, began, on_progress)
    if seconds > 0 and first < deadline:
        if bounding is not None and not search.is_large(arrays):
            bounding.close()
            bounding = None
        _improve(arrays, incumbent, bounding, deadline, workers, seed, work, watch)
    assignments, status = _conclude(problem, arrays, incumbent)
    watch.report(final=True)
    objective = score(problem, assignments).total
    bound = incumbent.bound if incumbent.bound is not None else trivial_bound(problem)
    return Plan(
        assignments=tuple(assignments),
        objective=objective,
        bound=min(bound, objective),
        status=status,
        seconds={"build": prepared.at - began, "first": first - began, "total": time.monotonic() - began},
        unfilled=explain_unfilled(problem, assignments),
    )


@dataclass(frozen=True)
class _Prepared:
    arrays: Arrays
    incumbent: Incumbent
    """Holds the first plan."""
    at: float
    """When the arrays were built."""


def _prepare(problem: Problem, warm: Sequence[Assignment], deadline: float) -> _Prepared:
    arrays = build(problem)
    if time.monotonic() < deadline:
        arrays = presolve(arrays)
    at = time.monotonic()
    incumbent = Incumbent(arrays, problem)
    incumbent.offer(construct(arrays, arrays.columns_of(warm).tolist(), deadline=deadline))
    return _Prepared(arrays, incumbent, at)


def _in_time(
    prepare: Callable[[], _Prepared], problem: Problem, warm: Sequence[Assignment], deadline: float
) -> _Prepared | list[Assignment]:
    """What is prepared; where that is not done by the deadline, a plan that asks for less."""
    if time.monotonic() >= deadline:
        return first_come(problem, warm, is_over=lambda: True)
    prepared: Future[_Prepared] = Future()
    threading.Thread(target=_fulfil, args=(prepared, prepare), daemon=True).start()
    with contextlib.suppress(TimeoutError):
        return prepared.result(max(0.0, HOPEFUL * (deadline - time.monotonic())))
    plan = first_come(problem, warm, is_over=lambda: prepared.done() or time.monotonic() >= deadline)
    with contextlib.suppress(TimeoutError):
        return prepared.result(max(0.0, deadline - time.monotonic()))
    return plan


def _fulfil(promise: Future[_Prepared], make: Callable[[], _Prepared]) -> None:
    try:
        promise.set_result(make())
    except BaseException as error:
        promise.set_exception(error)


def _hasty_plan(problem: Problem, found: Sequence[Assignment], began: float, deadline: float) -> Plan:
    broken = violations(problem, found)
    assignments = sorted(problem.pins) if broken else found
    objective = score(problem, assignments).total
    first = time.monotonic()
    return Plan(
        assignments=tuple(assignments),
        objective=objective,
        bound=min(trivial_bound(problem), objective),
        status="infeasible" if broken else "feasible",
        seconds={"build": first - began, "first": first - began, "total": time.monotonic() - began},
        unfilled=explain_unfilled(problem, assignments, deadline=deadline),
    )


def _improve(
    arrays: Arrays,
    incumbent: Incumbent,
    bounding: BoundProcess | None,
    deadline: float,
    workers: int,
    seed: int,
    work: int | None,
    watch: "_Watch",
) -> None:
    if bounding is not None:
        bounding.begin(arrays, incumbent.columns, seed=seed, deadline=deadline, threads=max(1, workers - 1))
    improve = partial(search.improve, deadline=deadline, seed=seed, guide=bounding)
    if work is not None:
        improve = partial(improve_steadily, work=work, seed=seed)
    thread = threading.Thread(target=improve, args=(arrays, incumbent), daemon=True)
    thread.start()
    try:
        while time.monotonic() < deadline and not incumbent.is_proven and not watch.is_cancelled:
            if not thread.is_alive() and (bounding is None or not bounding.is_alive):
                break
            thread.join(POLL) if thread.is_alive() else time.sleep(POLL)
            if bounding is not None:
                bounding.poll(incumbent)
            watch.report()
    finally:
        incumbent.stopped.set()
        if bounding is not None:
            bounding.close()
        thread.join(0.1)


def _conclude(problem: Problem, arrays: Arrays, incumbent: Incumbent) -> tuple[list[Assignment], Status]:
    if incumbent.objective is not None:
        return arrays.assignments(incumbent.columns), "optimal" if incumbent.is_proven else "feasible"
    # the pins alone break a rule that only others could mend (a newcomer without company): say so, keep the pins
    assignments = sorted(problem.pins)
    return assignments, "infeasible" if violations(problem, assignments) else "feasible"


class _Watch:
    """Tells the caller how it goes, at a steady pace, and remembers whether they want it to end."""

    def __init__(self, problem: Problem, incumbent: Incumbent, began: float, on_progress: OnProgress | None) -> None:
        self._incumbent, self._began, self._on_progress = incumbent, began, on_progress
        self._empty = empty_cost(problem)
        self._next = 0.0
        self.is_cancelled = False

    def report(self, *, final: bool = False) -> None:
        now = time.monotonic()
        objective, bound = self._incumbent.objective, self._incumbent.bound
        if self._on_progress is None or objective is None or (now < self._next and not final):
            return
        self._next = now + REPORT
        gap = None
        if bound is not None:
            gap = max(0, objective - bound) / max(1, self._empty - bound)
        phase = "done" if final else self._incumbent.phase
        if self._on_progress(Progress(now - self._began, objective, bound, gap, phase)) is False:
            self.is_cancelled = True
