"""Repairs a plan after an event: few people asked, accepted places left alone, several answers to choose from."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from scheduling.solver.board import Board
from scheduling.solver.board_changes import set_times
from scheduling.solver.book import Book
from scheduling.solver.chains import Estimates
from scheduling.solver.events import Absence, Event, LostClearance, NewNeed, RaisedMinimum, losses
from scheduling.solver.mending import Alternative, Mender
from scheduling.solver.problem import Assignment, Problem

MOST_CHANGES = 3
ALTERNATIVES = 3


@dataclass(frozen=True)
class Repair:
    """`problem` is the one after the event, `lost` what the event ended; the last alternative leaves it open."""

    problem: Problem
    lost: tuple[Assignment, ...]
    alternatives: tuple[Alternative, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "lost": [list(item) for item in self.lost],
            "alternatives": [alternative.to_json() for alternative in self.alternatives],
        }


class Repairer:
    """A plan held ready for questions. `accept` makes an answer the plan."""

    def __init__(self, problem: Problem, assignments: Iterable[Assignment]) -> None:
        self._hold(problem, Book(assignments))

    def ask(
        self,
        event: Event,
        *,
        max_changes: int = MOST_CHANGES,
        alternatives: int = ALTERNATIVES,
        move_accepted: bool = False,
    ) -> Repair:
        """How to go on after the event, asking at most `max_changes` people beside those it hits.

        Pinned and accepted places stay; with `move_accepted` only pins that nobody has accepted do.
        """
        problem = event.after(self.problem)
        lost = losses(event, problem, self.book)
        problem = _let_go(problem, lost, move_accepted)
        board = self._board_after(event, problem)
        gaps = self._gaps(event, board, lost)
        for v, s, r in lost:
            board.drop(v, board.need(s, r))
        return self._mend(board, lost, gaps, max_changes, alternatives, move_accepted)

    def fill(
        self,
        session: int,
        *,
        max_changes: int = MOST_CHANGES,
        alternatives: int = ALTERNATIVES,
        move_accepted: bool = False,
    ) -> Repair:
        """How to bring a session that people have left already up to the minimums of all its needs together."""
        board = self.board.fork()
        board.problem = _let_go(self.problem, (), move_accepted)
        first, after = board.need(session, 0), board.need(session + 1, 0)
        missing = {n: int(board.need_min[n] - board.heads[n]) for n in range(first, after)}
        gaps = {n: heads for n, heads in missing.items() if heads > 0}
        return self._mend(board, (), gaps, max_changes, alternatives, move_accepted)

    def _mend(
        self,
        board: Board,
        lost: Sequence[Assignment],
        gaps: dict[int, int],
        max_changes: int,
        count: int,
        move_accepted: bool,
    ) -> Repair:
        problem, book = board.problem, self.book.copy()
        book.apply(lost, ())
        if move_accepted:
            _lock(board, book, problem.accepted - set(problem.pins), locked=False)
        freed = {v for v, _, _ in lost}
        mender = Mender(problem, book, board, gaps, estimates=self._estimates_of(board), freed=freed)
        return Repair(problem, tuple(lost), tuple(mender.alternatives(max_changes=max_changes, count=count)))

    def accept(self, repair: Repair, alternative: Alternative) -> None:
        self.book.apply((*repair.lost, *alternative.dropped), alternative.added)
        self._hold(repair.problem, self.book)

    def _hold(self, problem: Problem, book: Book) -> None:
        self.problem, self.book = problem, book
        self.board = _board(problem, book)
        self.estimates = Estimates(self.board)

    def _estimates_of(self, board: Board) -> Estimates | None:
        """What is remembered, as long as the needs are the same."""
        return self.estimates if len(board.need_min) == len(self.board.need_min) else None

    def _gaps(self, event: Event, board: Board, lost: list[Assignment]) -> dict[int, int]:
        """Need number -> heads to win back."""
        gaps: dict[int, int] = {}
        for _, s, r in lost:
            n = board.need(s, r)
            gaps[n] = gaps.get(n, 0) + 1
        if isinstance(event, RaisedMinimum | NewNeed):
            r = event.need if isinstance(event, RaisedMinimum) else len(board.problem.sessions[event.session].needs) - 1
            n = board.need(event.session, r)
            gaps[n] = max(0, int(board.need_min[n] - board.heads[n]))
        return gaps

    def _board_after(self, event: Event, problem: Problem) -> Board:
        if isinstance(event, NewNeed):
            return _board(problem, self.book)
        board = self.board.fork()
        board.problem = problem
        if isinstance(event, Absence):
            sessions = range(len(problem.sessions)) if event.session is None else [event.session]
            board.close(event.volunteer, sessions)
        elif isinstance(event, LostClearance):
            touched = [s for s, session in enumerate(problem.sessions) if session.clearance == event.clearance]
            board.close(event.volunteer, touched)
        elif isinstance(event, RaisedMinimum):
            need = problem.sessions[event.session].needs[event.need]
            board.set_limits(board.need(event.session, event.need), need.min, need.target)
        else:
            set_times(board, problem, event, self.book.present.get(event.session, ()))
        return board


def _let_go(problem: Problem, lost: Collection[Assignment], move_accepted: bool) -> Problem:
    """Nobody is pinned to a place that is lost, nor, when they may be moved, to one they have accepted."""
    freed = {*lost, *(problem.accepted if move_accepted else ())}
    return replace(
        problem,
        pins=tuple(pin for pin in problem.pins if pin not in freed),
        accepted=problem.accepted.difference(lost),
    )


def _board(problem: Problem, book: Book) -> Board:
    board = Board(problem, book.assignments())
    _lock(board, book, {*problem.pins, *problem.accepted})
    return board


def _lock(board: Board, book: Book, places: Iterable[Assignment], *, locked: bool = True) -> None:
    for v, s, r in places:
        if book.holds((v, s, r)):
            board.lock(v, board.need(s, r), locked=locked)
