"""试一试: what a proposal would become if one thing were otherwise. Nothing is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from hub import clock
from hub.errors import Refused
from scheduling.planning.asking import ready
from scheduling.planning.outcomes import outcome
from scheduling.planning.proposal import Proposal
from scheduling.planning.shifts import shifts_of
from scheduling.sessions.models import RosterSettings, Session
from scheduling.signups import facts
from scheduling.solver import whatif
from scheduling.solver.book import Book
from scheduling.solver.problem import ProblemError, Volunteer
from volunteers.availability import merge
from volunteers.models import Clearance, Skill

Row = dict[str, Any]


def try_out(proposal: Proposal, question: whatif.Question) -> Row:
    """Refused("pins_contradict") where it can't be, for what was fixed by hand or promised by people."""
    held = ready(proposal)
    try:
        with held.lock:
            found = held.asker.ask(question)
    except ProblemError as error:
        raise Refused("pins_contradict", reason=error.code) from None
    told = outcome(proposal, found.assignments, terms=found.change, short_of_min=found.short_of_min)
    recruit = len(proposal.index.volunteers)
    places = [proposal.index.needs[s][r] for v, s, r in found.assignments if v == recruit]
    shifts = shifts_of(places)
    return {**told, "is_proven": found.is_proven, "recruit": [shifts[need] for need in places if need in shifts]}


def if_pinned(proposal: Proposal, need_id: int, volunteer_id: int) -> whatif.Question:
    """This person in this place, whatever else they have."""
    v, s, r = _triple(proposal, need_id, volunteer_id)
    own = [code for code in Book().reasons(proposal.problem, v, s, r) if code != "needs_experienced"]
    if own:
        raise Refused(proposal.refine(own[0], v, s), need=need_id, volunteer=volunteer_id)
    return whatif.Pinned(v, s, r)


def if_barred(proposal: Proposal, need_id: int, volunteer_id: int) -> whatif.Question:
    v, s, r = _triple(proposal, need_id, volunteer_id)
    if (v, s, r) in proposal.accepted:
        raise Refused("accepted", need=need_id, volunteer=volunteer_id)
    return whatif.Barred(v, s)


def if_dropped(proposal: Proposal, session_id: int) -> whatif.Question:
    return whatif.DroppedSession(_position(proposal, session_id))


def if_moved(proposal: Proposal, session_id: int, starts_at: dt.datetime, ends_at: dt.datetime) -> whatif.Question:
    if ends_at <= starts_at or clock.monday_of(starts_at) != proposal.run.week:
        raise Refused("impossible_time")
    begin = clock.week_minute(starts_at, proposal.run.week)
    minutes = int((ends_at - starts_at).total_seconds() // 60)
    return whatif.MovedSession(_position(proposal, session_id), begin, begin + minutes)


def if_joined(
    proposal: Proposal,
    *,
    home: int | None,
    skills: Collection[str],
    weekdays: Collection[int],
    cleared: bool,
    experienced: bool,
    most: int,
) -> whatif.Question:
    """One more volunteer, who can come all day on these weekdays, at most `most` times."""
    week, settings = proposal.run.week, RosterSettings.current()
    days = [week + dt.timedelta(days=offset) for offset in range(7)]
    known = list(Skill.objects.filter(name__in=skills))
    if len(known) < len(set(skills)):
        raise Refused("not_found", model="skill")
    person = Volunteer(
        home=facts.load_places(settings).of(home),
        skills=frozenset([facts.ANYONE, *(facts.skill_token(skill, day) for skill in known for day in days)]),
        clearances=frozenset(facts.clearance_token(Clearance.Kind.CHILD, day) for day in days if cleared),
        experienced=experienced,
        new=not experienced,
        available=merge((day * clock.MINUTES_A_DAY, (day + 1) * clock.MINUTES_A_DAY) for day in weekdays),
        max_sessions=most,
        max_minutes=facts.NO_LIMIT_MINUTES,
        min_rest=settings.min_rest_minutes,
        max_travel=settings.max_travel_minutes,
    )
    return whatif.AddedVolunteer(person)


def _triple(proposal: Proposal, need_id: int, volunteer_id: int) -> tuple[int, int, int]:
    if need_id not in proposal.place_of:
        raise Refused("not_found", model="need", id=need_id)
    if volunteer_id not in proposal.v_of:
        raise Refused("not_found", model="volunteer", id=volunteer_id)
    return proposal.triple(need_id, volunteer_id)


def _position(proposal: Proposal, session_id: int) -> int:
    if session_id not in proposal.index.sessions:
        raise Refused("not_found", model=Session._meta.model_name, id=session_id)
    return proposal.index.sessions.index(session_id)
