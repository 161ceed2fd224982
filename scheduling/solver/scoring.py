"""What a plan costs, term by term, and which hard rules it breaks. Shares no code with the search.

Every plan is scored here before it is returned, so that neither a model nor a compiled loop has the last word.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from scheduling.solver import eligibility, terms
from scheduling.solver.book import Book
from scheduling.solver.problem import Assignment, Problem, Session, Volunteer

CORE = ("min", "target", "preference", "travel", "fairness", "unpopular", "buddy", "stability", "open")


MOST_CLASHES = 1000  # named per volunteer: everybody's every session at once would be millions


@dataclass(frozen=True)
class Score:
    min: int = 0
    target: int = 0
    preference: int = 0
    travel: int = 0
    fairness: int = 0
    unpopular: int = 0
    buddy: int = 0
    stability: int = 0
    open: int = 0
    short_of_min: int = 0
    short_of_target: int = 0
    own: Mapping[str, int] = field(default_factory=dict)
    """The terms of terms.py that have a weight."""

    @property
    def total(self) -> int:
        return sum(self.terms.values())

    @property
    def terms(self) -> dict[str, int]:
        """The parts of the objective, without the two counts of empty seats."""
        return {**{name: getattr(self, name) for name in CORE}, **self.own}

    def __add__(self, other: "Score") -> "Score":
        core = {name: getattr(self, name) + getattr(other, name) for name in (*CORE, "short_of_min", "short_of_target")}
        return Score(**core, own={name: value + other.own.get(name, 0) for name, value in self.own.items()})

    def __sub__(self, other: "Score") -> "Score":
        core = {name: getattr(self, name) - getattr(other, name) for name in (*CORE, "short_of_min", "short_of_target")}
        return Score(**core, own={name: value - other.own.get(name, 0) for name, value in self.own.items()})


@dataclass(frozen=True)
class Violation:
    """A hard rule that a plan breaks. What is not concerned is None."""

    code: str
    volunteer: int | None = None
    session: int | None = None
    need: int | None = None
    other: int | None = None

    def words(self) -> str:
        parts = {"volunteer": self.volunteer, "session": self.session, "need": self.need, "other": self.other}
        return ", ".join(f"{name} {value}" for name, value in parts.items() if value is not None)


def preference(volunteer: Volunteer, session: Session) -> int:
    return volunteer.pref_programme.get(session.programme, 0) + volunteer.pref_daypart[session.daypart]


def travel_cost(problem: Problem, volunteer: Volunteer, session: Session) -> int:
    return int(problem.weights.travel_per_min * problem.travel[volunteer.home][session.hub])


def fairness_cost(problem: Problem, volunteer: Volunteer, count: int) -> int:
    return problem.weights.fair_step * (volunteer.history * count + count * (count - 1) // 2)


def place_cost(problem: Problem, s: int, r: int, heads: int) -> tuple[int, int]:
    """What a need's empty places cost, below its minimum and above."""
    need, weights = problem.sessions[s].needs[r], problem.weights
    below = max(0, need.min - heads)
    rest = max(0, need.target - max(heads, need.min))
    return weights.min[need.priority] * below, weights.target * rest


def score(problem: Problem, assignments: Iterable[Assignment]) -> Score:
    plan = set(assignments)
    book = Book(plan)
    total: Counter[str] = Counter()
    short_of_min = short_of_target = 0
    for v, s, _ in plan:
        for name, cost in _of_assignment(problem, v, s).items():
            total[name] += cost
    for s, session in enumerate(problem.sessions):
        for r, need in enumerate(session.needs):
            heads = book.heads[s, r]
            below, rest = place_cost(problem, s, r, heads)
            total["min"] += below
            total["target"] += rest
            short_of_min += max(0, need.min - heads)
            short_of_target += max(0, need.target - max(heads, need.min))
    for v, places in book.taken.items():
        for name, cost in _of_count(problem, v, len(places)).items():
            total[name] += cost
    if problem.weights.wish:
        idle = (v for v in range(len(problem.volunteers)) if not book.taken.get(v))
        total["wish"] += sum(terms.wish_cost(problem, problem.volunteers[v], 0) for v in idle)
    if problem.weights.buddy:
        here = {v: {s for s, _ in places} for v, places in book.taken.items()}
        met = sum(len(here.get(a, _NOWHERE) & here.get(b, _NOWHERE)) for a, b in problem.buddies)
        total["buddy"] = -problem.weights.buddy * met
    if problem.published:
        published, weights = set(problem.published), problem.weights
        total["stability"] = weights.keep * len(published - plan) + weights.add * len(plan - published)
    own = {name: total[name] for name in (*terms.PLACE_TERMS, "wish") if getattr(problem.weights, name)}
    core = {name: total[name] for name in CORE}
    return Score(**core, short_of_min=short_of_min, short_of_target=short_of_target, own=own)


def change(problem: Problem, book: Book, dropped: Collection[Assignment], added: Collection[Assignment]) -> Score:
    """How the score of the plan in `book` changes when these assignments leave and those join, all else equal."""
    total: Counter[str] = Counter()
    for sign, items in ((-1, dropped), (1, added)):
        for v, s, _ in items:
            total.update({name: sign * cost for name, cost in _of_assignment(problem, v, s).items()})
    people = Counter({v: 0 for v, _, _ in (*dropped, *added)})
    needs = Counter({(s, r): 0 for _, s, r in (*dropped, *added)})
    for sign, items in ((-1, dropped), (1, added)):
        for v, s, r in items:
            people[v] += sign
            needs[s, r] += sign
    for v, more in people.items():
        count = len(book.taken.get(v, ()))
        total.update(_of_count(problem, v, count + more))
        total.subtract(_of_count(problem, v, count))
    short_of_min = short_of_target = 0
    for (s, r), more in needs.items():
        need, heads = problem.sessions[s].needs[r], book.heads[s, r]
        for sign, at in ((-1, heads), (1, heads + more)):
            below, rest = place_cost(problem, s, r, at)
            total["min"] += sign * below
            total["target"] += sign * rest
            short_of_min += sign * max(0, need.min - at)
            short_of_target += sign * max(0, need.target - max(at, need.min))
    if problem.weights.buddy:
        total["buddy"] = -problem.weights.buddy * _meetings_won(problem, book, dropped, added)
    if problem.published:
        weights = problem.weights
        price = {True: weights.keep, False: -weights.add}
        total["stability"] = sum(price[item in problem.in_force] for item in dropped)
        total["stability"] -= sum(price[item in problem.in_force] for item in added)
    own = {name: total[name] for name in (*terms.PLACE_TERMS, "wish") if getattr(problem.weights, name)}
    core = {name: total[name] for name in CORE}
    return Score(**core, short_of_min=short_of_min, short_of_target=short_of_target, own=own)


_NOWHERE: frozenset[int] = frozenset()


def assignment_cost(problem: Problem, v: int, s: int, r: int) -> int:
    """What hangs on one assignment alone: all but the places, how many sessions the person has, and buddies."""
    weights, volunteer = problem.weights, problem.volunteers[v]
    cost = sum(_of_assignment(problem, v, s).values()) + weights.fair_step * volunteer.history
    if problem.published:
        cost += -weights.keep if (v, s, r) in problem.in_force else weights.add
    return cost


def _of_assignment(problem: Problem, v: int, s: int) -> dict[str, int]:
    volunteer, session = problem.volunteers[v], problem.sessions[s]
    return {
        "preference": -preference(volunteer, session),
        "travel": travel_cost(problem, volunteer, session),
        "unpopular": problem.weights.unpopular * volunteer.history if session.unpopular < 0 else 0,
        **terms.place_terms(problem, v, s),
    }


def _of_count(problem: Problem, v: int, count: int) -> dict[str, int]:
    """What hangs on how many sessions a volunteer has."""
    volunteer = problem.volunteers[v]
    return {
        "fairness": fairness_cost(problem, volunteer, count),
        "open": problem.weights.open_volunteer if count else 0,
        "wish": terms.wish_cost(problem, volunteer, count),
    }


def _meetings_won(problem: Problem, book: Book, dropped: Collection[Assignment], added: Collection[Assignment]) -> int:
    won = 0
    gone, come = {(v, s) for v, s, _ in dropped}, {(v, s) for v, s, _ in added}
    for s in {s for _, s in gone | come}:
        before = set(book.present.get(s, ()))
        after = (before - {v for v, t in gone if t == s}) | {v for v, t in come if t == s}
        touched = before ^ after
        for present, sign in ((before, -1), (after, 1)):
            twice = sum(
                (2 - (w in touched)) * (w in present) for v in touched & present for w in problem.buddies_of.get(v, ())
            )
            won += sign * twice // 2
    return won


def violations(problem: Problem, assignments: Iterable[Assignment]) -> list[Violation]:
    """Every hard rule the plan breaks, coded like eligibility where the rule is the same."""
    found: list[Violation] = []
    plan = list(assignments)
    sound: dict[tuple[int, int], Assignment] = {}
    for v, s, r in plan:
        if not _exists(problem, v, s, r):
            found.append(Violation("no_such", v, s, r))
        elif (v, s) in sound:
            found.append(Violation("assigned_here", v, s, r))
        else:
            sound[v, s] = (v, s, r)
    book = Book(sound.values())
    found += violations_among(problem, book, list(book.taken), list(book.present))
    held = set(plan)
    found += [Violation("pin_lost", *pin) for pin in problem.pins if pin not in held]
    return found


def violations_among(
    problem: Problem, book: Book, volunteers: Iterable[int], sessions: Iterable[int]
) -> Iterator[Violation]:
    """The rules that these volunteers and these sessions break; pins apart."""
    for v in volunteers:
        yield from _violations_of_volunteer(problem, v, book.taken[v])
    for s in sessions:
        yield from _violations_of_session(problem, s, book)


def _exists(problem: Problem, v: int, s: int, r: int) -> bool:
    if not (0 <= v < len(problem.volunteers) and 0 <= s < len(problem.sessions)):
        return False
    return 0 <= r < len(problem.sessions[s].needs)


def _violations_of_volunteer(problem: Problem, v: int, taken: list[tuple[int, int]]) -> list[Violation]:
    volunteer = problem.volunteers[v]
    found = []
    for s, r in taken:
        session = problem.sessions[s]
        verdicts = {
            "barred": (v, s) in problem.barred,
            "no_skill": eligibility.lacks_skill(volunteer, session.needs[r]),
            "no_clearance": eligibility.lacks_clearance(volunteer, session),
            "unavailable": eligibility.is_unavailable(volunteer, session),
            "blocked": eligibility.is_blocked(volunteer, session),
            "too_far": eligibility.is_too_far(volunteer, session, problem.travel),
        }
        found += [Violation(code, v, s, r) for code, holds in verdicts.items() if holds]
    clashing = islice(_clashing_pairs(problem, volunteer, taken), MOST_CLASHES)
    found += [Violation("clash", v, s, r, other=t) for (s, r), (t, _) in clashing]
    minutes = sum(problem.sessions[s].minutes for s, _ in taken)
    if len(taken) > volunteer.max_sessions or minutes > volunteer.max_minutes:
        found.append(Violation("at_limit", v))
    return found


def _clashing_pairs(
    problem: Problem, volunteer: Volunteer, taken: list[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of places too close to each other, in the order of `taken`; far ones are not compared."""
    margin = max(volunteer.min_rest, problem.longest_way)
    order = sorted(range(len(taken)), key=lambda i: problem.sessions[taken[i][0]].start)
    for at, i in enumerate(order):
        one = problem.sessions[taken[i][0]]
        for j in order[at + 1 :]:
            other = problem.sessions[taken[j][0]]
            if other.start >= one.end + margin:
                break
            if eligibility.clash(volunteer, one, other, problem.travel):
                yield taken[min(i, j)], taken[max(i, j)]


def _violations_of_session(problem: Problem, s: int, book: Book) -> list[Violation]:
    needs, present = problem.sessions[s].needs, set(book.present[s])
    found = [
        Violation("over_target", session=s, need=r) for r, need in enumerate(needs) if book.heads[s, r] > need.target
    ]
    for v in present:
        found += [Violation("avoid", v, s, other=w) for w in problem.avoided_by.get(v, ()) if w in present and v < w]
    if not any(problem.volunteers[v].experienced for v in present):
        found += [Violation("needs_experienced", v, s) for v in present if problem.volunteers[v].new]
    return found
