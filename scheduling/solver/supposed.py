"""What might be: questions asked of a plan, each with the problem as it would then be.

A question as a document is one of

    {"kind": "pin", "volunteer": 3, "session": 5, "need": 0}
    {"kind": "bar", "volunteer": 3, "session": 5}
    {"kind": "add_volunteer", "volunteer": {...}}             as in a problem's list
    {"kind": "drop_session", "session": 5}
    {"kind": "move_session", "session": 5, "start": 600, "end": 690}
"""

from dataclasses import dataclass, replace
from typing import Any

from scheduling.solver import parsing, scoring
from scheduling.solver.events import ChangedTime
from scheduling.solver.problem import Problem, ProblemError, Volunteer
from scheduling.solver.reading import Reader


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
        faults = scoring.violations(moved, moved.pins)
        bad = {(f.volunteer, f.session) for f in faults if f.code != "needs_experienced"}
        bad |= {(f.volunteer, f.other) for f in faults if f.code == "clash"}
        ours = [pin for pin in moved.pins if pin[1] == self.session]
        lost = {pin for pin in ours if pin[:2] in bad or (pin[0], None) in bad}
        return replace(moved, pins=tuple(pin for pin in moved.pins if pin not in lost))


Question = Pinned | Barred | AddedVolunteer | DroppedSession | MovedSession


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
    raise ProblemError(f"{path}.kind", "unknown_kind", "must name a kind of question (see supposed.py)")
