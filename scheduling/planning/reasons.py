"""What speaks for a volunteer in a session, whatever the rest of the plan: for proposals and for repairs."""

from __future__ import annotations

from typing import Any

from scheduling.solver import scoring
from scheduling.solver.problem import Problem

NEAR_MINUTES = 15
"""A way that counts as near."""
RESTED_WEEKS = 2
"""Since somebody was last asked, after which it is their turn again."""

Reason = dict[str, Any]


def reason(code: str, **facts: object) -> Reason:
    return {"code": code, "facts": facts}


def speaking_for(problem: Problem, v: int, s: int) -> list[Reason]:
    """The strongest first; empty when nothing stands out."""
    volunteer, session = problem.volunteers[v], problem.sessions[s]
    found = []
    if (v, s) in problem.standing:
        found.append(reason("standing"))
    if (v, s) in problem.familiar:
        found.append(reason("familiar"))
    if scoring.preference(volunteer, session) > 0:
        found.append(reason("preferred", kind=session.programme))
    minutes = problem.travel[volunteer.home][session.hub]
    if minutes <= NEAR_MINUTES:
        found.append(reason("near", minutes=minutes))
    if volunteer.history == 0:
        found.append(reason("fair", history=0))
    elif (volunteer.weeks_since_asked or 0) >= RESTED_WEEKS:
        found.append(reason("asked", weeks=volunteer.weeks_since_asked))
    return found


def fits(problem: Problem, v: int, s: int) -> Reason:
    """Of whom nothing else is to be said."""
    return reason("fits", minutes=problem.travel[problem.volunteers[v].home][problem.sessions[s].hub])
