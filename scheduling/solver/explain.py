"""Why a place stays empty, and why this person has that one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduling.solver import eligibility, scoring
from scheduling.solver.book import Book
from scheduling.solver.build import Flags, Ints
from scheduling.solver.plan import Unfilled
from scheduling.solver.problem import Assignment, Problem

NEAR_MISSES = 8  # named per unfilled need
# What a coordinator can do about an obstacle, easiest first. Being assigned here already, a bar or a distance is none.
MENDABLE = ("clash", "at_limit", "unavailable", "no_clearance", "blocked", "needs_experienced", "avoid", "too_far")


def explain_unfilled(problem: Problem, assignments: Iterable[Assignment]) -> tuple[Unfilled, ...]:
    """Every need below its minimum, with each volunteer counted once by the first code that applies."""
    book, crowd = Book(assignments), _Crowd(problem)
    found = []
    for s, session in enumerate(problem.sessions):
        for r, need in enumerate(session.needs):
            missing = need.min - book.heads[s, r]
            if missing > 0:
                found.append(_explain_need(problem, book, crowd, s, r, missing))
    return tuple(found)


def _explain_need(problem: Problem, book: Book, crowd: "_Crowd", s: int, r: int, missing: int) -> Unfilled:
    static = crowd.static_codes(s, r)
    for v in book.present.get(s, ()):
        static[v] = 0
    undecided = np.flatnonzero(static == len(eligibility.CODES))
    counts = np.bincount(static[static < len(eligibility.CODES)], minlength=len(eligibility.CODES))
    reasons = Counter({code: int(counts[i]) for i, code in enumerate(eligibility.CODES)})
    for v in undecided.tolist():
        against = book.reasons(problem, v, s, r)
        reasons[against[0] if against else eligibility.FREE] += 1
    near = near_misses(problem, book, crowd.promising(s, r).tolist(), s, r)
    order = (*eligibility.CODES, eligibility.FREE)
    return Unfilled(s, r, missing, {code: reasons[code] for code in order if reasons[code]}, near)


def near_misses(
    problem: Problem, book: Book, candidates: Sequence[int], s: int, r: int, limit: int = NEAR_MISSES
) -> tuple[Mapping[str, Any], ...]:
    """Who could come if one thing gave way: volunteers whose only obstacle is one that a person can mend."""
    found: list[dict[str, Any]] = []
    for v in candidates:
        against = book.reasons(problem, v, s, r)
        if len(against) == 1 and against[0] in MENDABLE:
            found.append({"volunteer": v, "code": against[0]})
    found.sort(key=lambda item: (MENDABLE.index(item["code"]), item["volunteer"]))
    return tuple(found[:limit])


class _Crowd:
    """All volunteers at once: the rules that look at one volunteer and one session, as vectors."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        people = problem.volunteers
        self.home = np.array([v.home for v in people], dtype=np.int64)
        self.reach = np.array([v.max_travel for v in people], dtype=np.int64)
        self.travel = np.array(problem.travel, dtype=np.int64).reshape(len(problem.travel), len(problem.travel))
        self.available = _Windows([v.available for v in people])
        self.blocked = _Windows([v.blocked for v in people])
        self._skilled: dict[str, Flags] = {}
        self._cleared: dict[str, Flags] = {}

    def verdicts(self, s: int, r: int) -> list[Flags]:
        """One vector per code from `barred` to `too_far`."""
        session, people = self.problem.sessions[s], self.problem.volunteers
        skill, clearance = session.needs[r].skill, session.clearance
        if skill not in self._skilled:
            self._skilled[skill] = np.array([skill in v.skills for v in people], dtype=np.bool_)
        barred = np.zeros(len(people), dtype=np.bool_)
        if self.problem.barred:
            barred[[v for v in range(len(people)) if (v, s) in self.problem.barred]] = True
        uncleared = np.zeros(len(people), dtype=np.bool_)
        if clearance is not None:
            if clearance not in self._cleared:
                self._cleared[clearance] = np.array([clearance in v.clearances for v in people], dtype=np.bool_)
            uncleared = ~self._cleared[clearance]
        return [
            barred,
            ~self._skilled[skill],
            uncleared,
            ~self.available.any_around(session.start, session.end),
            self.blocked.any_touching(session.start, session.end),
            self.travel[self.home, session.hub] > self.reach if len(people) else barred,
        ]

    def static_codes(self, s: int, r: int) -> Ints:
        """Per volunteer the position in CODES of the first static obstacle; len(CODES) where there is none."""
        codes = np.full(len(self.problem.volunteers), len(eligibility.CODES), dtype=np.int64)
        for i, verdict in reversed(list(enumerate(self.verdicts(s, r), start=1))):
            codes[verdict] = i
        return codes

    def promising(self, s: int, r: int) -> Ints:
        """Volunteers with at most one static obstacle, and that a mendable one."""
        obstacles = self.verdicts(s, r)
        hopeless = obstacles[0] | obstacles[1]
        return np.flatnonzero(~hopeless & (np.sum(obstacles[2:], axis=0) <= 1))


class _Windows:
    """Everybody's time windows in one list, with their owners."""

    def __init__(self, per_person: Sequence[Sequence[tuple[int, int]]]) -> None:
        self.people = len(per_person)
        self.owner = np.repeat(np.arange(self.people), [len(windows) for windows in per_person])
        flat = np.array([window for windows in per_person for window in windows], dtype=np.int64).reshape(-1, 2)
        self.start, self.end = flat[:, 0], flat[:, 1]

    def any_around(self, start: int, end: int) -> Flags:
        return self._owners((self.start <= start) & (end <= self.end))

    def any_touching(self, start: int, end: int) -> Flags:
        return self._owners((self.start < end) & (start < self.end))

    def _owners(self, chosen: Flags) -> Flags:
        found = np.zeros(self.people, dtype=np.bool_)
        found[self.owner[chosen]] = True
        return found


@dataclass(frozen=True)
class Why:
    """The terms of one assignment, and of the next best person who could have it as the rest stands."""

    terms: Mapping[str, int]
    next_best: int | None
    next_terms: Mapping[str, int]


def why(problem: Problem, assignments: Iterable[Assignment], v: int, s: int, r: int) -> Why:
    rest = [item for item in assignments if item != (v, s, r)]
    book, crowd = Book(rest), _Crowd(problem)
    free = np.flatnonzero(crowd.static_codes(s, r) == len(eligibility.CODES)).tolist()
    others = [w for w in free if w != v and not book.reasons(problem, w, s, r)]
    priced = [(_terms(problem, book, w, s, r), w) for w in others]
    best = min(priced, key=lambda item: (sum(item[0].values()), item[1]), default=None)
    return Why(_terms(problem, book, v, s, r), best[1] if best else None, best[0] if best else {})


def _terms(problem: Problem, book: Book, v: int, s: int, r: int) -> dict[str, int]:
    """What v costs in this place on top of the plan, apart from the place itself."""
    volunteer, session, weights = problem.volunteers[v], problem.sessions[s], problem.weights
    count = len(book.taken.get(v, ()))
    present = book.present.get(s, ())
    stability = 0
    if problem.published:
        stability = -weights.keep if (v, s, r) in set(problem.published) else weights.add
    return {
        "preference": -scoring.preference(volunteer, session),
        "travel": scoring.travel_cost(problem, volunteer, session),
        "fairness": scoring.fairness_cost(problem, volunteer, count + 1)
        - scoring.fairness_cost(problem, volunteer, count),
        "unpopular": weights.unpopular * volunteer.history if session.unpopular < 0 else 0,
        "buddy": -weights.buddy * sum(1 for w in problem.buddies_of.get(v, ()) if w in present),
        "stability": stability,
        "open": weights.open_volunteer if count == 0 else 0,
    }
