"""Why a place stays empty, who is one thing away from it, and why this person has that one."""

import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from scheduling.solver import eligibility, scoring
from scheduling.solver.book import Book
from scheduling.solver.build import Ints
from scheduling.solver.crowd import BIT, Crowd, Week
from scheduling.solver.plan import Unfilled
from scheduling.solver.problem import Assignment, Problem

__all__ = ["Book", "Explainer", "Why", "explain_unfilled", "near_misses", "why"]

NEAR_MISSES = 8  # named per unfilled need
NEAR_OF_A_KIND = 3
MOST_WORK, WORK_PER_NEED = 40_000_000, 2_000  # about two seconds: volunteers asked, and what asking costs besides
# What a coordinator can do about an obstacle, easiest first. Being assigned here already, or a bar, is none.
MENDABLE = ("clash", "at_limit", "unavailable", "no_clearance", "blocked", "needs_experienced", "avoid", "too_far")

_FIRST = np.array([(mask & -mask).bit_length() for mask in range(2 ** len(eligibility.CODES))])
"""By set of obstacles: 1 + the position in CODES of the first; 0 for none."""


@dataclass(frozen=True)
class Why:
    """The terms of one assignment, and of the next best person who could have it as the rest stands."""

    terms: Mapping[str, int]
    next_best: int | None
    next_terms: Mapping[str, int]

    def to_json(self) -> dict[str, Any]:
        return {"terms": dict(self.terms), "next_best": self.next_best, "next_terms": dict(self.next_terms)}


class Explainer:
    """A plan held ready for questions."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment], *, crowd: Crowd | None = None) -> None:
        self.problem, self.book = problem, Book(assignments)
        self.crowd = crowd or Crowd(problem)
        self.week = Week(self.crowd, self.book)

    def unfilled(
        self, sessions: Iterable[int] | None = None, *, deadline: float = float("inf")
    ) -> tuple[Unfilled, ...]:
        """Every need (of these sessions) below its minimum, with each volunteer counted once by the first code that
        applies.

        Where there are so many that nobody will read them all, or that the time is over, the last ones come without
        their reasons.
        """
        found: list[Unfilled] = []
        work, work_per_need = 0, len(self.problem.volunteers) + WORK_PER_NEED
        for s in range(len(self.problem.sessions)) if sessions is None else sessions:
            session = self.problem.sessions[s]
            alike: dict[str, Unfilled] = {}  # needs of one session that ask the same skill have one explanation
            for r, need in enumerate(session.needs):
                missing = need.min - self.book.heads[s, r]
                if missing > 0:
                    if need.skill not in alike:
                        work += work_per_need
                        told = work <= MOST_WORK and time.monotonic() < deadline
                        alike[need.skill] = self.explain(s, r) if told else Unfilled(s, r, missing, {})
                    found.append(replace(alike[need.skill], need=r, missing=missing))
        return tuple(found)

    def explain(self, s: int, r: int) -> Unfilled:
        obstacles, gaps = self.crowd.obstacles_and_gaps(s, r, self.week)
        counts = np.bincount(_FIRST[obstacles], minlength=len(eligibility.CODES) + 1).tolist()
        order = [*zip(eligibility.CODES, counts[1:], strict=True), (eligibility.FREE, counts[0])]
        missing = max(0, self.problem.sessions[s].needs[r].min - self.book.heads[s, r])
        near = tuple(self._near(s, r, obstacles, gaps))[:NEAR_MISSES]
        return Unfilled(s, r, missing, {code: count for code, count in order if count}, near)

    def _near(self, s: int, r: int, obstacles: Ints, gaps: Ints) -> Iterator[Mapping[str, Any]]:
        for code in MENDABLE:
            people = np.flatnonzero(obstacles == BIT[code])
            if code == "unavailable":
                people = people[np.argsort(gaps[people], kind="stable")]
            for v in people[:NEAR_OF_A_KIND].tolist():
                yield {"volunteer": v, "code": code, **what_is_missing(self.problem, self.book, v, s, r, code)}

    def why(self, v: int, s: int, r: int) -> Why:
        """Every term of this assignment against those of whoever would cost least in this place instead."""
        item, rest = (v, s, r), self.book.copy()
        rest.remove(item)
        free = np.flatnonzero(self.crowd.obstacles(s, r, Week(self.crowd, rest)) == 0).tolist()
        priced = [(_terms(self.problem, rest, (w, s, r)), w) for w in free if w != v]
        best = min(priced, key=lambda one: (sum(one[0].values()), one[1]), default=None)
        return Why(_terms(self.problem, rest, item), best[1] if best else None, best[0] if best else {})


def explain_unfilled(
    problem: Problem, assignments: Iterable[Assignment], *, deadline: float = float("inf")
) -> tuple[Unfilled, ...]:
    return Explainer(problem, assignments).unfilled(deadline=deadline)


def why(problem: Problem, assignments: Iterable[Assignment], v: int, s: int, r: int) -> Why:
    return Explainer(problem, assignments).why(v, s, r)


def near_misses(
    problem: Problem, book: Book, candidates: Collection[int], s: int, r: int, limit: int = NEAR_MISSES
) -> tuple[Mapping[str, Any], ...]:
    """Who of these could come if one thing gave way: volunteers whose only obstacle is one that a person can mend."""
    found = []
    for v in candidates:
        against = book.reasons(problem, v, s, r)
        if len(against) == 1 and against[0] in MENDABLE:
            found.append((MENDABLE.index(against[0]), v, against[0]))
    return tuple(
        {"volunteer": v, "code": code, **what_is_missing(problem, book, v, s, r, code)}
        for _, v, code in sorted(found)[:limit]
    )


def what_is_missing(problem: Problem, book: Book, v: int, s: int, r: int, code: str) -> dict[str, Any]:
    """How far an obstacle reaches, in its own measure: minutes, sessions, the clearance, the people concerned."""
    volunteer, session = problem.volunteers[v], problem.sessions[s]
    mine = [problem.sessions[t] for t, _ in book.taken.get(v, ()) if t != s]
    match code:
        case "unavailable":
            return {"minutes": minutes_unavailable(volunteer.available, session.start, session.end)}
        case "blocked":
            overlaps = (min(b, session.end) - max(a, session.start) for a, b in volunteer.blocked)
            return {"minutes": sum(max(0, overlap) for overlap in overlaps)}
        case "no_clearance":
            return {"clearance": session.clearance}
        case "at_limit":
            minutes = session.minutes + sum(it.minutes for it in mine) - volunteer.max_minutes
            sessions = len(mine) + 1 - volunteer.max_sessions
            return {key: n for key, n in (("sessions", sessions), ("minutes", minutes)) if n > 0}
        case "too_far":
            return {"minutes": problem.travel[volunteer.home][session.hub] - volunteer.max_travel}
        case "clash":
            taken = [t for t, _ in book.taken.get(v, ()) if t != s]
            clashing = [t for t in taken if eligibility.clash(volunteer, session, problem.sessions[t], problem.travel)]
            return {"sessions": clashing}
        case "avoid":
            there = book.present.get(s, ())
            return {"with": sorted(w for w in problem.avoided_by.get(v, ()) if w in there)}
        case _:
            return {}


def minutes_unavailable(windows: Collection[tuple[int, int]], start: int, end: int) -> int:
    """How much longer somebody would have to be there, at most the session itself."""
    gaps = (max(0, a - start) + max(0, end - b) for a, b in windows)
    return min([*gaps, end - start])


def missing_spans(windows: Collection[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """When somebody would have to be there beyond the window that comes nearest; all the time where none does."""
    gaps = [(max(0, a - start) + max(0, end - b), a, b) for a, b in windows]
    gap, since, until = min(gaps, default=(end - start, start, end))
    if gap >= end - start:
        return [(start, end)]
    return [(a, b) for a, b in ((start, since), (until, end)) if a < b]


def _terms(problem: Problem, book: Book, item: Assignment) -> dict[str, int]:
    """What an assignment costs on top of the plan, apart from the place itself."""
    terms = scoring.change(problem, book, (), (item,)).terms
    return {name: cost for name, cost in terms.items() if name not in ("min", "target")}
