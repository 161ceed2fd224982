"""The smallest thing that would have to give way for an empty place to be filled, found by filling it.

First whether moving at most a few people does it with every rule as it stands. Then one thing after the other, the
least asked of a person first: that rule is relaxed for that person, the place filled again on the board, and the
answer kept when the scorer finds every other rule held and no need of the same priority or a higher one worse off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scheduling.solver import explain, scoring
from scheduling.solver.crowd import AWAY, BIT, CLASH, FAR, LIMIT, UNCLEARED, Crowd, Week
from scheduling.solver.mending import Alternative, Mender
from scheduling.solver.options import MAX_MINUTES, MAX_SESSIONS, WHO
from scheduling.solver.problem import Problem, Session
from scheduling.solver.repair import MOST_CHANGES, Repairer
from scheduling.solver.waiving import relaxed

TRIES = 12  # things tried per head
CLEARANCE_EFFORT = 90  # a visit to the office, in minutes asked of a person
Span = tuple[int, int]
RELAXABLE = ("unavailable", "no_clearance", "at_limit", "blocked", "too_far")


@dataclass(frozen=True)
class Thing:
    """One rule relaxed for one person: the code, and by how much."""

    code: str
    volunteer: int
    amount: dict[str, Any]

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "volunteer": self.volunteer, **self.amount}


@dataclass(frozen=True)
class Relaxation:
    """What gives way (nothing, where moving people is enough), and what the plan then becomes."""

    session: int
    need: int
    things: tuple[Thing, ...]
    changes: tuple[Alternative, ...]
    """One after the other."""
    problem: Problem
    """With the things given way."""

    @property
    def kind(self) -> str:
        """swap, or the code of what gives way; several where one is not enough."""
        return "swap" if not self.things else self.things[0].code if len(self.things) == 1 else "several"

    def to_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "things": [thing.to_json() for thing in self.things],
            "steps": [step.to_json() for change in self.changes for step in change.steps],
            "dropped": [list(item) for change in self.changes for item in change.dropped],
            "added": [list(item) for change in self.changes for item in change.added],
            "objective": sum(change.change.total for change in self.changes),
        }


class Relaxer:
    """Asks of a plan what would fill a place. `repairer` holds the plan, and is left as it was.

    `engaged`: by volunteer, blocked time that is not theirs to give, since something else holds them.
    """

    def __init__(self, repairer: Repairer, *, engaged: Mapping[int, Sequence[Span]] | None = None) -> None:
        self.repairer = repairer
        self.crowd = Crowd(repairer.problem)
        self.engaged = engaged or {}

    def smallest(self, s: int, r: int, *, max_changes: int = MOST_CHANGES) -> Relaxation | None:
        """The smallest relaxation found that brings this need to its minimum; None when none of one person's does."""
        repairer = self.repairer
        case = _Case(repairer, self.engaged)
        need, things, changes = repairer.problem.sessions[s].needs[r], [], []
        while case.book.heads[s, r] < need.min:
            if swap := case.fill(s, r, max_changes):
                changes.append(swap)
                continue
            found = case.relax(self.crowd, s, r, max_changes)
            if found is None:
                return None
            things.append(found[0])
            changes.append(found[1])
        return Relaxation(s, r, tuple(things), tuple(changes), case.problem)


class _Case:
    """A plan that is being filled, with what has given way so far."""

    def __init__(self, repairer: Repairer, engaged: Mapping[int, Sequence[Span]]) -> None:
        self.problem, self.book, self.board = repairer.problem, repairer.book.copy(), repairer.board.fork()
        self.estimates, self.engaged = repairer.estimates, engaged

    def fill(self, s: int, r: int, max_changes: int, only: int = -1) -> Alternative | None:
        """Puts one more into the need, if at most this many people can be moved to do it."""
        n = self.board.need(s, r)
        mender = Mender(self.problem, self.book, self.board, {n: 1}, estimates=self.estimates, only=only)
        for found in mender.alternatives(max_changes=max_changes, count=1):
            if found.steps and (s, r) in {item[1:] for item in found.added}:
                self._make(found)
                return found
        return None

    def relax(self, crowd: Crowd, s: int, r: int, max_changes: int) -> tuple[Thing, Alternative] | None:
        before = self.problem, self.board
        for thing in self._things(crowd, s, r):
            self._give_way(thing, s, r)
            if found := self.fill(s, r, max_changes, only=thing.volunteer):
                return thing, found
            self.problem, self.board = before
        return None

    def _make(self, change: Alternative) -> None:
        self.book.apply(change.dropped, change.added)
        for v, s, r in change.dropped:
            self.board.drop(v, self.board.need(s, r))
        for v, s, r in change.added:
            self.board.add(v, self.board.need(s, r), scoring.assignment_cost(self.problem, v, s, r))

    def _things(self, crowd: Crowd, s: int, r: int) -> Iterator[Thing]:
        """What is tried, the least effort first. A clash may remain: somebody else can take the other place."""
        obstacles, gaps = crowd.obstacles_and_gaps(s, r, Week(crowd, self.book))
        session = self.problem.sessions[s]
        efforts = []
        for code in RELAXABLE:
            beside = CLASH if code == "at_limit" else CLASH | LIMIT
            for v in np.flatnonzero((obstacles & ~beside) == BIT[code]).tolist():
                if code == "blocked" and self._is_engaged(v, session):
                    continue
                effort = {AWAY: gaps[v], UNCLEARED: CLEARANCE_EFFORT, LIMIT: session.minutes}.get(BIT[code])
                if effort is None:
                    amount = explain.what_is_missing(self.problem, self.book, v, s, r, code)
                    effort = amount["minutes"] * (2 if BIT[code] == FAR else 1)
                efforts.append((bool(obstacles[v] & beside), int(effort), v, code))
        for _, _, v, code in sorted(efforts)[:TRIES]:
            yield Thing(code, v, explain.what_is_missing(self.problem, self.book, v, s, r, code))

    def _is_engaged(self, v: int, session: Session) -> bool:
        return any(start < session.end and session.start < end for start, end in self.engaged.get(v, ()))

    def _give_way(self, thing: Thing, s: int, r: int) -> None:
        v = thing.volunteer
        people, session = list(self.problem.volunteers), self.problem.sessions[s]
        way = self.problem.travel[people[v].home][session.hub]
        person = relaxed(people[v], session, thing.code, way)
        people[v] = person
        self.problem = replace(self.problem, volunteers=tuple(people))
        self.board = self.board.fork()
        self.board.problem = self.problem
        self.board.t.people[v, [MAX_SESSIONS, MAX_MINUTES]] = person.max_sessions, person.max_minutes
        n = self.board.need(s, r)
        rows = self.board.t.candidates[self.board.t.at[n] : self.board.t.at[n + 1], :2]
        mine = np.array([[v, scoring.assignment_cost(self.problem, v, s, r)]])
        self.board.set_candidates({n: np.concatenate([rows[rows[:, WHO] != v], mine])})
