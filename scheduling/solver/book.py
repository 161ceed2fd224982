"""A plan, indexed the ways in which it is asked about, and changed a place at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from scheduling.solver import eligibility
from scheduling.solver.problem import Assignment, Problem


class Book:
    def __init__(self, assignments: Iterable[Assignment] = ()) -> None:
        self.taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.present: dict[int, list[int]] = defaultdict(list)
        self.heads: Counter[tuple[int, int]] = Counter()
        for v, s, r in assignments:
            self.taken[v].append((s, r))
            self.present[s].append(v)
            self.heads[s, r] += 1

    def copy(self) -> "Book":
        other = Book()
        other.taken, other.present, other.heads = self.taken.copy(), self.present.copy(), self.heads.copy()
        return other

    def add(self, item: Assignment) -> None:
        v, s, r = item
        # a new list each time, so that copies may share the old ones
        self.taken[v] = [*self.taken[v], (s, r)]
        self.present[s] = [*self.present[s], v]
        self.heads[s, r] += 1

    def remove(self, item: Assignment) -> None:
        v, s, r = item
        self.taken[v] = [place for place in self.taken[v] if place != (s, r)]
        self.present[s] = [w for w in self.present[s] if w != v]
        self.heads[s, r] -= 1

    def apply(self, dropped: Iterable[Assignment], added: Iterable[Assignment]) -> None:
        for item in dropped:
            self.remove(item)
        for item in added:
            self.add(item)

    def holds(self, item: Assignment) -> bool:
        v, s, r = item
        return (s, r) in self.taken.get(v, ())

    def missing(self, s: int, minima: Iterable[int]) -> int:
        """How many people a session lacks to what its needs must have."""
        return sum(max(0, least - self.heads[s, r]) for r, least in enumerate(minima))

    def assignments(self) -> list[Assignment]:
        return sorted((v, s, r) for v, places in self.taken.items() for s, r in places)

    def reasons(self, problem: Problem, v: int, s: int, r: int) -> list[str]:
        return eligibility.reasons_against(problem, v, s, r, self.taken, present=self.present.get(s, ()))
