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
        for item in assignments:
            self.add(item)

    def copy(self) -> "Book":
        other = Book()
        for v, places in self.taken.items():
            other.taken[v] = places.copy()
        for s, people in self.present.items():
            other.present[s] = people.copy()
        other.heads = self.heads.copy()
        return other

    def add(self, item: Assignment) -> None:
        v, s, r = item
        self.taken[v].append((s, r))
        self.present[s].append(v)
        self.heads[s, r] += 1

    def remove(self, item: Assignment) -> None:
        v, s, r = item
        self.taken[v].remove((s, r))
        self.present[s].remove(v)
        self.heads[s, r] -= 1

    def apply(self, dropped: Iterable[Assignment], added: Iterable[Assignment]) -> None:
        for item in dropped:
            self.remove(item)
        for item in added:
            self.add(item)

    def holds(self, item: Assignment) -> bool:
        v, s, r = item
        return (s, r) in self.taken.get(v, ())

    def assignments(self) -> list[Assignment]:
        return sorted((v, s, r) for v, places in self.taken.items() for s, r in places)

    def reasons(self, problem: Problem, v: int, s: int, r: int) -> list[str]:
        return eligibility.reasons_against(problem, v, s, r, self.taken, present=self.present.get(s, ()))
