"""试一试: what would change in a plan if one thing were otherwise.

The changed problem is solved again from the plan at hand: all of it where it is small, so that the answer is proven
best; else the people around the change, which gives the best found in a moment. A question as a document is one of

    {"kind": "pin", "volunteer": 3, "session": 5, "need": 0}
    {"kind": "bar", "volunteer": 3, "session": 5}
    {"kind": "add_volunteer", "volunteer": {...}}             as in a problem's list
    {"kind": "drop_session", "session": 5}
    {"kind": "move_session", "session": 5, "start": 600, "end": 690}
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scheduling.solver import parsing, scoring
from scheduling.solver.build import Arrays, Ints, build, plan_cost
from scheduling.solver.construct import construct
from scheduling.solver.events import ChangedTime
from scheduling.solver.model import build_model, solve_mip
from scheduling.solver.pins import refuse_broken_pins
from scheduling.solver.problem import Assignment, Problem, ProblemError, Volunteer
from scheduling.solver.reading import Reader
from scheduling.solver.search import is_large

PEOPLE = 40  # around the change
SECONDS = 0.8
STEADY = 1024  # more than places ever change hands at once


@dataclass(frozen=True)
class Pinned:
    volunteer: int
    session: int
    need: int

    def after(self, problem: Problem) -> Problem:
        pin = (self.volunteer, self.session, self.need)
        return problem if pin in problem.pins else replace(problem, pins=(*problem.pins, pin))


@dataclass(frozen=True)
class Barred:
    volunteer: int
    session: int

    def after(self, problem: Problem) -> Problem:
        pins = tuple(pin for pin in problem.pins if pin[:2] != (self.volunteer, self.session))
        return replace(problem, pins=pins, barred=problem.barred | {(self.volunteer, self.session)})


@dataclass(frozen=True)
class AddedVolunteer:
    volunteer: Volunteer

    def after(self, problem: Problem) -> Problem:
        return replace(problem, volunteers=(*problem.volunteers, self.volunteer))


@dataclass(frozen=True)
class DroppedSession:
    session: int

    def after(self, problem: Problem) -> Problem:
        sessions = list(problem.sessions)
        empty = tuple(replace(need, min=0, target=0) for need in sessions[self.session].needs)
        sessions[self.session] = replace(sessions[self.session], needs=empty)
        pins = tuple(pin for pin in problem.pins if pin[1] != self.session)
        return replace(problem, sessions=tuple(sessions), pins=pins)


@dataclass(frozen=True)
class MovedSession(ChangedTime):
    """Pins of those who cannot follow are given up."""

    def after(self, problem: Problem) -> Problem:
        moved = super().after(problem)
        bad = {(f.volunteer, f.session) for f in scoring.violations(moved, moved.pins) if f.code != "needs_experienced"}
        bad |= {(f.volunteer, f.other) for f in scoring.violations(moved, moved.pins) if f.code == "clash"}
        ours = [pin for pin in moved.pins if pin[1] == self.session]
        lost = {pin for pin in ours if pin[:2] in bad or (pin[0], None) in bad}
        return replace(moved, pins=tuple(pin for pin in moved.pins if pin not in lost))


Question = Pinned | Barred | AddedVolunteer | DroppedSession | MovedSession


@dataclass(frozen=True)
class WhatIf:
    """`change` holds every term's difference; `is_proven` says that it is the difference between two optima.

    What the plan at hand could gain without the change, around the same people, is no merit of it: that is `slack`
    (0 or less), and not counted.
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


def what_if(
    problem: Problem, assignments: Sequence[Assignment], question: Question, *, seconds: float = SECONDS
) -> WhatIf:
    """The plan after the change, from the plan at hand. Raises ProblemError where a pin breaks a rule."""
    changed = question.after(problem)
    refuse_broken_pins(changed)
    arrays = build(changed)
    start = construct(arrays, arrays.columns_of(assignments).tolist())
    people = _around(arrays, start, assignments, question)
    plan, is_best = _solved(arrays, start, people, seconds / 2)
    old = build(problem)
    now = old.columns_of(assignments)
    settled, was_best = _solved(old, now, people[people < old.volunteers], seconds / 2)
    found, calm = arrays.assignments(plan), old.assignments(settled)
    after, before = scoring.score(changed, found), scoring.score(problem, calm)
    unchanged = scoring.score(changed, calm)
    if unchanged.total <= after.total and not scoring.violations(changed, calm):
        found, after = calm, unchanged
    return WhatIf(
        problem=changed,
        assignments=tuple(found),
        change={name: cost - before.terms[name] for name, cost in after.terms.items()},
        short_of_min=after.short_of_min - before.short_of_min,
        slack=before.total - scoring.score(problem, assignments).total,
        dropped=tuple(sorted(set(assignments) - set(found))),
        added=tuple(sorted(set(found) - set(assignments))),
        is_proven=is_best and was_best,
    )


def _solved(arrays: Arrays, start: Ints, people: Ints, seconds: float) -> tuple[Ints, bool]:
    """The best columns found from `start` when these people may move, and whether nothing better exists at all."""
    everybody = not is_large(arrays)
    chosen = np.full(arrays.volunteers, everybody, dtype=np.bool_)
    chosen[people] = True
    free = chosen[arrays.col_volunteer] & ~arrays.col_pinned
    fixed = np.union1d(start[~free[start]], np.flatnonzero(arrays.col_pinned))
    steady = _steady(arrays, start)
    answer = solve_mip(build_model(steady, np.flatnonzero(free), fixed), seconds=seconds, start=start)
    is_best = everybody and answer.status in ("OPTIMAL", "empty")
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
        fair_step=STEADY * arrays.fair_step,
        buddy_weight=STEADY * arrays.buddy_weight,
        open_weight=STEADY * arrays.open_weight,
        constant=STEADY * arrays.constant,
    )


def _around(arrays: Arrays, start: Ints, assignments: Iterable[Assignment], question: Question) -> Ints:
    """Who is concerned: whom the change names or moves, and the likeliest to come for the places it touches."""
    moved = {v for v, _, _ in set(assignments) ^ set(arrays.assignments(start))}
    sessions = {s for _, s, _ in set(assignments) ^ set(arrays.assignments(start))}
    if isinstance(question, AddedVolunteer):
        moved.add(arrays.volunteers - 1)
        low, high = arrays.col_of_volunteer[-2], arrays.col_of_volunteer[-1]
        sessions |= set(arrays.col_session[low:high].tolist())
    else:
        sessions.add(question.session)
        if isinstance(question, Pinned | Barred):
            moved.add(question.volunteer)
    near = np.flatnonzero(np.isin(arrays.col_session, list(sessions)))
    cheap = near[np.argsort(arrays.col_cost[near], kind="stable")]
    there = start[np.isin(arrays.col_session[start], list(sessions))]
    others = arrays.col_volunteer[np.concatenate([there, cheap])]
    likely = list(dict.fromkeys([*moved, *others.tolist()]))[: max(PEOPLE, len(moved))]
    return np.array(likely, dtype=np.int64)


def parse_question(data: Any, problem: Problem, path: str = "question") -> Question:
    """Check a question document against the problem; a fault names its place."""
    root = Reader(data, path)
    kind = data.get("kind") if isinstance(data, dict) else None
    people, sessions = len(problem.volunteers), len(problem.sessions)
    if kind == "pin":
        item = root.object(required=("kind", "volunteer", "session", "need"), optional=())
        s = item["session"].index(sessions, "session")
        r = item["need"].index(len(problem.sessions[s].needs), "need")
        return Pinned(item["volunteer"].index(people, "volunteer"), s, r)
    if kind == "bar":
        item = root.object(required=("kind", "volunteer", "session"), optional=())
        return Barred(item["volunteer"].index(people, "volunteer"), item["session"].index(sessions, "session"))
    if kind == "add_volunteer":
        item = root.object(required=("kind", "volunteer"), optional=())
        return AddedVolunteer(parsing.parse_volunteer(item["volunteer"], people, len(problem.hubs)))
    if kind == "drop_session":
        item = root.object(required=("kind", "session"), optional=())
        return DroppedSession(item["session"].index(sessions, "session"))
    if kind == "move_session":
        item = root.object(required=("kind", "session", "start", "end"), optional=())
        start = item["start"].integer(0)
        return MovedSession(item["session"].index(sessions, "session"), start, item["end"].integer(start + 1))
    raise ProblemError(f"{path}.kind", "unknown_kind", "must name a kind of question (see whatif.py)")
