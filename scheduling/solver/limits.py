"""What is too much: a problem that would fill the memory, or cost more than can be counted, is refused, and time that
is over ends what goes on."""

import argparse
import signal
from collections.abc import Callable
from types import FrameType

from scheduling.solver.book import Book
from scheduling.solver.crowd import LATER, Crowd, Week
from scheduling.solver.problem import Problem, ProblemError
from scheduling.solver.terms import ASKED_WEEKS

MOST_PAIRS = 20_000_000
"""Of a volunteer and a need they may take: each costs some hundred bytes, in two processes."""
MOST_COST = 2**53
"""Beyond it a reader of JSON rounds whole numbers, and so does a linear program."""
SAMPLE = 100  # needs by which the pairs are estimated
GRACE = 10.0  # seconds after the limit, or after being told to end, in which a first plan may still come


class OutOfTime(Exception):
    """There is no plan yet, and no time left for one."""


class Alarm:
    """Raises OutOfTime in the main thread once `seconds` are over, until it is told that a plan is there."""

    def __init__(self, seconds: float) -> None:
        self._is_needed = True
        signal.signal(signal.SIGALRM, self._ring)
        self.hurry(seconds)

    def hurry(self, seconds: float) -> None:
        if self._is_needed:
            signal.setitimer(signal.ITIMER_REAL, max(0.001, seconds))

    def silence(self) -> None:
        self._is_needed = False
        signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._is_needed:
            raise OutOfTime


def refuse_too_large(problem: Problem) -> None:
    """Raise ProblemError for costs beyond MOST_COST, and for more pairs than MOST_PAIRS: told from a sample, before
    anything is built."""
    if (cost := _most_cost(problem)) > MOST_COST:
        words = f"with these numbers a plan could cost {cost:.1e}, which is more than can be counted"
        raise ProblemError("weights", "too_large", f"{words}; the limit is {MOST_COST:.1e}")
    needs = [(s, r) for s, session in enumerate(problem.sessions) for r in range(len(session.needs))]
    if len(needs) * len(problem.volunteers) <= MOST_PAIRS:
        return
    crowd = Crowd(problem)
    nobody = Week(crowd, Book())
    sample = needs[:: max(1, len(needs) // SAMPLE)]
    found = sum(int(((crowd.obstacles(s, r, nobody) & ~LATER) == 0).sum()) for s, r in sample)
    pairs = found * len(needs) // len(sample)
    if pairs > MOST_PAIRS:
        words = f"about {pairs / 1e6:,.0f} million pairs of a volunteer and a place they may take"
        raise ProblemError(
            "", "too_large", f"the problem is too large: {words}; the limit is {MOST_PAIRS // 10**6} million"
        )


def _most_cost(problem: Problem) -> int:
    """No plan costs more, or wins more."""
    weights, way = problem.weights, int(problem.weights.travel_per_min * problem.longest_way)
    needs = [need for session in problem.sessions for need in session.needs]
    cost = sum(weights.min[need.priority] * need.min + weights.target * need.target for need in needs)
    cost += weights.keep * len(problem.published)
    of_everybody = way + weights.add + weights.standing + weights.familiar + weights.asked * ASKED_WEEKS
    by_history = weights.fair_step + weights.unpopular + weights.wanted
    for v, one in enumerate(problem.volunteers):
        most = min(one.max_sessions, len(problem.sessions))
        likes = max(map(abs, (0, *one.pref_programme.values()))) + max(map(abs, one.pref_daypart))
        place = of_everybody + likes + weights.buddy * len(problem.buddies_of.get(v, ()))
        place += by_history * one.history + weights.fair_step * most + weights.shared * one.unpopular_before
        cost += most * place + weights.wish * (most + (one.wish or 0) + 1) ** 2 + weights.open_volunteer
    return cost


def not_negative(kind: type[float] | type[int]) -> Callable[[str], float]:
    """How the command line reads a limit."""

    def parse(text: str) -> float:
        value = kind(text)
        if not 0 <= value < 10**9:
            raise argparse.ArgumentTypeError("must be a number from 0 to a billion")
        return value

    return parse
