"""Every volunteer asked about one place at once: which rules keep each from it (compiled).

The answer is a number per volunteer with bit i set for the code CODES[i] of eligibility.py. As soon as somebody has
an obstacle that nothing can be done about, or a second one before the week is looked at, the rest is not asked.
"""

# mypy: disable-error-code="no-any-return"
# an element of an integer array is an integer to numba and Any to mypy

from collections.abc import Collection, Sequence

import numpy as np
from numba import njit

from scheduling.solver.book import Book
from scheduling.solver.build import Flags, Ints
from scheduling.solver.eligibility import CODES
from scheduling.solver.problem import Problem

BIT = {code: 1 << i for i, code in enumerate(CODES)}
HERE, BARRED, UNSKILLED, UNCLEARED, AWAY, BLOCKED, FAR, CLASH, LIMIT, AVOID, ALONE = (BIT[code] for code in CODES)
FINAL = HERE | BARRED | UNSKILLED
LATER = CLASH | LIMIT | AVOID | ALONE  # what the week makes of it; the rest is what a person is


class Crowd:
    """A problem's people as arrays. `asks` needs the plan too."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        people = problem.volunteers
        self.home = _ints([v.home for v in people])
        self.limits = np.stack(
            [
                _ints([v.max_travel for v in people]),
                _ints([v.min_rest for v in people]),
                _ints([v.max_sessions for v in people]),
                _ints([v.max_minutes for v in people]),
                _ints([v.new and not v.experienced for v in people]),
            ],
            axis=1,
        )
        self.travel = np.array(problem.travel, dtype=np.int64).reshape(len(problem.travel), len(problem.travel))
        self.available = _windows([v.available for v in people])
        self.blocked = _windows([v.blocked for v in people])
        self._skilled: dict[str, Flags] = {}
        self._cleared: dict[str | None, Flags] = {None: np.ones(len(people), dtype=np.bool_)}

    def eligible(self, s: int, r: int) -> Ints:
        """Volunteers against whom nothing speaks as long as nobody is assigned."""
        return np.flatnonzero((self.obstacles(s, r, Week(self, Book())) & ~LATER) == 0)

    def obstacles(self, s: int, r: int, week: "Week") -> Ints:
        return self.obstacles_and_gaps(s, r, week)[0]

    def obstacles_and_gaps(self, s: int, r: int, week: "Week") -> tuple[Ints, Ints]:
        """Also by how many minutes each misses being available, at most the session's length."""
        problem, people = self.problem, self.problem.volunteers
        session = problem.sessions[s]
        skill, clearance = session.needs[r].skill, session.clearance
        if skill not in self._skilled:
            self._skilled[skill] = np.array([skill in v.skills for v in people], dtype=np.bool_)
        if clearance not in self._cleared:
            self._cleared[clearance] = np.array([clearance in v.clearances for v in people], dtype=np.bool_)
        facts = np.zeros(len(people), dtype=np.int64)
        present = week.book.present.get(s, ())
        facts[list(present)] |= HERE
        facts[list(problem.barred_from.get(s, ()))] |= BARRED
        for w in present:
            facts[list(problem.avoided_by.get(w, ()))] |= AVOID
        facts[~self._skilled[skill]] |= UNSKILLED
        facts[~self._cleared[clearance]] |= UNCLEARED
        accompanied = any(people[w].experienced for w in present)
        gaps = np.zeros(len(people), dtype=np.int64)
        _obstacles(
            *(facts, gaps, session.start, session.end, session.hub, accompanied),
            *(self.home, self.limits, self.travel, *self.available, *self.blocked),
            *(week.at, week.held, week.used),
        )
        return facts, gaps


class Week:
    """What everybody holds: rows of (start, end, hub), person after person."""

    def __init__(self, crowd: Crowd, book: Book) -> None:
        self.book = book
        sessions, people = crowd.problem.sessions, len(crowd.problem.volunteers)
        taken = [book.taken.get(v, ()) for v in range(people)]
        held = [(it.start, it.end, it.hub) for places in taken for it in (sessions[s] for s, _ in places)]
        self.at = _offsets([len(places) for places in taken])
        self.held = np.array(held, dtype=np.int64).reshape(-1, 3)
        spans = np.concatenate([[0], np.cumsum(self.held[:, 1] - self.held[:, 0])])
        self.used = spans[self.at[1:]] - spans[self.at[:-1]]


def _windows(per_person: Sequence[Collection[tuple[int, int]]]) -> tuple[Ints, Ints]:
    """Where each person's windows begin, and all windows."""
    flat = np.array([window for windows in per_person for window in windows], dtype=np.int64)
    return _offsets([len(windows) for windows in per_person]), flat.reshape(-1, 2)


def _offsets(counts: Sequence[int]) -> Ints:
    return np.concatenate([[0], np.cumsum(_ints(counts))]).astype(np.int64)


def _ints(values: Sequence[int] | Sequence[bool]) -> Ints:
    return np.array(values, dtype=np.int64)


@njit(cache=True, nogil=True)
def _obstacles(
    facts: Ints,
    gaps: Ints,
    start: int,
    end: int,
    hub: int,
    accompanied: bool,
    home: Ints,
    limits: Ints,
    travel: Ints,
    available_at: Ints,
    available: Ints,
    blocked_at: Ints,
    blocked: Ints,
    at: Ints,
    held: Ints,
    used: Ints,
) -> None:
    for v in range(len(facts)):
        found = facts[v]
        if found & FINAL:
            continue
        gap = end - start
        for i in range(available_at[v], available_at[v + 1]):
            gap = min(gap, max(0, available[i, 0] - start) + max(0, end - available[i, 1]))
        if gap > 0:
            found |= AWAY
            gaps[v] = gap
        if found & UNCLEARED and found & AWAY:
            facts[v] = found
            continue
        for i in range(blocked_at[v], blocked_at[v + 1]):
            if blocked[i, 0] < end and start < blocked[i, 1]:
                found |= BLOCKED
                break
        reach, rest, most, minutes, newcomer = limits[v]
        if travel[home[v], hub] > reach:
            found |= FAR
        places = at[v + 1] - at[v]
        if places >= most or used[v] + end - start > minutes:
            found |= LIMIT
        if newcomer and not accompanied:
            found |= ALONE
        for i in range(at[v], at[v + 1]):
            way, back = max(rest, travel[held[i, 2], hub]), max(rest, travel[hub, held[i, 2]])
            if start < held[i, 1] + way and held[i, 0] < end + back:
                found |= CLASH
                break
        facts[v] = found
