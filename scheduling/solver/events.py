"""What upsets a plan: the problem after it, and who can no longer keep their place.

An event as a document is one of

    {"kind": "absence", "volunteer": 3, "session": 5}       without a session: out altogether
    {"kind": "lost_clearance", "volunteer": 3, "clearance": "child"}
    {"kind": "raised_minimum", "session": 5, "need": 0, "min": 2}
    {"kind": "new_need", "session": 5, "skill": "reading", "min": 1, "target": 1, "priority": 2}
    {"kind": "changed_time", "session": 5, "start": 600, "end": 690}
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from scheduling.solver import scoring
from scheduling.solver.book import Book
from scheduling.solver.problem import Assignment, Need, Problem, ProblemError, Session
from scheduling.solver.reading import Reader


@dataclass(frozen=True)
class Absence:
    volunteer: int
    session: int | None = None

    def after(self, problem: Problem) -> Problem:
        if self.session is not None:
            return replace(problem, barred=problem.barred | {(self.volunteer, self.session)})
        everywhere = ((self.volunteer, s) for s in range(len(problem.sessions)))
        return replace(problem, barred=problem.barred.union(everywhere))


@dataclass(frozen=True)
class LostClearance:
    volunteer: int
    clearance: str

    def after(self, problem: Problem) -> Problem:
        who = problem.volunteers[self.volunteer]
        less = replace(who, clearances=who.clearances - {self.clearance})
        return replace(problem, volunteers=_with(problem.volunteers, self.volunteer, less))


@dataclass(frozen=True)
class RaisedMinimum:
    session: int
    need: int
    min: int

    def after(self, problem: Problem) -> Problem:
        session = problem.sessions[self.session]
        old = session.needs[self.need]
        need = replace(old, min=self.min, target=max(old.target, self.min))
        return _with_session(problem, self.session, replace(session, needs=_with(session.needs, self.need, need)))


@dataclass(frozen=True)
class NewNeed:
    session: int
    need: Need

    def after(self, problem: Problem) -> Problem:
        session = problem.sessions[self.session]
        return _with_session(problem, self.session, replace(session, needs=(*session.needs, self.need)))


@dataclass(frozen=True)
class ChangedTime:
    session: int
    start: int
    end: int

    def after(self, problem: Problem) -> Problem:
        moved = replace(problem.sessions[self.session], start=self.start, end=self.end)
        return _with_session(problem, self.session, moved)


Event = Absence | LostClearance | RaisedMinimum | NewNeed | ChangedTime


def losses(event: Event, problem: Problem, book: Book) -> list[Assignment]:
    """Assignments that the event, applied to `problem` already, no longer allows: of the person or session it hits."""
    if isinstance(event, Absence | LostClearance):
        v = event.volunteer
        faults = scoring.violations_among(problem, book, [v], [])
        bad = {fault.session for fault in faults}
        return [(v, s, r) for s, r in book.taken.get(v, ()) if s in bad]
    if not isinstance(event, ChangedTime):
        return []
    s, found = event.session, []
    for v in book.present.get(s, ()):
        faults = scoring.violations_among(problem, book, [v], [])
        if any(s in (fault.session, fault.other) or fault.code == "at_limit" for fault in faults):
            found += [(v, s, r) for t, r in book.taken[v] if t == s]
    return found


def parse_event(data: Any, problem: Problem, path: str = "event") -> Event:
    """Check an event document against the problem; a fault names its place."""
    root = Reader(data, path)
    kind = data.get("kind") if isinstance(data, dict) else None
    people, sessions = len(problem.volunteers), len(problem.sessions)
    if kind == "absence":
        item = root.object(required=("kind", "volunteer"), optional=("session",))
        session = item["session"].index(sessions, "session") if item.value("session", None) is not None else None
        return Absence(item["volunteer"].index(people, "volunteer"), session)
    if kind == "lost_clearance":
        item = root.object(required=("kind", "volunteer", "clearance"), optional=())
        return LostClearance(item["volunteer"].index(people, "volunteer"), item["clearance"].text())
    if kind == "raised_minimum":
        item = root.object(required=("kind", "session", "need", "min"), optional=())
        s = item["session"].index(sessions, "session")
        r = item["need"].index(len(problem.sessions[s].needs), "need")
        return RaisedMinimum(s, r, item["min"].integer(problem.sessions[s].needs[r].min))
    if kind == "new_need":
        item = root.object(required=("kind", "session", "skill", "min", "target", "priority"), optional=("role",))
        s, low, priority = (
            item["session"].index(sessions, "session"),
            item["min"].integer(0),
            item["priority"].integer(),
        )
        if priority not in problem.weights.min:
            raise item["priority"].fault("no_weight", f"weights.min has no weight for priority {priority}")
        role = item["role"].text() if item.has("role") else ""
        return NewNeed(s, Need(item["skill"].text(), low, item["target"].integer(low), priority, role))
    if kind == "changed_time":
        item = root.object(required=("kind", "session", "start", "end"), optional=())
        start = item["start"].integer(0)
        return ChangedTime(item["session"].index(sessions, "session"), start, item["end"].integer(start + 1))
    raise ProblemError(f"{path}.kind", "unknown_kind", "must name a kind of event (see events.py)")


def _with_session(problem: Problem, s: int, session: Session) -> Problem:
    return replace(problem, sessions=_with(problem.sessions, s, session))


T = TypeVar("T")


def _with(items: Iterable[T], at: int, value: T) -> tuple[T, ...]:
    found = list(items)
    found[at] = value
    return tuple(found)
