"""What a plan costs, term by term, and which hard rules it breaks. Shares no code with the search.

Every plan is scored here before it is returned, so that neither a model nor a compiled loop has the last word.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import combinations

from scheduling.solver import eligibility
from scheduling.solver.problem import Assignment, Problem, Session, Volunteer


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

    @property
    def total(self) -> int:
        return sum(self.terms.values())

    @property
    def terms(self) -> dict[str, int]:
        """The parts of the objective, without the two counts of empty seats."""
        parts = asdict(self)
        del parts["short_of_min"], parts["short_of_target"]
        return parts


@dataclass(frozen=True)
class Violation:
    """A hard rule that a plan breaks. What is not concerned is None."""

    code: str
    volunteer: int | None = None
    session: int | None = None
    need: int | None = None
    other: int | None = None


def preference(volunteer: Volunteer, session: Session) -> int:
    return volunteer.pref_programme.get(session.programme, 0) + volunteer.pref_daypart[session.daypart]


def travel_cost(problem: Problem, volunteer: Volunteer, session: Session) -> int:
    return int(problem.weights.travel_per_min * problem.travel[volunteer.home][session.hub])


def fairness_cost(problem: Problem, volunteer: Volunteer, count: int) -> int:
    return problem.weights.fair_step * (volunteer.history * count + count * (count - 1) // 2)


def score(problem: Problem, assignments: Iterable[Assignment]) -> Score:
    plan = set(assignments)
    weights = problem.weights
    heads: Counter[tuple[int, int]] = Counter()
    counts: Counter[int] = Counter()
    present: dict[int, set[int]] = defaultdict(set)
    liked = way = unpopular = 0
    for v, s, r in plan:
        volunteer, session = problem.volunteers[v], problem.sessions[s]
        heads[s, r] += 1
        counts[v] += 1
        present[s].add(v)
        liked += preference(volunteer, session)
        way += travel_cost(problem, volunteer, session)
        if session.unpopular < 0:
            unpopular += weights.unpopular * volunteer.history
    missing = empty = short_of_min = short_of_target = 0
    for s, session in enumerate(problem.sessions):
        for r, need in enumerate(session.needs):
            below = max(0, need.min - heads[s, r])
            rest = max(0, need.target - max(heads[s, r], need.min))
            missing += weights.min[need.priority] * below
            empty += weights.target * rest
            short_of_min += below
            short_of_target += rest
    together = sum(1 for a, b in problem.buddies for who in present.values() if a in who and b in who)
    stability = 0
    if problem.published:
        published = set(problem.published)
        stability = weights.keep * len(published - plan) + weights.add * len(plan - published)
    return Score(
        min=missing,
        target=empty,
        preference=-liked,
        travel=way,
        fairness=sum(fairness_cost(problem, problem.volunteers[v], count) for v, count in counts.items()),
        unpopular=unpopular,
        buddy=-weights.buddy * together,
        stability=stability,
        open=weights.open_volunteer * len(counts),
        short_of_min=short_of_min,
        short_of_target=short_of_target,
    )


def violations(problem: Problem, assignments: Iterable[Assignment]) -> list[Violation]:
    """Every hard rule the plan breaks, coded like eligibility where the rule is the same."""
    plan = list(assignments)
    found: list[Violation] = []
    by_volunteer: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_session: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for v, s, r in plan:
        if not _exists(problem, v, s, r):
            found.append(Violation("no_such", v, s, r))
        elif any(other == s for other, _ in by_volunteer[v]):
            found.append(Violation("assigned_here", v, s, r))
        else:
            by_volunteer[v].append((s, r))
            by_session[s].append((v, r))
    for v, taken in by_volunteer.items():
        found += _violations_of_volunteer(problem, v, taken)
    for s, who in by_session.items():
        found += _violations_of_session(problem, s, who)
    held = set(plan)
    found += [Violation("pin_lost", *pin) for pin in problem.pins if pin not in held]
    return found


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
    for (s, r), (t, _) in combinations(taken, 2):
        if eligibility.clash(volunteer, problem.sessions[s], problem.sessions[t], problem.travel):
            found.append(Violation("clash", v, s, r, other=t))
    minutes = sum(problem.sessions[s].minutes for s, _ in taken)
    if len(taken) > volunteer.max_sessions or minutes > volunteer.max_minutes:
        found.append(Violation("at_limit", v))
    return found


def _violations_of_session(problem: Problem, s: int, who: list[tuple[int, int]]) -> list[Violation]:
    heads = Counter(r for _, r in who)
    needs = problem.sessions[s].needs
    found = [Violation("over_target", session=s, need=r) for r, count in heads.items() if count > needs[r].target]
    present = {v for v, _ in who}
    for v in present:
        found += [Violation("avoid", v, s, other=w) for w in problem.avoided_by.get(v, ()) if w in present and v < w]
    people = [problem.volunteers[v] for v in present]
    found += [
        Violation("needs_experienced", v, s)
        for v in present
        if eligibility.needs_experienced(problem.volunteers[v], people)
    ]
    return found
