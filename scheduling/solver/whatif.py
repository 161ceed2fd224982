"""试一试: what would change in a plan if one thing were otherwise, and nothing that has nothing to do with it.

A small problem whose plan is proven best is solved again, so that the answer is the difference between two optima. In
a larger one few people follow each other from what the question touches. What the plan could gain without the
question is no merit of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.board import Board
from scheduling.solver.book import Book
from scheduling.solver.build import Arrays, Ints, build, plan_cost
from scheduling.solver.construct import construct
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.pins import refuse_broken_pins
from scheduling.solver.problem import Assignment, Problem, ProblemError
from scheduling.solver.ripple import Pond, Ripple
from scheduling.solver.scoring import Score
from scheduling.solver.search import is_large
from scheduling.solver.supposed import (
    AddedVolunteer,
    Barred,
    DroppedSession,
    MovedSession,
    Pinned,
    Question,
    parse_question,
)

__all__ = [
    "AddedVolunteer",
    "Asker",
    "Barred",
    "DroppedSession",
    "MovedSession",
    "Pinned",
    "Question",
    "WhatIf",
    "parse_question",
    "what_if",
]

SECONDS = 0.8
STEADY = 1024  # more than places ever change hands at once


@dataclass(frozen=True)
class WhatIf:
    """`change` holds every term's difference; `is_proven` says that it is the difference between two optima.

    `slack` (0 or less) is what the plan at hand could gain without the change, as far as that is known; not counted.
    """

    problem: Problem
    assignments: tuple[Assignment, ...]
    change: dict[str, int]
    short_of_min: int
    slack: int
    dropped: tuple[Assignment, ...]
    added: tuple[Assignment, ...]
    is_proven: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "objective": sum(self.change.values()),
            "terms": self.change,
            "short_of_min": self.short_of_min,
            "slack": self.slack,
            "dropped": [list(item) for item in self.dropped],
            "added": [list(item) for item in self.added],
            "status": "proven" if self.is_proven else "found",
        }


class Asker:
    """A plan held ready for questions."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment], *, seconds: float = SECONDS) -> None:
        self.problem, self.plan = problem, tuple(assignments)
        self._book = Book(self.plan)
        self._arrays = build(problem)
        self._slack, self._is_optimal = 0, False
        if not is_large(self._arrays):
            now = self._arrays.columns_of(self.plan)
            best, is_best = _solved(self._arrays, now, seconds / 2)
            self._slack = plan_cost(self._arrays, best) - plan_cost(self._arrays, now)
            self._is_optimal = is_best and self._slack == 0

    def ask(self, question: Question, *, seconds: float = SECONDS) -> WhatIf:
        """The plan after the change. Raises ProblemError where a pin breaks a rule, and where no plan is left."""
        changed = question.after(self.problem)
        refuse_broken_pins(changed)
        best = self._best(changed, seconds / 2) if self._is_optimal else None
        after = Ripple(self._pond, changed, question).spread() if best is None else Book(best)
        found = after.assignments()
        dropped, added = sorted(set(self.plan) - set(found)), sorted(set(found) - set(self.plan))
        people, sessions = ({item[i] for item in (*dropped, *added)} for i in (0, 1))
        if any(scoring.violations_among(changed, after, people, sessions)):
            raise ProblemError("question", "no_plan", "found no plan that keeps every rule: a newcomer would be alone")
        change = _change(self.problem, changed, question, self._book) + scoring.change(
            changed, self._book, dropped, added
        )
        return WhatIf(
            problem=changed,
            assignments=tuple(found),
            change=change.terms,
            short_of_min=change.short_of_min,
            slack=self._slack,
            dropped=tuple(dropped),
            added=tuple(added),
            is_proven=best is not None,
        )

    @cached_property
    def _pond(self) -> Pond:
        board = Board(self.problem, self.plan, self._arrays)
        held = set(self.plan)
        for v, s, r in self.problem.pins:
            if (v, s, r) in held:
                board.lock(v, board.need(s, r))
        return Pond(self.problem, self._book, board)

    def _best(self, changed: Problem, seconds: float) -> list[Assignment] | None:
        """The best plan after the change, if it is proven to be."""
        arrays = build(changed)
        start = construct(arrays, arrays.columns_of(self.plan).tolist(), fill=False)
        best, is_best = _solved(arrays, start, seconds)
        return arrays.assignments(best) if is_best else None


def what_if(
    problem: Problem, assignments: Sequence[Assignment], question: Question, *, seconds: float = SECONDS
) -> WhatIf:
    """One question. For several about one plan keep an Asker."""
    return Asker(problem, assignments, seconds=seconds).ask(question, seconds=seconds)


def _change(problem: Problem, changed: Problem, question: Question, book: Book) -> Score:
    """What the question costs by itself, while everybody stays where they are."""
    there = [] if isinstance(question, AddedVolunteer) else [question.session]
    plan = [(v, 0, r) for s in there for v in book.present.get(s, ()) for t, r in book.taken[v] if t == s]
    before, after = (
        scoring.score(replace(one, sessions=tuple(one.sessions[s] for s in there), published=()), plan)
        for one in (problem, changed)
    )
    return after - before


def _solved(arrays: Arrays, start: Ints, seconds: float) -> tuple[Ints, bool]:
    """The best plan found from `start`, and whether there is none better."""
    steady, pinned = _steady(arrays, start), np.flatnonzero(arrays.col_pinned)
    answer = solve_mip(build_model(steady, np.flatnonzero(~arrays.col_pinned), pinned), seconds=seconds, start=start)
    is_best = answer.status in ("OPTIMAL", "empty")
    if answer.columns is None or plan_cost(steady, answer.columns) >= plan_cost(steady, start):
        return start, is_best
    return answer.columns, is_best


def _steady(arrays: Arrays, start: Ints) -> Arrays:
    """The same prices, but of two plans that cost the same the one that moves fewer people is cheaper."""
    cost = STEADY * arrays.col_cost
    cost[start] -= 1
    return replace(
        arrays,
        col_cost=cost,
        need_weight=STEADY * arrays.need_weight,
        target_weight=STEADY * arrays.target_weight,
        step=STEADY * arrays.step,
        beyond_weight=STEADY * arrays.beyond_weight,
        buddy_weight=STEADY * arrays.buddy_weight,
        open_weight=STEADY * arrays.open_weight,
        constant=STEADY * arrays.constant,
    )
