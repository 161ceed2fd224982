"""Who could take a place, judged as sign-up judges: a coordinator's list of whom to call.

A fixed number of queries for any number of volunteers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from hub.places.models import Hub
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, RosterSettings, Session
from scheduling.signups.eligibility import Applicant, Reason, applicant_for, reasons_against, site_of
from scheduling.signups.facts import active_in_week, consented_to_volunteering, experience, wished_before, with_facts
from scheduling.signups.history import Past, history_before
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.standing import Known, Taken
from volunteers.models import Volunteer

NEAR_MINUTES = 15
"""A way that counts as near."""
FAIR_MINUTES = 10
"""What a place more in the week, or in the last weeks, weighs against minutes of way."""
FAMILIAR_MINUTES = 10
"""What it weighs that those who come know the face."""
RECENT_MINUTES = 3
"""What each week weighs by which somebody was asked more recently than memory reaches."""
MENDABLE = ("unavailable", "blocked", "at_limit", "clash", "no_clearance", "needs_experienced", "too_far", "said_no")
"""What a call or a day's work may mend, easiest first."""
MOST_FREE = 20
MOST_NEAR = 12


@dataclass(frozen=True)
class Candidate:
    volunteer: Volunteer
    why: Sequence[Reason]
    """What speaks for them, the strongest first."""
    against: Sequence[Reason] = ()


@dataclass(frozen=True)
class Candidates:
    free: Sequence[Candidate]
    """Nothing keeps them from it; who stands by first, then the most suitable."""
    free_count: int
    near: Sequence[Candidate]
    """One thing keeps them from it, and it may be mended."""
    others: Mapping[str, int]
    """Everybody else, by the first reason against them."""


def candidates(
    *, need: Need, volunteers: QuerySet[Volunteer], later: Mapping[int, int] | None = None, most: int = MOST_FREE
) -> Candidates:
    """Those of `volunteers` for this place. `need.session.hub` and `.program` should be loaded.

    `later`: by volunteer, what else weighs against asking them, in minutes of way; `most`: of those who are free.
    """
    later = later or {}
    session = need.session
    settings = RosterSettings.objects.order_by("pk").first() or RosterSettings()
    rows = with_facts(volunteers.filter(active=True).select_related("home"))
    people = [row.person_id for row in rows]
    there = Assignment.objects.filter(session=session, state__in=Assignment.ACTIVE)
    columns = ("volunteer", "volunteer__prior_minutes", "volunteer__person__birth_date")
    present = {pk: experience(minutes, born, session.week) for pk, minutes, born in there.values_list(*columns)}
    filled = Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count()
    asked = Need.objects.filter(session=session).exclude(clearance="").order_by("position")
    clearance = asked.values_list("clearance", flat=True).first() or ""
    answers = Assignment.objects.filter(session=session, state__in=(Assignment.State.DECLINED, *Assignment.OPEN))
    said = set(answers.values_list("volunteer", "state"))
    said_no = {pk for pk, state in said if state == Assignment.State.DECLINED}
    asking = {pk for pk, state in said if state != Assignment.State.DECLINED}
    experienced = any(minutes >= settings.experienced_from_minutes for minutes in present.values())
    consented = consented_to_volunteering(people)
    history = history_before(session.week, settings)
    ready = Standby.objects.filter(session=session, state=Standby.State.READY)
    standbys = set(ready.values_list("volunteer", flat=True))
    mine, holds = _taken(session), _holds(session)
    first: list[Candidate] = []
    free: list[tuple[int, Candidate]] = []
    near: list[Candidate] = []
    others: Counter[str] = Counter()
    for row in rows:
        known = Known(row, settings, row.person_id in consented)
        applicant = applicant_for(known, session.week, mine=mine[row.pk], sites=[site_of(session)])
        against = reasons_against(
            applicant,
            need,
            clearance=clearance,
            # A full place is said once, not of everybody.
            count=min(filled, need.target - 1),
            is_here=row.pk in present,
            experienced_here=experienced,
            held=holds.get(person_resource(row.person_id), ()),
        )
        if row.pk in asking:
            # Their own question, or the one they were asked, is answered where it stands.
            against = [Reason("already_asked")]
        elif not against and row.pk in said_no:
            against = [Reason("said_no")]
        if not against:
            past = history.of(row.pk)
            familiar = (row.pk, session.program_id, session.hub_id) in history.familiar
            why = _why(applicant, session, past, familiar)
            if row.pk in standbys:
                first.append(Candidate(row, [Reason("standby"), *why]))
            else:
                cost = _cost(applicant, session, past, familiar) + later.get(row.pk, 0)
                free.append((cost, Candidate(row, why)))
        elif len(against) == 1 and against[0].code in MENDABLE:
            near.append(Candidate(row, (), against))
        else:
            others[against[0].code] += 1
    free.sort(key=lambda pair: (pair[0], pair[1].volunteer.pk))
    near.sort(key=lambda one: (MENDABLE.index(one.against[0].code), one.volunteer.pk))
    for one in near[MOST_NEAR:]:
        others[one.against[0].code] += 1
    ordered = [*first, *(one for _, one in free)]
    return Candidates(ordered[:most], len(ordered), near[:MOST_NEAR], others)


def _taken(session: Session) -> dict[int, list[Taken]]:
    """What everybody has taken in the session's week, or stands by for, besides it."""
    found: dict[int, list[Taken]] = defaultdict(list)
    columns = ("volunteer", "session", "session__starts_at", "session__ends_at", "session__hub")
    rows: Any = Assignment.objects.filter(active_in_week(session.week)).exclude(session=session)
    ready: Any = Standby.objects.filter(session__week=session.week, state=Standby.State.READY).exclude(session=session)
    sites = {pk: (pk, longitude, latitude) for pk, longitude, latitude in _sites()}
    for volunteer, pk, starts_at, ends_at, hub in [*rows.values_list(*columns), *ready.values_list(*columns)]:
        found[volunteer].append(Taken(pk, starts_at, ends_at, sites[hub]))
    return found


def _sites() -> Any:
    return Hub.objects.values_list("pk", "longitude", "latitude")


def _holds(session: Session) -> dict[str, list[int]]:
    """Who is held by another session at this time, whatever for."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = Claim.objects.filter(
        resource__startswith="person:",
        exclusive=True,
        starts_at__lt=session.ends_at,
        ends_at__gt=session.starts_at,
    ).exclude(session=session)
    for resource, pk in rows.values_list("resource", "session"):
        found[resource].append(pk)
    return found


def _minutes(applicant: Applicant, session: Session) -> int:
    return applicant.places.travel[applicant.value.home][applicant.places.of(session.hub_id)]


def _cost(applicant: Applicant, session: Session, past: Past, familiar: bool) -> int:
    preferred = session.program.kind in applicant.volunteer.preferred_kinds
    carried = max(0, past.sessions - wished_before(applicant.volunteer, applicant.settings))
    fair = FAIR_MINUTES * (len(applicant.taken) + carried)
    weeks = applicant.settings.history_weeks
    recent = 0 if past.weeks_since_asked is None else max(0, weeks + 1 - past.weeks_since_asked)
    liked = (NEAR_MINUTES if preferred else 0) + (FAMILIAR_MINUTES if familiar else 0)
    return _minutes(applicant, session) + fair + RECENT_MINUTES * recent - liked


def _why(applicant: Applicant, session: Session, past: Past, familiar: bool) -> list[Reason]:
    minutes = _minutes(applicant, session)
    found = []
    if session.program.kind in applicant.volunteer.preferred_kinds:
        found.append(Reason("preferred", {"kind": session.program.kind}))
    if familiar:
        found.append(Reason("familiar"))
    if minutes <= NEAR_MINUTES:
        found.append(Reason("near", {"minutes": minutes}))
    if past.sessions == 0 and not applicant.taken:
        found.append(Reason("fair"))
    elif past.weeks_since_asked and past.weeks_since_asked > 1:
        found.append(Reason("asked", {"weeks": past.weeks_since_asked}))
    return found or [Reason("fits", {"minutes": minutes})]
