"""Who may take which place: one function per hard rule, and `reasons_against`, which asks them all.

The same functions serve self sign-up, hand edits, the solver and the explanations, so that the four cannot
disagree. Each takes plain values (`Volunteer`, `Session`, `Need`); nothing here needs a whole plan:

    reasons_against(problem, v, s, r, taken)           # taken: volunteer -> the (session, need) pairs they hold
    reasons_against_one(volunteer, session, need, travel=..., others=[...], present=[...])   # no Problem at hand

`taken` may hold only the people who matter: volunteer v, and whoever is in session s.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from scheduling.solver.problem import Need, Problem, Session, Volunteer

CODES = (
    "assigned_here",
    "barred",
    "no_skill",
    "no_clearance",
    "unavailable",
    "blocked",
    "too_far",
    "clash",
    "at_limit",
    "avoid",
    "needs_experienced",
)
"""In the order in which they are reported: what a person is, then what the week makes of it."""

FREE = "free"
Travel = Sequence[Sequence[int]]


def lacks_skill(volunteer: Volunteer, need: Need) -> bool:
    return need.skill not in volunteer.skills


def lacks_clearance(volunteer: Volunteer, session: Session) -> bool:
    return session.clearance is not None and session.clearance not in volunteer.clearances


def is_unavailable(volunteer: Volunteer, session: Session) -> bool:
    """The session must lie inside one window, not across two that touch."""
    return not any(start <= session.start and session.end <= end for start, end in volunteer.available)


def is_blocked(volunteer: Volunteer, session: Session) -> bool:
    return any(start < session.end and session.start < end for start, end in volunteer.blocked)


def is_too_far(volunteer: Volunteer, session: Session, travel: Travel) -> bool:
    return travel[volunteer.home][session.hub] > volunteer.max_travel


def clash(volunteer: Volunteer, one: Session, other: Session, travel: Travel) -> bool:
    """Between two sessions lie at least the volunteer's rest and the way from the earlier to the later."""
    first, second = sorted((one, other), key=lambda session: (session.start, session.end, session.hub))
    return second.start < first.end + max(volunteer.min_rest, travel[first.hub][second.hub])


def clashes(volunteer: Volunteer, session: Session, others: Iterable[Session], travel: Travel) -> bool:
    return any(clash(volunteer, session, other, travel) for other in others)


def is_at_limit(volunteer: Volunteer, session: Session, others: Collection[Session]) -> bool:
    minutes = session.minutes + sum(other.minutes for other in others)
    return len(others) >= volunteer.max_sessions or minutes > volunteer.max_minutes


def avoids_someone(avoided: Collection[int], present: Iterable[int]) -> bool:
    return any(other in avoided for other in present)


def needs_experienced(volunteer: Volunteer, present: Iterable[Volunteer]) -> bool:
    """A newcomer comes only where an experienced volunteer is (one who is both is company enough)."""
    return volunteer.new and not volunteer.experienced and not any(other.experienced for other in present)


def reasons_against_one(
    volunteer: Volunteer,
    session: Session,
    need: Need,
    *,
    travel: Travel,
    others: Collection[Session] = (),
    present: Collection[Volunteer] = (),
    assigned_here: bool = False,
    barred: bool = False,
    avoids: bool = False,
) -> list[str]:
    """Every code that keeps one volunteer from one need, in the order of CODES; empty when nothing does.

    `others` are the other sessions the volunteer already has, `present` the other people in this one.
    """
    verdicts = (
        assigned_here,
        barred,
        lacks_skill(volunteer, need),
        lacks_clearance(volunteer, session),
        is_unavailable(volunteer, session),
        is_blocked(volunteer, session),
        is_too_far(volunteer, session, travel),
        clashes(volunteer, session, others, travel),
        is_at_limit(volunteer, session, others),
        avoids,
        needs_experienced(volunteer, present),
    )
    return [code for code, holds in zip(CODES, verdicts, strict=True) if holds]


def reasons_against(
    problem: Problem,
    v: int,
    s: int,
    r: int,
    taken: Mapping[int, Collection[tuple[int, int]]],
    *,
    present: Collection[int] | None = None,
) -> list[str]:
    """Every code that keeps volunteer `v` from need `r` of session `s` in a plan, in the order of CODES.

    `taken` maps a volunteer to the (session, need) pairs they hold. `present` names who is in session `s`;
    without it `taken` is searched, so pass it when asking about many people. An assignment that v already
    holds in s is reported as `assigned_here` and not counted against v a second time.
    """
    volunteer, session = problem.volunteers[v], problem.sessions[s]
    mine = taken.get(v, ())
    if present is None:
        present = [w for w, pairs in taken.items() if any(pair[0] == s for pair in pairs)]
    company = [w for w in present if w != v]
    return reasons_against_one(
        volunteer,
        session,
        session.needs[r],
        travel=problem.travel,
        others=[problem.sessions[other] for other, _ in mine if other != s],
        present=[problem.volunteers[w] for w in company],
        assigned_here=any(other == s for other, _ in mine),
        barred=(v, s) in problem.barred,
        avoids=avoids_someone(problem.avoided_by.get(v, frozenset()), company),
    )


def first_reason(
    problem: Problem,
    v: int,
    s: int,
    r: int,
    taken: Mapping[int, Collection[tuple[int, int]]],
    *,
    present: Collection[int] | None = None,
) -> str:
    """The code under which `v` is counted for this need: the first that applies, or `free`."""
    reasons = reasons_against(problem, v, s, r, taken, present=present)
    return reasons[0] if reasons else FREE
