"""What the planner must not touch, held fixed in a problem: it blocks its volunteer's time, widened by rest and travel,
and counts against their weekly limits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduling.planning.index import Triple
from scheduling.solver import eligibility, scoring
from scheduling.solver.problem import Problem
from scheduling.solver.problem import Session as SessionValue
from scheduling.solver.problem import Volunteer as VolunteerValue

Pair = tuple[int, int]
"""(volunteer, session)"""
Spot = tuple[int, SessionValue]
"""A volunteer, and when and where they are held."""


@dataclass(frozen=True)
class Holding:
    problem: Problem
    elsewhere: frozenset[Pair]
    """Sessions from which there is no time to get there."""
    engaged: tuple[Triple, ...]
    """(volunteer, from, to)"""


def hold(base: Problem, held: Iterable[Spot], kept: Iterable[tuple[Spot, int]] = ()) -> Holding:
    """`kept`: held for a session of the problem which they may step into: only kept from what clashes with it."""
    volunteers = list(base.volunteers)
    elsewhere: set[Pair] = set()
    engaged = []
    clashing = _Clashing(base)
    for v, spot in held:
        volunteers[v] = _with(volunteers[v], spot)
        engaged.append((v, spot.start - volunteers[v].min_rest, spot.end + volunteers[v].min_rest))
        elsewhere |= {(v, s) for s in clashing.with_(volunteers[v], spot)}
    for (v, spot), own in kept:
        elsewhere |= {(v, s) for s in clashing.with_(volunteers[v], spot) if s != own}
    problem = replace(base, volunteers=tuple(volunteers), barred=base.barred | elsewhere)
    return Holding(problem, frozenset(elsewhere), tuple(engaged))


class _Clashing:
    """Sessions are in order of time: only those around a spot are looked at."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.way = max(map(max, problem.travel))
        self.starts = [session.start for session in problem.sessions]
        self.longest = max((session.minutes for session in problem.sessions), default=0)

    def with_(self, volunteer: VolunteerValue, spot: SessionValue) -> list[int]:
        """Those that clash with the spot, whatever else keeps the volunteer from them being left out."""
        sessions, travel = self.problem.sessions, self.problem.travel
        apart = max(self.way, volunteer.min_rest)
        first = bisect_left(self.starts, spot.start - apart - self.longest)
        return [
            s
            for s in range(first, bisect_left(self.starts, spot.end + apart))
            if not eligibility.is_blocked(volunteer, sessions[s])
            and eligibility.clash(volunteer, sessions[s], spot, travel)
        ]


def _with(volunteer: VolunteerValue, spot: SessionValue) -> VolunteerValue:
    span = (spot.start - volunteer.min_rest, spot.end + volunteer.min_rest)
    return replace(
        volunteer,
        blocked=tuple(sorted([*volunteer.blocked, span])),
        max_sessions=max(0, volunteer.max_sessions - 1),
        max_minutes=max(0, volunteer.max_minutes - spot.minutes),
    )


def with_one_less(session: SessionValue, r: int) -> SessionValue:
    """A place that is held is not asked for again."""
    needs = [
        replace(need, min=max(0, need.min - 1), target=max(0, need.target - 1)) if position == r else need
        for position, need in enumerate(session.needs)
    ]
    return replace(session, needs=tuple(needs))


def faulty(problem: Problem, pins: list[Triple]) -> dict[Triple, str]:
    """Pins that break a rule, each with its code; a newcomer whose company is not pinned counts."""
    found: dict[Triple, str] = {}
    for fault in scoring.violations(problem, pins):
        if fault.code == "over_target":
            # Whoever came last is the one too many.
            there = [pin for pin in pins if pin[1:] == (fault.session, fault.need)]
            touched = there[problem.sessions[there[0][1]].needs[there[0][2]].target :]
        else:
            touched = [
                (v, s, r)
                for v, s, r in pins
                if v == fault.volunteer and fault.session in (None, s) and fault.need in (None, r)
            ]
        for pin in touched:
            found.setdefault(pin, fault.code)
    return found
