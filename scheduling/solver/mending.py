"""Fills places that fell empty by asking as few people as possible, and says in which ways.

Chains of people are found on the board; whatever is offered has passed the scorer's own rules. No need of the
protected priorities falls shorter for it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from scheduling.solver import scoring
from scheduling.solver.board import Board
from scheduling.solver.book import Book
from scheduling.solver.chains import Chains, Estimates, Move
from scheduling.solver.options import CANDIDATE, COST, FIRST, LEADS, NEWCOMERS, VOLUNTEER
from scheduling.solver.problem import Assignment, Problem
from scheduling.solver.scoring import Score

BEAM = 6  # partial answers kept while several places are filled one after the other
Place = tuple[int, int]
Moves = tuple[Move, ...]


@dataclass(frozen=True)
class Step:
    """What one person is asked: to take places, and to leave others for them. Places are (session, need)."""

    volunteer: int
    takes: tuple[Place, ...]
    leaves: tuple[Place, ...] = ()
    standby: bool = False

    def words(self) -> str:
        to, since = (" and ".join(f"{s}.{r}" for s, r in places) for places in (self.takes, self.leaves))
        name = f"{self.volunteer} (standby)" if self.standby else str(self.volunteer)
        return f"{name} moves from {since} to {to}" if self.leaves else f"{name} steps into {to}"

    def to_json(self) -> dict[str, Any]:
        return {
            "volunteer": self.volunteer,
            "takes": [list(place) for place in self.takes],
            "leaves": [list(place) for place in self.leaves],
            "standby": self.standby,
        }


@dataclass(frozen=True)
class Alternative:
    """One way to mend a plan. Without steps the place is left open."""

    steps: tuple[Step, ...]
    change: Score
    """Against the plan that is merely left without what it lost."""
    open: tuple[tuple[int, int, int], ...]
    """(session, need, heads still missing to its minimum) of the places in question."""
    stood_down: tuple[Assignment, ...] = ()
    """Newcomers who must go, since nobody experienced is left with them."""

    @property
    def people(self) -> tuple[int, ...]:
        return tuple(step.volunteer for step in self.steps)

    @property
    def dropped(self) -> tuple[Assignment, ...]:
        return (*self.stood_down, *((step.volunteer, *place) for step in self.steps for place in step.leaves))

    @property
    def added(self) -> tuple[Assignment, ...]:
        return tuple((step.volunteer, *place) for step in self.steps for place in step.takes)

    def words(self) -> str:
        """For the command line: '2 changes: 7 moves from 3.0 to 5.0, 9 steps into 3.0'."""
        if not self.steps:
            return "0 changes: left open"
        count = f"{len(self.steps)} change{'s' if len(self.steps) > 1 else ''}"
        return f"{count}: {', '.join(step.words() for step in self.steps)}"

    def to_json(self) -> dict[str, Any]:
        return {
            "changes": len(self.steps),
            "steps": [step.to_json() for step in self.steps],
            "stood_down": [list(item) for item in self.stood_down],
            "dropped": [list(item) for item in self.dropped],
            "added": [list(item) for item in self.added],
            "objective": self.change.total,
            "terms": self.change.terms,
            "open": [list(item) for item in self.open],
        }


class Mender:
    """A plan with gaps, as `book` and `board` (both are left as they were), and the gaps: need number -> heads.

    With `only`, just this person is asked to fill them.
    """

    def __init__(
        self,
        problem: Problem,
        book: Book,
        board: Board,
        gaps: dict[int, int],
        *,
        estimates: Estimates | None = None,
        freed: Collection[int] = (),
        only: int = -1,
    ) -> None:
        self.only = only
        self.problem, self.book, self.board, self.gaps = problem, book, board, gaps
        self.protected = max((int(board.need_priority[n]) for n in gaps), default=0)
        self.chains = Chains(board, protected=self.protected, estimates=estimates, freed=freed)

    def alternatives(self, *, max_changes: int, count: int) -> list[Alternative]:
        """The best ways first, at most `count`, then leaving the places open (unless a rule forbids that)."""
        stranded = self._stranded()
        leads = self._must_lead(stranded)
        found = self._deepened(max_changes, count, leads) if sum(self.gaps.values()) == 1 else None
        if found is None:
            found = list(self._checked(self._filled(max_changes, leads)))
        if stranded and not any((s, r) in self.problem.pins_of.get(v, ()) for v, s, r in stranded):
            enough = sum(not a.open for a in found) >= count
            found += self._without(stranded, 0 if enough else max_changes, count)
        return _best(found, count)

    def _deepened(self, max_changes: int, count: int, leads: Collection[int]) -> list[Alternative]:
        """One gap: more people only as long as fewer leave something to be wished for."""
        (n,) = (n for n, heads in self.gaps.items() if heads)
        ideal = -int(self.board.need_weight[n]) if self.board.heads[n] < self.board.need_min[n] else 0
        found = list(self._checked([()]))
        for people in range(1, max_changes + 1):
            ways = list(self._extended((), n, people, leads=n in leads, fewest=people))
            found += self._checked(ways)
            if sum(a.change.min <= ideal for a in found if a.steps) >= count:
                break
        return found

    def _without(self, stranded: tuple[Assignment, ...], max_changes: int, count: int) -> list[Alternative]:
        """What can be done once the newcomers nobody accompanies have gone."""
        book, board, gaps = self.book.copy(), self.board.fork(), dict(self.gaps)
        book.apply(stranded, ())
        for v, s, r in stranded:
            n = board.need(s, r)
            board.drop(v, n)
            gaps[n] = gaps.get(n, 0) + 1
        freed = {*self.chains.freed, *(v for v, _, _ in stranded)}
        other = Mender(self.problem, book, board, gaps, estimates=self.chains.estimates, freed=freed)
        other.protected = other.chains.protected = self.protected
        loss = scoring.change(self.problem, self.book, stranded, ())
        return [
            Alternative(a.steps, loss + a.change, a.open, stranded)
            for a in _best(other._checked(other._filled(max_changes, ())), count)
        ]

    def _stranded(self) -> tuple[Assignment, ...]:
        sessions = sorted({int(self.board.t.need_session[n]) for n in self.gaps})
        return tuple(
            (v, s, r)
            for s in sessions
            if self.board.t.sessions[s, NEWCOMERS] and not self.board.t.sessions[s, LEADS]
            for v in self.book.present[s]
            if self.problem.volunteers[v].new
            for t, r in self.book.taken[v]
            if t == s
        )

    def _must_lead(self, stranded: tuple[Assignment, ...]) -> set[int]:
        """One gap in each of those sessions, which somebody experienced must fill."""
        sessions = {s for _, s, _ in stranded}
        return {next(n for n in self.gaps if self.board.t.need_session[n] == s) for s in sessions}

    def _filled(self, max_changes: int, leads: Collection[int]) -> list[Moves]:
        """Ways to fill the gaps one after the other, with what is left open among them."""
        ways: list[Moves] = [()]
        # Nobody takes two heads of a need: more than may be asked cannot come to it.
        gaps = sorted(self.gaps.items(), key=self._weight)
        heads = [n for n, count in gaps for _ in range(min(count, max_changes))]
        for i, n in enumerate(heads):
            leading = n in leads and n not in heads[:i]
            ways = [more for way in ways for more in (way, *self._extended(way, n, max_changes, leading))]
            if i + 1 < len(heads):
                ways = sorted(dict.fromkeys(ways), key=self._rank)[:BEAM]
        return [*ways, ()]

    def _weight(self, gap: tuple[int, int]) -> tuple[int, int]:
        return -int(self.board.need_weight[gap[0]]), gap[0]

    def _extended(self, way: Moves, n: int, max_changes: int, leads: bool, fewest: int = 1) -> Iterator[Moves]:
        costs = [self.chains.apply(move) for move in way]
        asked = {move.volunteer for move in way}
        s, _ = self.board.place(n)
        standby = [v for v, t in self.problem.standby if t == s]
        left = max_changes - len(asked)
        found: list[Moves] = []
        if left > 0:
            found = self.chains.fills(
                n, people=left, fewest=fewest, leads=leads, apart=asked, first=standby, only=self.only
            )
        again = self._asked_again(n, asked, leads)
        for move, cost in reversed(list(zip(way, costs, strict=True))):
            self.chains.undo(move, cost)
        for chain in (*again, *found):
            yield (*way, *chain)

    def _asked_again(self, n: int, asked: set[int], leads: bool) -> list[Moves]:
        """People asked already who could take this place too."""
        rows = self.board.options([n], np.array([leads]), self.board.leaving(self.protected))
        free = rows[(rows[:, FIRST] < 0) & np.isin(rows[:, VOLUNTEER], list(asked))]
        costs = self.board.t.candidates[free[:, CANDIDATE], COST]
        return [(Move(int(v), n, int(cost)),) for v, cost in zip(free[:, VOLUNTEER], costs, strict=True)]

    def _checked(self, ways: Sequence[Moves]) -> Iterator[Alternative]:
        """As alternatives, those that the rules allow and that are worth it."""
        for way in dict.fromkeys(ways):
            dropped, added = self._net(way)
            change = scoring.change(self.problem, self.book, dropped, added)
            if (way and change.total >= 0) or not self._is_allowed(dropped, added):
                continue
            yield Alternative(self._steps(dropped, added), change, self._open(dropped, added))

    def _net(self, way: Moves) -> tuple[list[Assignment], list[Assignment]]:
        dropped = [(move.volunteer, *self.board.place(n)) for move in way for n in move.leaves]
        added = [(move.volunteer, *self.board.place(move.need)) for move in way]
        both = set(dropped) & set(added)
        return [item for item in dropped if item not in both], [item for item in added if item not in both]

    def _is_allowed(self, dropped: list[Assignment], added: list[Assignment]) -> bool:
        people = {v for v, _, _ in (*dropped, *added)}
        sessions = {s for _, s, _ in (*dropped, *added)} | {self.board.place(n)[0] for n in self.gaps}
        gone = any((s, r) in self.problem.pins_of.get(v, ()) for v, s, r in dropped)
        if gone or any(self._falls_shorter(s, r, more) for (s, r), more in _heads(dropped, added).items()):
            return False
        self.book.apply(dropped, added)
        faulty = any(True for _ in scoring.violations_among(self.problem, self.book, people, sessions))
        self.book.apply(added, dropped)
        return not faulty

    def _falls_shorter(self, s: int, r: int, more: int) -> bool:
        need = self.problem.sessions[s].needs[r]
        return more < 0 and need.priority <= self.protected and self.book.heads[s, r] + more < need.min

    def _steps(self, dropped: list[Assignment], added: list[Assignment]) -> tuple[Step, ...]:
        order = dict.fromkeys(v for v, _, _ in (*added, *dropped))
        return tuple(
            Step(
                v,
                tuple((s, r) for w, s, r in added if w == v),
                tuple((s, r) for w, s, r in dropped if w == v),
                standby=any((v, s) in self.problem.standby for w, s, _ in added if w == v),
            )
            for v in order
        )

    def _open(self, dropped: list[Assignment], added: list[Assignment]) -> tuple[tuple[int, int, int], ...]:
        heads = _heads(dropped, added)
        places = [self.board.place(n) for n in sorted(self.gaps)]
        missing = [
            (s, r, self.problem.sessions[s].needs[r].min - self.book.heads[s, r] - heads[s, r]) for s, r in places
        ]
        return tuple(item for item in missing if item[2] > 0)

    def _rank(self, way: Moves) -> tuple[int, bool, int, int]:
        dropped, added = self._net(way)
        return _rank(scoring.change(self.problem, self.book, dropped, added), self._steps(dropped, added))


def _heads(dropped: Sequence[Assignment], added: Sequence[Assignment]) -> Counter[Place]:
    heads: Counter[Place] = Counter()
    for sign, items in ((-1, dropped), (1, added)):
        for _, s, r in items:
            heads[s, r] += sign
    return heads


def _rank(change: Score, steps: Sequence[Step]) -> tuple[int, bool, int, int]:
    """Least missing first, then the standby, then fewest people, then the better plan."""
    return change.min, not any(step.standby for step in steps), len(steps), change.total


def _best(found: Sequence[Alternative] | Iterator[Alternative], count: int) -> list[Alternative]:
    """The best of each set of people, at most `count`; then leaving the place open."""
    ranked = sorted(found, key=lambda a: (*_rank(a.change, a.steps), a.people))
    chosen: dict[frozenset[int], Alternative] = {}
    for alternative in ranked:
        if alternative.steps:
            chosen.setdefault(frozenset(alternative.people), alternative)
    return [*list(chosen.values())[:count], *[a for a in ranked if not a.steps][:1]]
