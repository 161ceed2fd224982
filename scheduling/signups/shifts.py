"""Finding a shift: open needs as one volunteer sees them, the fitting ones first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from hub import clock
from hub.errors import Refused
from programs.models import Program
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim, Need, Session
from scheduling.signups.eligibility import Applicant, Reason, applicant_for, reasons_against, site_of
from scheduling.signups.facts import Site, experience, load_places
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.standing import Known, Taken, read_person

PAGE = 20
AHEAD = dt.timedelta(weeks=4)
CHUNK = 60
MOST_CHUNKS = 5


@dataclass(frozen=True)
class OpenShift:
    need: Need
    taken: int
    waiting: int
    travel_minutes: int
    reasons: Sequence[Reason]
    most_waiting: int

    @property
    def may_wait(self) -> bool:
        """Full, and nothing else keeps them from standing in line, or from asking where each is answered."""
        asks = self.need.mode == Need.Mode.APPROVAL
        return [one.code for one in self.reasons] == ["need_full"] and (asks or self.waiting < self.most_waiting)


@dataclass(frozen=True)
class Wish:
    day: dt.date | None = None
    kind: str = ""
    program: int | None = None
    skill: int | None = None
    within: int | None = None
    """Minutes of way, at most."""


@dataclass(frozen=True)
class Page:
    shifts: Sequence[OpenShift]
    cursor: str
    """Where the next page begins; empty at the end."""


@dataclass
class Seeker:
    """A volunteer looking for a shift: their facts and what they have taken, read once."""

    known: Known
    mine: dict[dt.date, list[Taken]]
    holds: list[Claim]
    asked: set[int]
    """Sessions in which they have asked for a place already."""
    applicants: dict[dt.date, Applicant] = field(default_factory=dict)

    def in_week(self, monday: dt.date, sites: Sequence[Site]) -> Applicant:
        known = self.applicants.get(monday)
        if known is None or any(site[0] not in known.places.index for site in sites):
            self.applicants[monday] = applicant_for(self.known, monday, mine=self.mine.get(monday, []), sites=sites)
        return self.applicants[monday]

    def held_at(self, session: Session) -> list[int]:
        return [
            one.session_id
            for one in self.holds
            if one.session_id != session.pk and one.starts_at < session.ends_at and session.starts_at < one.ends_at
        ]


def seeker(person_id: int) -> Seeker:
    """Four queries."""
    known = read_person(person_id)
    volunteer = known.volunteer
    this_week = clock.monday_of(clock.today())
    mine: dict[dt.date, list[Taken]] = defaultdict(list)
    coming = Session.objects.filter(week__gte=this_week, state=Session.State.PLANNED)
    wanted = (*Assignment.ACTIVE, *Assignment.OPEN)
    places = Assignment.objects.filter(volunteer=volunteer, state__in=wanted, session__in=coming)
    rows = list(places.select_related("session__hub"))
    ready = Standby.objects.filter(volunteer=volunteer, state=Standby.State.READY, session__in=coming)
    asked = {row.session_id for row in rows if row.state in Assignment.OPEN}
    sessions = [row.session for row in rows if row.state in Assignment.BUSY]
    for session in [*sessions, *(row.session for row in ready.select_related("session__hub"))]:
        mine[session.week].append(Taken(session.pk, session.starts_at, session.ends_at, site_of(session)))
    holds = Claim.objects.filter(resource=person_resource(volunteer.person_id), exclusive=True, ends_at__gt=clock.now())
    return Seeker(known, mine, list(holds), asked)


def open_needs(wish: Wish) -> QuerySet[Need]:
    """Needs of coming sessions in order of time, with `taken`, `waiting` and `asked` (clearance) annotated."""
    now = clock.now()
    here = Assignment.objects.filter(need=OuterRef("pk")).order_by()
    taken = here.filter(state__in=Assignment.HOLDING).values("need").annotate(n=Count("pk")).values("n")
    asked = (Assignment.State.WAITING, Assignment.State.REQUESTED)
    waiting = here.filter(state__in=asked).values("need").annotate(n=Count("pk")).values("n")
    asking = Need.objects.filter(session=OuterRef("session")).exclude(clearance="").order_by("position")
    needs = Need.objects.filter(
        session__state=Session.State.PLANNED, session__starts_at__gt=now, session__starts_at__lt=now + AHEAD
    )
    if wish.day:
        needs = needs.filter(
            session__starts_at__gte=clock.at(wish.day), session__starts_at__lt=clock.at(wish.day + dt.timedelta(days=1))
        )
    if wish.kind:
        needs = needs.filter(session__program__kind=wish.kind)
    if wish.program:
        needs = needs.filter(session__program=wish.program)
    if wish.skill:
        needs = needs.filter(skill=wish.skill)
    return (
        needs.select_related("session__program", "session__hub", "session__room", "skill")
        .annotate(
            taken=Coalesce(Subquery(taken, output_field=IntegerField()), 0),
            waiting=Coalesce(Subquery(waiting, output_field=IntegerField()), 0),
            asked=Subquery(asking.values("clearance")[:1]),
        )
        .order_by("session__starts_at", "session_id", "position")
    )


Which = Literal["open", "full", "others"]
"""Shifts the volunteer can take; full ones they could wait for; those they can't take, each with its reasons."""


def find_shifts(*, person_id: int, wish: Wish, cursor: str = "", which: Which = "open") -> Page:
    """One page of shifts."""
    me = seeker(person_id)
    needs = open_needs(wish)
    if wish.within is not None:
        needs = needs.filter(session__hub__in=_within_reach(me, wish.within))
    if which != "others":
        needs = _likely(needs, me, full=which == "full")
    found: list[OpenShift] = []
    for _ in range(MOST_CHUNKS):
        chunk = list(_after(needs, cursor)[:CHUNK])
        sites = list({need.session.hub_id: site_of(need.session) for need in chunk}.values())
        company = _experienced_in(chunk, me, sites)
        for need in chunk:
            if len(found) == PAGE:
                return Page(found, cursor)
            shift = _judge(need, me, sites, company)
            if _which(shift) == which:
                found.append(shift)
            cursor = _cursor_of(need)
        if len(chunk) < CHUNK:
            return Page(found, "")
    # Enough was looked through for one answer; the next page goes on from here.
    return Page(found, cursor)


def _which(shift: OpenShift) -> Which:
    if not shift.reasons:
        return "open"
    return "full" if shift.may_wait else "others"


def _likely(needs: QuerySet[Need], me: Seeker, *, full: bool) -> QuerySet[Need]:
    """Leaves out at the database what is surely not for them, so that few rows are judged one by one."""
    skills = [held.skill_id for held in me.known.volunteer.held_skills.all()]
    free: Any = Q(taken__lt=F("target")) | Q(mode=Need.Mode.PLAN)
    needs = needs.filter(Q(skill=None) | Q(skill__in=skills), ~free if full else free).exclude(mode=Need.Mode.INVITED)
    taken = [one.session_id for week in me.mine.values() for one in week]
    return needs.filter(session__hub__in=_within_reach(me, me.known.settings.max_travel_minutes)).exclude(
        session__in=[*taken, *me.asked]
    )


def _within_reach(me: Seeker, minutes: int) -> list[int]:
    return load_places(me.known.settings).near(me.known.volunteer.home_id, minutes)


def _experienced_in(needs: Sequence[Need], me: Seeker, sites: Sequence[Site]) -> Collection[int]:
    """Sessions with somebody experienced, where the volunteer comes only in such company. One query at most."""
    sessions = {need.session_id: need.session.week for need in needs}
    if not any(me.in_week(week, sites).value.new for week in set(sessions.values())):
        return ()
    enough = me.known.settings.experienced_from_minutes
    there = Assignment.objects.filter(
        session__in=sessions, state__in=Assignment.ACTIVE, volunteer__prior_minutes__gte=enough
    )
    columns = ("session", "volunteer__prior_minutes", "volunteer__person__birth_date")
    return {
        session
        for session, minutes, born in there.values_list(*columns)
        if experience(minutes, born, sessions[session]) >= enough
    }


def _judge(need: Any, me: Seeker, sites: Sequence[Site], company: Collection[int]) -> OpenShift:
    session: Session = need.session
    applicant = me.in_week(session.week, sites)
    reasons = reasons_against(
        applicant,
        need,
        clearance=need.asked or "",
        count=need.taken,
        is_here=session.pk in applicant.taken,
        experienced_here=session.pk in company,
        held=me.held_at(session),
    )
    if session.pk in me.asked:
        reasons.insert(0, Reason("already_asked"))
    if need.mode == Need.Mode.INVITED:
        reasons.insert(0, Reason("invited_only"))
    if need.mode == Need.Mode.PLAN:
        reasons = [reason for reason in reasons if reason.code != "need_full"]
    home, there = applicant.value.home, applicant.places.of(session.hub_id)
    way = applicant.places.travel[home][there]
    return OpenShift(need, need.taken, need.waiting, way, reasons, me.known.settings.most_waiting)


def _cursor_of(need: Need) -> str:
    return f"{int(need.session.starts_at.timestamp())}.{need.session_id}.{need.position}"


def _after(needs: QuerySet[Need], cursor: str) -> QuerySet[Need]:
    if not cursor:
        return needs
    try:
        start, session, position = (int(part) for part in cursor.split("."))
        moment = dt.datetime.fromtimestamp(start, dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("invalid", place="cursor") from None
    return needs.filter(
        Q(session__starts_at__gt=moment)
        | Q(session__starts_at=moment, session_id__gt=session)
        | Q(session__starts_at=moment, session_id=session, position__gt=position)
    )


def programs_on_offer() -> list[Program]:
    """Those that have a coming session at all, by kind: what a filter needs to show."""
    coming = Session.objects.filter(starts_at__gt=clock.now(), state=Session.State.PLANNED)
    return list(Program.objects.filter(pk__in=coming.values("program")).order_by("kind", "name", "pk"))
