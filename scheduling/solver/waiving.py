"""Exceptions: one rule gives way for one person in one session, and for nothing else.

A problem knows people's limits for a whole week, so a limit that is widened for one session would let in others too:
from those the person is barred. A session taken beyond somebody's weekly limit is simply not counted.
"""

from collections.abc import Collection
from dataclasses import replace

from scheduling.solver import eligibility
from scheduling.solver.problem import Problem, Session, Volunteer

Waived = tuple[int, int, str]
"""(volunteer, session, code)"""


def relaxed(person: Volunteer, session: Session, code: str, way: int) -> Volunteer:
    """The person, with just enough given way for this session; `way`: minutes from home."""
    match code:
        case "unavailable":
            return replace(person, available=(*person.available, (session.start, session.end)))
        case "no_clearance":
            return replace(person, clearances=person.clearances | {str(session.clearance)})
        case "blocked":
            parts = ((a, min(b, session.start)) for a, b in person.blocked)
            rest = ((max(a, session.end), b) for a, b in person.blocked)
            return replace(person, blocked=tuple(sorted((a, b) for a, b in (*parts, *rest) if a < b)))
        case "too_far":
            return replace(person, max_travel=max(person.max_travel, way))
        case "at_limit":
            minutes = person.max_minutes + session.minutes
            return replace(person, max_sessions=person.max_sessions + 1, max_minutes=minutes)
        case _:
            raise ValueError(f"{code} gives way to nobody")


def with_waivers(problem: Problem, waived: Collection[Waived]) -> tuple[Problem, dict[tuple[int, int], str]]:
    """The problem under these exceptions; and the (volunteer, session) pairs barred so that they stay exceptions, each
    with the rule that keeps it out."""
    people = list(problem.volunteers)
    for v, s, code in waived:
        session = problem.sessions[s]
        people[v] = relaxed(people[v], session, code, problem.travel[people[v].home][session.hub])
    asked, given = {v for v, _, _ in waived}, set(waived)
    apart = {
        (v, s): code
        for v in sorted(asked)
        for s, session in enumerate(problem.sessions)
        for code in _loosened(problem, problem.volunteers[v], people[v], session)
        if (v, s, code) not in given
    }
    return replace(problem, volunteers=tuple(people), barred=problem.barred | set(apart)), apart


def _loosened(problem: Problem, old: Volunteer, new: Volunteer, session: Session) -> list[str]:
    """The rules that keep the one from this session and not the other."""
    return [code for code in _kept_out(problem, old, session) if code not in _kept_out(problem, new, session)]


def _kept_out(problem: Problem, person: Volunteer, session: Session) -> list[str]:
    verdicts = {
        "unavailable": eligibility.is_unavailable(person, session),
        "blocked": eligibility.is_blocked(person, session),
        "too_far": eligibility.is_too_far(person, session, problem.travel),
    }
    return [code for code, holds in verdicts.items() if holds]
