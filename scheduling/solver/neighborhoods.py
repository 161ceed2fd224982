"""Which part of a plan to open again."""

import numpy as np

from scheduling.solver.build import Arrays, Flags, Ints


class Neighborhoods:
    def __init__(self, arrays: Arrays, random: np.random.Generator) -> None:
        self.arrays, self.random = arrays, random
        self.people = 60.0  # how many volunteers a group has; whoever solves the pieces adapts it
        self.core: Flags = np.ones(arrays.columns, dtype=np.bool_)
        self._index()

    def narrow(self, columns: Ints) -> None:
        """From now on look only at these columns: those that a bound found near worth."""
        self.core[:] = False
        self.core[columns] = True
        self._index()

    def worth(self, plan: Ints) -> Ints:
        """The columns looked at, and those a plan holds."""
        found = self.core | self.arrays.col_pinned
        found[plan] = True
        return np.flatnonzero(found)

    def _index(self) -> None:
        a = self.arrays
        worth = np.flatnonzero(self.core)
        self._needs_of = np.split(
            a.col_need[worth], np.searchsorted(a.col_volunteer[worth], np.arange(1, a.volunteers))
        )
        order = worth[np.argsort(a.col_need[worth], kind="stable")]
        edges = np.searchsorted(a.col_need[order], np.arange(1, a.needs))
        self._people_of = np.split(a.col_volunteer[order], edges)

    def around(self, plan: Ints, people: int) -> tuple[Ints, Ints]:
        """Columns to choose from, and columns that stay: a group of volunteers who want the same places is freed."""
        a = self.arrays
        group = self._group(plan, people)
        chosen = np.zeros(a.volunteers, dtype=np.bool_)
        chosen[group] = True
        held = np.zeros(a.columns, dtype=np.bool_)
        held[plan] = True
        free = chosen[a.col_volunteer] & (self.core | held) & ~a.col_pinned
        return np.flatnonzero(free), plan[~free[plan]]

    def _group(self, plan: Ints, people: int) -> Ints:
        a, random = self.arrays, self.random
        heads = np.bincount(a.col_need[plan], minlength=a.needs)
        short = np.flatnonzero(heads < a.need_min)
        seeds = short if len(short) and random.random() < 0.4 else np.arange(a.needs)
        found: dict[int, None] = {}
        queue = [int(random.choice(seeds))] if len(seeds) else []
        visited = set(queue)
        while queue and len(found) < people:
            need = queue.pop(int(random.integers(len(queue))))
            crowd = self._people_of[need]
            for v in random.permutation(crowd)[: max(4, people // 8)].tolist():
                if len(found) >= people:
                    break
                found[v] = None
                wanted = self._needs_of[v]
                for n in random.permutation(wanted)[:4].tolist():
                    if n not in visited:
                        visited.add(n)
                        queue.append(n)
        while len(found) < min(people, a.volunteers):
            found[int(random.integers(a.volunteers))] = None
        return np.array(list(found), dtype=np.int64)
