"""What follows from one change in a large plan: places that fall free are filled by chains of few people, and whoever
is free then goes where the plan could not have sent anybody before. Nobody else moves.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.board import Board
from scheduling.solver.board_changes import add_newcomer, set_times
from scheduling.solver.book import Book
from scheduling.solver.build import Ints
from scheduling.solver.chains import Estimates
from scheduling.solver.events import losses
from scheduling.solver.mending import Mender
from scheduling.solver.options import FIRST, PRICE, QUESTION, SECOND, TOTAL, VOLUNTEER
from scheduling.solver.problem import Assignment, Problem
from scheduling.solver.reading import LARGEST
from scheduling.solver.supposed import AddedVolunteer, Barred, DroppedSession, MovedSession, Pinned, Question

MOST_CHANGES = 3  # people asked for one place that falls free
MOST_AT_REST = 2  # people by whom a gain without the question is looked for
WAYS = 4  # compared, per place that falls free
TRIES = 6  # places looked at, per person who is free
NOBODY_PROTECTED = -LARGEST - 1


class Move(NamedTuple):
    volunteer: int
    takes: int  # a need's number, as are those left; -1 is none
    leaves: Sequence[int]


Moves = list[Move]


class Pond:
    """A plan at rest: what it can do without any question, found out once."""

    def __init__(self, problem: Problem, book: Book, board: Board) -> None:
        self.problem, self.book, self.board = problem, book, board
        self.estimates = Estimates(board)
        self._wanting: dict[int, bool] = {}

    def could_fill(self, n: int) -> bool:
        """Whether one more head in this need would be a gain that takes no question."""
        if n not in self._wanting:
            mender = Mender(self.problem, self.book, self.board, {n: 1}, estimates=self.estimates)
            found = mender.alternatives(max_changes=MOST_AT_REST, count=1)
            self._wanting[n] = any(one.change.total < 0 for one in found if one.steps)
        return self._wanting[n]


class Ripple:
    """A plan that changes step by step from `pond`; `book` is where it stands."""

    def __init__(self, pond: Pond, changed: Problem, question: Question) -> None:
        self.pond, self.problem, self.question = pond, changed, question
        self.book = pond.book.copy()
        self.board = pond.board.fork()
        self.board.problem = changed

    def spread(self) -> Book:
        """The plan after the change. A newcomer who is pinned may be left alone in it."""
        lost = self._begin()
        gone = {v for v, _, _ in lost}
        gaps = [self.board.need(s, r) for _, s, r in lost]
        if isinstance(self.question, MovedSession):  # others may come at its new time
            gaps += [n for n in self._with_room(self.question.session) if not self.pond.could_fill(n)]
        for n in sorted(gaps, key=lambda n: -int(self.board.need_weight[n])):
            if self.board.heads[n] < self.board.need_target[n]:
                self._fill(n, gone)
        free = [len(self.problem.volunteers) - 1] if isinstance(self.question, AddedVolunteer) else sorted(gone)
        for v in free:
            while self._send(v):
                pass
        return self.book

    def _begin(self) -> list[Assignment]:
        """Makes the change itself; returns the places lost by it."""
        question, book = self.question, self.book
        match question:
            case AddedVolunteer(person):
                add_newcomer(self.board, self.problem, person)
                return []
            case Pinned(v, s, r):
                return [] if book.holds((v, s, r)) else self._seat(v, s, r)
            case Barred(v, s):
                lost = [(v, t, r) for t, r in book.taken.get(v, ()) if t == s]
                self._lose(lost)
                self.board.close(v, [s])
            case DroppedSession(s):
                lost = [(v, t, r) for v in book.present.get(s, ()) for t, r in book.taken[v] if t == s]
                self._lose(lost)
                for r in range(len(self.problem.sessions[s].needs)):
                    self.board.set_limits(self.board.need(s, r), 0, 0)
            case MovedSession():
                lost = losses(question, self.problem, book)
                self._lose(lost)
                set_times(self.board, self.problem, question, self.book.present.get(question.session, ()))
        return lost

    def _seat(self, v: int, s: int, r: int) -> list[Assignment]:
        """Puts somebody in a place; whatever that breaks gives way."""
        here = [(v, t, q) for t, q in self.book.taken.get(v, ()) if t == s]
        self._lose(here)
        self._take(v, s, r)
        self.board.lock(v, self.board.need(s, r))
        lost = list(here)
        while way := self._in_the_way(v, s, r):
            self._lose([way])
            lost.append(way)
        return lost + self._accompany(s)

    def _accompany(self, s: int) -> list[Assignment]:
        """Brings somebody experienced to newcomers who are alone, in the stead of another if there is no room."""
        if not any(scoring.violations_among(self.problem, self.book, [], [s])):
            return []
        if any(self._fill(n, ()) for n in self._with_room(s)):
            return []
        others = [(w, t, q) for w in self.book.present[s] for t, q in self.book.taken[w] if t == s]
        for item in others:
            if item not in self.problem.pins:
                self._lose([item])
                self._fill(self.board.need(s, item[2]), ())
                return [item]
        return []

    def _with_room(self, s: int) -> list[int]:
        board, needs = self.board, range(len(self.problem.sessions[s].needs))
        return [n for n in (board.need(s, r) for r in needs) if board.heads[n] < board.need_target[n]]

    def _in_the_way(self, v: int, s: int, r: int) -> Assignment | None:
        """The place whose loss costs least, of those that break a rule together with v's place in session s."""
        for fault in scoring.violations_among(self.problem, self.book, [v], [s]):
            mine = [(v, t, q) for t, q in self.book.taken[v] if t != s]
            others = [(w, t, q) for w in self.book.present[s] for t, q in self.book.taken[w] if t == s and w != v]
            match fault.code:
                case "clash":
                    options = [item for item in mine if item[1] in (fault.session, fault.other)]
                case "at_limit":
                    options = mine
                case "over_target":
                    options = [item for item in others if item[2] == r]
                case "avoid":
                    options = [item for item in others if item[0] in (fault.volunteer, fault.other)]
                case _:
                    continue
            movable = [item for item in options if item not in self.problem.pins]
            return min(movable, key=lambda item: scoring.change(self.problem, self.book, [item], ()).total)
        return None

    def _fill(self, n: int, freed: Collection[int]) -> bool:
        mender = Mender(self.problem, self.book, self.board, {n: 1}, estimates=self.pond.estimates, freed=freed)
        found = mender.alternatives(max_changes=MOST_CHANGES, count=WAYS)
        if not found:
            return False
        best = min(found, key=lambda one: (one.change.total, len(one.steps)))
        self._lose(best.dropped)
        for item in best.added:
            self._take(*item)
        return True

    def _send(self, v: int) -> bool:
        """Sends v where that gains most: to an empty place, or to that of somebody who moves on to one."""
        for moves in self._ways(v):
            dropped = [(move.volunteer, *self.board.place(n)) for move in moves for n in move.leaves if n >= 0]
            added = [(move.volunteer, *self.board.place(move.takes)) for move in moves]
            if scoring.change(self.problem, self.book, dropped, added).total >= 0:
                continue
            if self.pond.could_fill(moves[0].takes) or not self._is_allowed(dropped, added):
                continue
            self._lose(dropped)
            for item in added:
                self._take(*item)
            return True
        return False

    def _ways(self, v: int) -> list[Moves]:
        """The most promising moves, the first of them into an empty place."""
        gain = self._gain()
        needs = self.board.open_to(v)
        rows = self._options(needs, only=v)
        needs, left = needs[rows[:, QUESTION]], rows[:, [FIRST, SECOND]].tolist()
        found = [
            (total, [Move(v, n, left[i])])
            for i, (total, n) in enumerate(zip((rows[:, TOTAL] - gain[needs]).tolist(), needs.tolist(), strict=True))
            if gain[n] > 0
        ]
        place = np.full(len(gain) + 1, -1, dtype=np.int64)  # the last for -1, which is no need
        place[needs] = np.arange(len(needs))
        short = np.flatnonzero(gain > self.board.target_weight)
        others = self._options(short)
        at = place[others[:, FIRST]]
        keep = (at >= 0) & (others[:, SECOND] < 0) & (others[:, VOLUNTEER] != v)
        others, at = others[keep], at[keep]
        totals = others[:, PRICE] - gain[short[others[:, QUESTION]]] + rows[at, TOTAL]
        for i in np.argsort(totals, kind="stable")[:TRIES].tolist():
            w, t, n = others[i, VOLUNTEER], others[i, FIRST], short[others[i, QUESTION]]
            found.append((int(totals[i]), [Move(int(w), int(n), [int(t)]), Move(v, int(t), left[at[i]])]))
        found.sort(key=lambda way: (way[0], len(way[1])))
        return [moves for total, moves in found[:TRIES] if total < 0]

    def _gain(self) -> Ints:
        """What one more head in each need is worth."""
        b = self.board
        return np.where(b.heads < b.need_min, b.need_weight, np.where(b.heads < b.need_target, b.target_weight, 0))

    def _options(self, needs: Ints, only: int = -1) -> Ints:
        everyone = np.zeros(len(needs), dtype=np.bool_)
        leaving = self.board.leaving(NOBODY_PROTECTED)
        return self.board.options(needs, everyone, leaving, best=only >= 0, only=only)

    def _is_allowed(self, dropped: Collection[Assignment], added: Collection[Assignment]) -> bool:
        people = {v for v, _, _ in (*dropped, *added)}
        sessions = {s for _, s, _ in (*dropped, *added)}
        self.book.apply(dropped, added)
        faulty = any(True for _ in scoring.violations_among(self.problem, self.book, people, sessions))
        self.book.apply(added, dropped)
        return not faulty

    def _lose(self, places: Iterable[Assignment]) -> None:
        for v, s, r in places:
            self.board.drop(v, self.board.need(s, r))
            self.book.remove((v, s, r))

    def _take(self, v: int, s: int, r: int) -> None:
        self.board.add(v, self.board.need(s, r), scoring.assignment_cost(self.problem, v, s, r))
        self.book.add((v, s, r))
