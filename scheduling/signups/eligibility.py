"""Why a volunteer may not take a place: the solver's rules asked of one person, and what lies outside a plan.

Codes, in the order they are told: session_cancelled, session_over, inactive, minor_without_consent, already_here,
no_skill, no_clearance, unavailable, blocked (absent), too_far, clash, at_limit, needs_experienced, need_full.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hub import clock
from hub.errors import Refused
from scheduling.sessions.models import Need, RosterSettings, Session
from scheduling.signups.facts import (
    Places,
    Site,
    clearance_token,
    need_value,
    places_between,
    unassignable,
    volunteer_value,
)
from scheduling.signups.models import Assignment
from scheduling.signups.standing import Known, Standing, Taken
from scheduling.solver import problem as solver
from scheduling.solver.eligibility import clash as clash_between
from scheduling.solver.eligibility import reasons_against_one
from volunteers.models import Volunteer

CODES = {"assigned_here": "already_here"}
"""The solver's words that read otherwise outside a plan."""


@dataclass(frozen=True)
class Reason:
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def refuse(self) -> Refused:
        return Refused(self.code, **self.facts)


@dataclass(frozen=True)
class Applicant:
    """A volunteer as one week sees them, with what they have taken in it."""

    volunteer: Volunteer
    value: solver.Volunteer
    consented: bool
    places: Places
    settings: RosterSettings
    taken: Mapping[int, solver.Session]


def site_of(session: Session) -> Site:
    return session.hub_id, session.hub.longitude, session.hub.latitude


def applicant_for(known: Known, monday: dt.date, *, mine: Sequence[Taken], sites: Collection[Site]) -> Applicant:
    """A volunteer in a week, before sessions at these sites."""
    volunteer, settings, home = known.volunteer, known.settings, known.volunteer.home
    around = {site[0]: site for site in (*sites, *(one.site for one in mine))}
    if home:
        around[home.pk] = (home.pk, home.longitude, home.latitude)
    places = places_between(list(around.values()), settings)
    return Applicant(
        volunteer=volunteer,
        value=volunteer_value(volunteer, monday=monday, places=places, settings=settings),
        consented=known.consented,
        places=places,
        settings=settings,
        taken={
            one.session_id: solver.Session(
                start=clock.week_minute(one.starts_at, monday),
                end=clock.week_minute(one.ends_at, monday),
                hub=places.of(one.site[0]),
            )
            for one in mine
        },
    )


def reasons_against(
    applicant: Applicant,
    need: Need,
    *,
    clearance: str,
    count: int,
    is_here: bool,
    experienced_here: bool,
    held: Sequence[int] = (),
) -> list[Reason]:
    """Everything that keeps the volunteer from this need; empty when nothing does.

    `clearance`: what the session asks of all who serve; `count`: places of this need that are taken; `held`: other
    sessions that hold the person at this time, whatever for.
    """
    session = need.session
    reasons = [Reason(code) for code in _over(session)]
    start = clock.local(session.starts_at)
    blanket = unassignable(
        applicant.volunteer, start.date(), [applicant.volunteer.person_id] if applicant.consented else []
    )
    if blanket:
        reasons.append(Reason(blanket))
    begin = clock.week_minute(session.starts_at, session.week)
    value = solver.Session(
        start=begin,
        end=begin + int((session.ends_at - session.starts_at).total_seconds() // 60),
        hub=applicant.places.of(session.hub_id),
        clearance=clearance_token(clearance, start.date()) if clearance else None,
    )
    others = {pk: other for pk, other in applicant.taken.items() if pk != session.pk}
    codes = reasons_against_one(
        applicant.value,
        value,
        need_value(need, day=start.date()),
        travel=applicant.places.travel,
        others=list(others.values()),
        present=[solver.Volunteer(experienced=True)] if experienced_here else [],
        assigned_here=is_here,
    )
    clashing = [
        pk for pk, other in others.items() if clash_between(applicant.value, value, other, applicant.places.travel)
    ]
    clashing = sorted({*clashing, *held})
    if clashing and "clash" not in codes:
        codes.append("clash")
    for code in codes:
        reasons.append(Reason(CODES.get(code, code), _facts(code, applicant, value, clashing)))
    if count >= need.target:
        reasons.append(Reason("need_full", {"target": need.target}))
    return reasons


def _over(session: Session) -> list[str]:
    if session.state == Session.State.CANCELLED:
        return ["session_cancelled"]
    return ["session_over"] if session.starts_at <= clock.now() else []


def _facts(code: str, applicant: Applicant, value: solver.Session, clashing: Sequence[int]) -> dict[str, object]:
    match code:
        case "clash":
            return {"session": clashing[0]}
        case "too_far":
            return {
                "minutes": applicant.places.travel[applicant.value.home][value.hub],
                "most": applicant.value.max_travel,
            }
        case "at_limit":
            return {"sessions": len(applicant.taken), "most": applicant.value.max_sessions}
        case _:
            return {}


def reasons_from(standing: Standing, applicant: Applicant, *, company: Collection[int] = ()) -> list[Reason]:
    """`company`: the experience (facts.experience) of those who would come along."""
    me, enough = applicant.volunteer.pk, applicant.settings.experienced_from_minutes
    there = [one for one in standing.present if one.state in Assignment.ACTIVE]
    others = [one for one in there if one.volunteer_id != me]
    return reasons_against(
        applicant,
        standing.need,
        clearance=standing.clearance,
        count=standing.taken,
        is_here=len(others) < len(there),
        experienced_here=any(minutes >= enough for minutes in (*(one.experience for one in others), *company)),
        held=standing.held,
    )
