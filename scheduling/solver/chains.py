"""Who could fill a place by asking at most a few people: one steps in, or leaves another place that the next fills.

Prices of deeper steps are looked up as if nobody had moved yet (the last ones are remembered until the plan changes);
they only say where to look first. Each chain is then walked on the board itself, so that what is returned fits.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from scheduling.solver.board import Board
from scheduling.solver.build import Flags, Ints
from scheduling.solver.options import (
    CANDIDATE,
    COST,
    FIRST,
    FIRST_LEADS,
    NEVER,
    PRICE,
    QUESTION,
    SECOND,
    SECOND_LEADS,
    TOTAL,
    VOLUNTEER,
)

TRIES = 12  # beginnings walked for each number of people
DEEPER_TRIES = 3
UNKNOWN = -NEVER


@dataclass(frozen=True)
class Move:
    """Somebody takes a need and leaves others (need numbers), at this cost of the place taken."""

    volunteer: int
    need: int
    cost: int
    leaves: tuple[int, ...] = ()


class Chains:
    """Looks for chains on a board. `protected`: needs of this priority and above may not fall short.

    `estimates` may be of the board before some people, `freed`, lost their places on it.
    """

    def __init__(
        self, board: Board, *, protected: int, estimates: "Estimates | None" = None, freed: Collection[int] = ()
    ) -> None:
        self.board, self.protected, self.freed = board, protected, freed
        self.estimates = estimates or Estimates(board)

    def fills(
        self,
        n: int,
        *,
        people: int,
        fewest: int = 1,
        leads: bool = False,
        apart: Collection[int] = (),
        first: Collection[int] = (),
        only: int = -1,
    ) -> list[tuple[Move, ...]]:
        """Chains of `fewest` to `people` moves that put somebody into need n, promising ones first for each length.

        `leads`: it must be somebody experienced. Nobody `apart` takes part; those named `first` are tried first.
        """
        rows = self._rows(n, leads, apart, only)
        if not len(rows):
            return []
        ahead = np.where(np.isin(rows[:, VOLUNTEER], _ints(first)), NEVER // 4, 0)
        found = []
        for length, totals in enumerate(self.totals(rows, people), start=1):
            if length < fewest:
                continue
            for i in np.argsort(totals - ahead, kind="stable")[:TRIES].tolist():
                if totals[i] >= NEVER // 2:
                    continue
                if moves := self._walk(rows[i], n, length, apart):
                    found.append(tuple(moves))
        return found

    def apply(self, move: Move) -> list[int]:
        """Makes the move; returns what the places left had cost, which `undo` wants back."""
        costs = [self.board.cost_of(move.volunteer, n) for n in move.leaves]
        for n in move.leaves:
            self.board.drop(move.volunteer, n)
        self.board.add(move.volunteer, move.need, move.cost)
        return costs

    def undo(self, move: Move, costs: Sequence[int]) -> None:
        self.board.drop(move.volunteer, move.need)
        for n, cost in zip(move.leaves, costs, strict=True):
            self.board.add(move.volunteer, n, cost)

    def _rows(self, n: int, leads: bool, apart: Collection[int], only: int = -1) -> Ints:
        rows = self.board.options([n], np.array([leads]), self.board.leaving(self.protected), only=only)
        return rows[~np.isin(rows[:, VOLUNTEER], _ints(apart))]

    def _walk(self, row: Ints, n: int, length: int, apart: Collection[int]) -> list[Move] | None:
        """The chain of exactly this length that begins with this option, or None; the board is as before."""
        v = int(row[VOLUNTEER])
        leaves = tuple(int(m) for m in row[[FIRST, SECOND]] if m >= 0)
        move = Move(v, n, int(self.board.t.candidates[row[CANDIDATE], COST]), leaves)
        if length == 1:
            return [move]
        wanted = self._split(row, length - 1)
        costs = self.apply(move)
        moves: list[Move] | None = [move]
        done: list[tuple[Move, list[int]]] = []
        gone = {v, *apart}
        for hole, leads, people in wanted:
            more = self._best(hole, leads, people, gone)
            if more is None:
                moves = None
                break
            for step in more:
                done.append((step, self.apply(step)))
                gone.add(step.volunteer)
            moves = [*(moves or []), *more]
        for step, step_costs in reversed(done):
            self.undo(step, step_costs)
        self.undo(move, costs)
        return moves

    def _best(self, n: int, leads: bool, people: int, apart: Collection[int]) -> list[Move] | None:
        rows = self._rows(n, leads, apart)
        if not len(rows):
            return None
        totals = self.totals(rows, people)[people - 1]
        for i in np.argsort(totals, kind="stable")[:DEEPER_TRIES].tolist():
            if totals[i] < NEVER // 2 and (moves := self._walk(rows[i], n, people, apart)):
                return moves
        return None

    def _split(self, row: Ints, people: int) -> list[tuple[int, bool, int]]:
        """How many people should refill each place this option leaves, as (need, leads, people); none may be left."""
        holes = [(int(row[FIRST]), bool(row[FIRST_LEADS])), (int(row[SECOND]), bool(row[SECOND_LEADS]))]
        ways = [(first, people - first) for first in range(people, -1, -1)]
        priced = [(self._price_of(row, way), way) for way in ways]
        _, best = min(priced)
        return [(*hole, count) for hole, count in zip(holes, best, strict=True) if count]

    def _price_of(self, row: Ints, way: tuple[int, int]) -> int:
        parts = self._parts(row[None, :], max(way))
        return int(parts[0][way[0]][0] + parts[1][way[1]][0])

    def totals(self, rows: Ints, people: int) -> list[Ints]:
        """Per number of people from 1 on: what each option costs when the others refill what it leaves."""
        first, second = self._parts(rows, people - 1)
        found = []
        for others in range(people):
            refilled = np.min([first[k] + second[others - k] for k in range(others + 1)], axis=0)
            found.append(np.minimum(rows[:, PRICE] + refilled, NEVER))
        return found

    def _parts(self, rows: Ints, people: int) -> tuple[list[Ints], list[Ints]]:
        """What the first and the second place left cost when 0, 1... people refill it."""
        leaving = self.board.leaving(self.protected)
        found: tuple[list[Ints], list[Ints]] = ([], [])
        for parts, at, leads_at in zip(found, (FIRST, SECOND), (FIRST_LEADS, SECOND_LEADS), strict=True):
            needs, leads = rows[:, at], rows[:, leads_at]
            empty = np.where(leads > 0, NEVER, leaving[needs])
            parts.append(np.where(needs < 0, 0, empty))
            for length in range(1, people + 1):
                prices = self._prices(2 * needs + leads, needs >= 0, length)
                parts.append(np.where(needs < 0, NEVER, prices))
        return found

    def _prices(self, keys: Ints, exist: Flags, length: int) -> Ints:
        """Estimated prices of filling each (need, leads) by exactly `length` people."""
        if length == 1:
            return np.minimum(self.estimates.of(keys, exist, self.protected), self._by_freed[keys])
        prices = np.full(len(keys), NEVER, dtype=np.int64)
        wanted, back = np.unique(keys[exist], return_inverse=True)
        if len(wanted):
            rows = self.board.options(wanted // 2, wanted % 2 > 0, self.board.leaving(self.protected))
            best = np.full(len(wanted), NEVER, dtype=np.int64)
            np.minimum.at(best, rows[:, QUESTION], self.totals(rows, length)[length - 1])
            prices[exist] = best[back]
        return prices

    @cached_property
    def _by_freed(self) -> Ints:
        """Per (need, leads), what it costs when one of those who have lost a place takes it."""
        prices = np.full(2 * len(self.board.need_min) + 2, NEVER, dtype=np.int64)
        leaving = self.board.leaving(self.protected)
        for v in self.freed:
            needs = self.board.open_to(v)
            rows = self.board.options(needs, np.zeros(len(needs), dtype=np.bool_), leaving, only=v)
            at = 2 * needs[rows[:, QUESTION]]
            np.minimum.at(prices, at, rows[:, TOTAL])
            if self.board.problem.volunteers[v].experienced:
                np.minimum.at(prices, at + 1, rows[:, TOTAL])
        return prices


class Estimates:
    """What it costs on a board when one person fills a place, per need and leads; kept as long as the plan is."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._known: dict[int, Ints] = {}

    def of(self, keys: Ints, exist: Flags, protected: int) -> Ints:
        if protected not in self._known:
            self._known[protected] = np.full(2 * len(self._board.need_min) + 2, UNKNOWN, dtype=np.int64)
        known = self._known[protected]
        missing = np.unique(keys[exist & (known[keys] == UNKNOWN)])
        if len(missing):
            leaving = self._board.leaving(protected)
            rows = self._board.options(missing // 2, missing % 2 > 0, leaving, best=True)
            known[missing] = NEVER
            known[missing[rows[:, QUESTION]]] = np.minimum(rows[:, TOTAL], NEVER)
        return known[keys]


def _ints(values: Collection[int]) -> Ints:
    return np.array(list(values), dtype=np.int64)
