"""A first feasible plan, fast and without compiled code: the scarcest and weightiest seats first."""

from collections.abc import Collection

import numpy as np

from scheduling.solver.build import Arrays, Ints


class Ledger:
    """Who holds which column, and whether one more keeps every hard rule."""

    def __init__(self, arrays: Arrays) -> None:
        self.arrays = arrays
        self.held: list[list[int]] = [[] for _ in range(arrays.volunteers)]
        self.heads = [0] * arrays.needs
        self.present: dict[int, set[int]] = {}
        self._spent = [0] * arrays.volunteers
        self._col_volunteer, self._col_need = arrays.col_volunteer.tolist(), arrays.col_need.tolist()
        self._col_session = arrays.col_session.tolist()
        self._start, self._end, self._hub = arrays.start.tolist(), arrays.end.tolist(), arrays.hub.tolist()
        self._travel = arrays.travel.tolist()
        self._rest, self._minutes = arrays.min_rest.tolist(), arrays.minutes.tolist()
        self._limits = list(zip(arrays.max_sessions.tolist(), arrays.max_minutes.tolist(), strict=True))
        self.with_room = sum(sessions > 0 for sessions, _ in self._limits)  # people who may take more
        self._target = arrays.need_target.tolist()
        self._experienced, self._newcomer = arrays.experienced.tolist(), arrays.newcomer.tolist()

    def fits(self, column: int) -> bool:
        v, s, n = self._col_volunteer[column], self._col_session[column], self._col_need[column]
        sessions, minutes = self._limits[v]
        if self.heads[n] >= self._target[n] or len(self.held[v]) >= sessions:
            return False
        if self._spent[v] + self._minutes[s] > minutes:
            return False
        if any(self._clash(v, self._col_session[other], s) for other in self.held[v]):
            return False
        present = self.present.get(s, set())
        if self._newcomer[v] and not any(self._experienced[w] for w in present):
            return False
        low, high = self.arrays.avoid_at[v], self.arrays.avoid_at[v + 1]
        return not (low < high and any(int(w) in present for w in self.arrays.avoid_list[low:high]))

    def add(self, column: int) -> None:
        v, s = self._col_volunteer[column], self._col_session[column]
        self.held[v].append(column)
        self.with_room -= len(self.held[v]) == self._limits[v][0]
        self._spent[v] += self._minutes[s]
        self.heads[self._col_need[column]] += 1
        self.present.setdefault(s, set()).add(v)

    def columns(self) -> Ints:
        return np.array(sorted(c for held in self.held for c in held), dtype=np.int64)

    def _clash(self, v: int, a: int, b: int) -> bool:
        if a == b:
            return True
        if (self._start[b], self._end[b], self._hub[b]) < (self._start[a], self._end[a], self._hub[a]):
            a, b = b, a
        return bool(self._start[b] < self._end[a] + max(self._rest[v], self._travel[self._hub[a]][self._hub[b]]))


def construct(arrays: Arrays, keep: Collection[int] = (), *, fill: bool = True) -> Ints:
    """Pins first, then whatever of `keep` (a warm start) fits, then (to `fill`) every seat to the cheapest who fits."""
    ledger = Ledger(arrays)
    pins = np.flatnonzero(arrays.col_pinned).tolist()
    for column in pins:
        ledger.add(column)
    _keep(ledger, keep)
    if not fill:
        return ledger.columns()
    supply = np.diff(arrays.col_of_need)
    heavy_first = np.lexsort((supply, -arrays.need_weight)).tolist()
    wanted = arrays.need_min.tolist()
    for n in heavy_first:
        _fill(ledger, n, wanted[n])
    for n in np.argsort(supply, kind="stable").tolist():
        _fill(ledger, n, int(arrays.need_target[n]))
    for n in heavy_first:  # newcomers may come where an experienced person arrived meanwhile
        _fill(ledger, n, wanted[n])
    return ledger.columns()


def _keep(ledger: Ledger, columns: Collection[int]) -> None:
    """Experienced people first, so that newcomers find their company."""
    arrays = ledger.arrays
    for newcomers in (False, True):
        for column in columns:
            if bool(arrays.newcomer[arrays.col_volunteer[column]]) == newcomers and ledger.fits(column):
                ledger.add(column)


def _fill(ledger: Ledger, n: int, wanted: int) -> None:
    arrays = ledger.arrays
    if ledger.heads[n] >= wanted or not ledger.with_room:
        return
    columns = arrays.need_cols[arrays.col_of_need[n] : arrays.col_of_need[n + 1]]
    price = arrays.col_cost[columns] + np.where(arrays.newcomer[arrays.col_volunteer[columns]], 10_000, 0)
    weight = arrays.need_weight[n] if ledger.heads[n] < arrays.need_min[n] else arrays.target_weight
    for column in columns[np.argsort(price, kind="stable")].tolist():
        if ledger.heads[n] >= wanted or arrays.col_cost[column] >= weight:
            break
        if ledger.fits(column):
            ledger.add(column)
