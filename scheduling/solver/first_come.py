"""A plan where there is no time to weigh people against each other: whoever comes first and fits."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from scheduling.solver import eligibility, scoring
from scheduling.solver.book import Book
from scheduling.solver.problem import Assignment, Problem

ASKED = 100  # people for a place, before everybody is asked


def first_come(problem: Problem, keep: Iterable[Assignment], *, is_over: Callable[[], bool]) -> list[Assignment]:
    """Pins, company for a newcomer who is pinned, whatever of `keep` fits; then, until it is over, people for the
    minimums, the weightiest first."""
    queue = _Queue(problem)
    lonely = [fault.session for fault in scoring.violations(problem, problem.pins) if fault.code == "needs_experienced"]
    for s in sorted({s for s in lonely if s is not None}):
        queue.accompany(s)
    for item in sorted(keep, key=lambda item: problem.volunteers[item[0]].new):  # newcomers after their company
        queue.take(*item)
    weights = problem.weights.min
    needs = [(s, r) for s, session in enumerate(problem.sessions) for r in range(len(session.needs))]
    needs.sort(key=lambda at: -weights[problem.sessions[at[0]].needs[at[1]].priority])
    for most in (ASKED, len(problem.volunteers)):
        for s, r in needs:
            if is_over():
                return queue.book.assignments()
            queue.fill(s, r, most)
    return queue.book.assignments()


class _Queue:
    """People in line, by what a place asks of them: who was asked goes to the end."""

    def __init__(self, problem: Problem) -> None:
        self.problem, self.book = problem, Book(problem.pins)
        self._lines: dict[tuple[str, str | None], list[int]] = {}
        self._next: dict[tuple[str, str | None], int] = {}

    def accompany(self, s: int) -> None:
        people = self.problem.volunteers
        for r in range(len(self.problem.sessions[s].needs)):
            if any(people[v].experienced and self.take(v, s, r) for v in self._asked(s, r)):
                return

    def fill(self, s: int, r: int, most: int) -> None:
        """Up to the minimum, asking so many people at most."""
        need = self.problem.sessions[s].needs[r]
        if self.book.heads[s, r] >= need.min:
            return
        for v in islice(self._asked(s, r), most):
            if self.take(v, s, r) and self.book.heads[s, r] >= need.min:
                return

    def take(self, v: int, s: int, r: int) -> bool:
        """Whether the place is theirs now."""
        volunteer, session = self.problem.volunteers[v], self.problem.sessions[s]
        # what keeps most people away is asked before the rest
        if eligibility.is_unavailable(volunteer, session) or len(self.book.taken[v]) >= volunteer.max_sessions:
            return False
        if self.book.heads[s, r] >= session.needs[r].target or self.book.reasons(self.problem, v, s, r):
            return False
        self.book.add((v, s, r))
        return True

    def _asked(self, s: int, r: int) -> Iterator[int]:
        session = self.problem.sessions[s]
        kind = session.needs[r].skill, session.clearance
        if kind not in self._lines:
            able = [
                v
                for v, one in enumerate(self.problem.volunteers)
                if not eligibility.lacks_skill(one, session.needs[r]) and not eligibility.lacks_clearance(one, session)
            ]
            self._lines[kind] = sorted(able, key=lambda v: self.problem.volunteers[v].new)
        line, begin = self._lines[kind], self._next.get(kind, 0)
        for i in range(begin, begin + len(line)):
            self._next[kind] = (i + 1) % len(line)
            yield line[i % len(line)]
