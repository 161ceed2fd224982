"""What remains of a problem when its volunteers no longer see one another: prices, and a bound for any of them.

What ties volunteers together is relaxed into prices: `u` for a head in a need, `w` for the cut that keeps halves of
newcomers out of a minimum, `a` for a newcomer's company. What remains falls apart into one small scheduling problem
per volunteer, solved exactly, and is a proven bound for any prices.

Rows that no price is put on are relaxed in the bound's favor: people who avoid each other may meet, and what a
meeting of buddies is worth is shared between the two and given to each for coming.
"""

import math
from collections.abc import Mapping

import numpy as np

from scheduling.solver.build import Arrays, Flags, Ints
from scheduling.solver.linear import Floats
from scheduling.solver.schedules import cheapest_schedules, find_slots

PIN = 1e7  # what leaving a pin out costs in a volunteer's own problem
CLOSED = 1e8  # what a column costs that may not be taken


class Relaxation:
    """The relaxed problem, ready to be evaluated at any prices."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays, self.slots = arrays, find_slots(arrays)
        a = arrays
        self._meetings = self._find_meetings()
        self.share_buddies({})
        self.constant = a.constant + PIN * int(a.col_pinned.sum())
        kinds = self._kinds()
        self.cut = (a.need_min > 0) & (np.bincount(a.col_need[kinds == 1], minlength=a.needs) > 0)
        self.kinds = kinds
        self.links = int((self.slots.link >= 0).sum())
        self.link_session = self.slots.session[self.slots.link >= 0]
        self.link_of_col = np.full(a.columns, -1, dtype=np.int64)
        new = np.flatnonzero(self.slots.link >= 0)
        for k in range(int(self.slots.size.max(initial=0))):
            some = new[self.slots.size[new] > k]
            self.link_of_col[self.slots.first_col[some] + k] = self.slots.link[some]
        self.unit = max(1, int(np.gcd.reduce(a.minutes))) if a.sessions else 1
        self.picked = np.zeros(a.columns + 1, dtype=np.int64)
        self.size = 2 * a.needs + self.links

    def _kinds(self) -> Ints:
        """Per column: 0 regular, 1 newcomer, 2 experienced."""
        a = self.arrays
        return np.where(a.newcomer, 1, np.where(a.experienced, 2, 0))[a.col_volunteer]

    def start(self) -> Floats:
        """Prices to begin with: a head is worth what a place above the minimum is; all of it where nobody can come."""
        a = self.arrays
        prices = np.zeros(self.size)
        prices[: a.needs] = np.where(
            np.diff(a.col_of_need) == 0,
            a.need_weight,
            np.minimum(a.target_weight, np.where(a.need_min > 0, a.need_weight, a.target_weight)),
        )
        return prices

    def project(self, prices: Floats) -> Floats:
        needs = self.arrays.needs
        prices[needs : 2 * needs] = np.where(self.cut, np.maximum(0, prices[needs : 2 * needs]), 0)
        prices[2 * needs :] = np.maximum(0, prices[2 * needs :])
        return prices

    def _lead(self, prices: Floats) -> Floats:
        """What an experienced person in a session is worth beyond the head."""
        a, needs = self.arrays, self.arrays.needs
        lead = np.bincount(a.need_session, weights=prices[needs : 2 * needs] * a.need_min, minlength=a.sessions)
        company = np.bincount(self.link_session, weights=prices[2 * needs :], minlength=a.sessions)
        return np.asarray(lead + company, dtype=np.float64)

    def column_prices(self, prices: Floats) -> Floats:
        """What each column costs its volunteer at these prices."""
        a, needs = self.arrays, self.arrays.needs
        own = self.cost - prices[:needs][a.col_need]
        own -= np.where(self.kinds == 0, prices[needs : 2 * needs][a.col_need], 0)
        own -= np.where(self.kinds == 2, self._lead(prices)[a.col_session], 0)
        return own + np.where(self.link_of_col >= 0, prices[2 * needs :][self.link_of_col], 0) if self.links else own

    def evaluate(self, prices: Floats, closed: Flags | None = None) -> tuple[float, Floats, Ints]:
        """The bound at these prices, its slope, and the columns of the schedules behind it (none of the `closed`)."""
        a, slots, needs = self.arrays, self.slots, self.arrays.needs
        cost = self.cost if closed is None else self.cost + CLOSED * closed
        u, w, links = prices[:needs], prices[needs : 2 * needs], prices[2 * needs :]
        lead = self._lead(prices)
        total, count = cheapest_schedules(
            *(cost, a.col_need, slots.of_volunteer, slots.first_col, slots.size, slots.session, slots.link),
            *(slots.near, slots.far, a.experienced, a.newcomer, a.max_sessions, a.max_minutes, a.min_rest),
            *(a.start, a.end, a.hub, a.minutes, a.travel, self.unit, a.step, a.wished),
            *(float(a.beyond_weight), float(a.open_weight), u, w, lead, links, self.picked),
        )
        picked = self.picked[:count].copy()
        below = np.where(a.need_weight - u - w < 0, a.need_min, 0)
        rest = np.where(a.target_weight - u < 0, a.need_target - a.need_min, 0)
        total += float((u * a.need_target + w * a.need_min).sum() + self.constant)
        total += float(((a.need_weight - u - w) * below + (a.target_weight - u) * rest).sum())
        slope = np.zeros(self.size)
        kinds, n = self.kinds[picked], a.col_need[picked]
        slope[:needs] = a.need_target - np.bincount(n, minlength=needs) - below - rest
        leads = np.bincount(a.col_session[picked[kinds == 2]], minlength=a.sessions)
        regular = np.bincount(n[kinds == 0], minlength=needs)
        slope[needs : 2 * needs] = np.where(
            self.cut, a.need_min - below - regular - a.need_min * leads[a.need_session], 0
        )
        slope[2 * needs :] = -leads[self.link_session]
        slope[2 * needs + self.link_of_col[picked[kinds == 1]]] += 1
        return total, slope, picked

    def share_buddies(self, asked: Mapping[tuple[int, int, int], float]) -> None:
        """Share what a meeting is worth in proportion to what it costs to have each there (by halves, where unknown).

        Keys are (volunteer, buddy, session).
        """
        a = self.arrays
        self.credit = np.zeros(a.columns)
        for (v, w, s), columns in self._meetings.items():
            mine, theirs = asked.get((v, w, s), 0.0), asked.get((w, v, s), 0.0)
            share = mine / (mine + theirs) if mine + theirs > 0 else 0.5
            np.add.at(self.credit, columns, share * a.buddy_weight)
        self.cost = a.col_cost - self.credit - PIN * a.col_pinned

    def _find_meetings(self) -> dict[tuple[int, int, int], Ints]:
        """The columns by which a volunteer comes to a session that a buddy may come to, once for each naming."""
        a = self.arrays
        found: dict[tuple[int, int, int], Ints] = {}
        if not a.buddy_weight:
            return found
        for v in np.flatnonzero(np.diff(a.buddy_at)).tolist():
            mine = np.arange(a.col_of_volunteer[v], a.col_of_volunteer[v + 1])
            for w in a.buddy_list[a.buddy_at[v] : a.buddy_at[v + 1]].tolist():
                theirs = a.col_session[a.col_of_volunteer[w] : a.col_of_volunteer[w + 1]]
                for s in np.intersect1d(a.col_session[mine], theirs).tolist():
                    columns = mine[a.col_session[mine] == s]
                    found[v, w, s] = np.concatenate([found.get((v, w, s), columns[:0]), columns])
        return found


def proven(value: float) -> int:
    """A bound as an integer: every objective is one. A breath is left for rounding."""
    return math.ceil(value - 1e-3 - 1e-9 * abs(value))
