"""Rows as the solver's plain values, so that one set of eligibility rules serves sign-up, hand edits and planner.

Times are wall-clock minutes from the Monday of the session's week. Travel is 6 + 4.5 min/km along the great circle
(RosterSettings), 0 within a site; a site without
coordinates, or a volunteer without a home, counts as the base time away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.db.models import Q, QuerySet

from hub import clock
from hub.among import among
from hub.people.ages import is_minor
from hub.people.models import Consent
from hub.places.models import Hub
from programs.kinds import kind
from scheduling.sessions.models import Need, RosterSettings, Session
from scheduling.signups.history import Past
from scheduling.signups.models import Assignment
from scheduling.solver import problem as solver
from volunteers.availability import WEEK, times_in
from volunteers.models import Absence, Clearance, ExtraTime, HeldSkill, OwnWeek, Skill, Volunteer

EARTH_RADIUS_KM = 6371.0088
ACCOMPANIED_UNTIL = 16
"""Who is younger comes only where somebody experienced is."""
NO_LIMIT_SESSIONS = 7 * 6
NO_LIMIT_MINUTES = WEEK


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance between two (longitude, latitude) in degrees (haversine)."""
    (lng1, lat1), (lng2, lat2) = ((radians(x), radians(y)) for x, y in (a, b))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))


def minutes_between(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], settings: RosterSettings
) -> int:
    """The way from one (longitude, latitude) to another; the base time where one is not known."""
    return _minutes(one, other, settings.travel_base_minutes, settings.travel_minutes_per_km)


def _minutes(
    one: tuple[float | None, float | None], other: tuple[float | None, float | None], base: float, per_km: float
) -> int:
    if one[0] is None or one[1] is None or other[0] is None or other[1] is None:
        return int(base)
    return int(base + per_km * great_circle_km((one[0], one[1]), (other[0], other[1])))


@dataclass(frozen=True)
class Places:
    """The sites as positions in a travel matrix of minutes. The last position stands for an unknown home."""

    index: Mapping[int, int]
    travel: tuple[tuple[int, ...], ...]

    def of(self, hub_id: int | None) -> int:
        return self.index.get(hub_id, len(self.index)) if hub_id else len(self.index)

    def near(self, hub_id: int | None, minutes: int) -> list[int]:
        """The sites from which the way there takes so many minutes at most, itself among them."""
        there = self.of(hub_id)
        return [site for site, position in self.index.items() if self.travel[position][there] <= minutes]


def load_places(settings: RosterSettings, hub_ids: Collection[int] | None = None) -> Places:
    """All sites, or only those needed. One query."""
    hubs = Hub.objects.order_by("pk").values_list("pk", "longitude", "latitude")
    return places_between(list(hubs if hub_ids is None else hubs.filter(pk__in=hub_ids)), settings)


Site = tuple[int, float | None, float | None]
"""A hub's id, longitude and latitude."""


def places_between(sites: Sequence[Site], settings: RosterSettings) -> Places:
    return _places_between(tuple(sites), settings.travel_base_minutes, settings.travel_minutes_per_km)


@lru_cache(maxsize=64)
def _places_between(sites: tuple[Site, ...], base: float, per_km: float) -> Places:
    """Sites seldom move: a district's thousand ways are worked out once."""

    def minutes(a: Site, b: Site) -> int:
        return 0 if a[0] == b[0] else _minutes(a[1:], b[1:], base, per_km)

    everywhere = [*sites, (0, None, None)]
    return Places(
        index={site[0]: position for position, site in enumerate(sites)},
        travel=tuple(tuple(minutes(a, b) for b in everywhere) for a in everywhere),
    )


def clearance_token(clearance: str, day: dt.date) -> str:
    """A clearance is judged on the session's day: each day has a token of its own, held while the check is valid."""
    return f"{clearance}@{day.isoformat()}"


def skill_token(skill: Skill, day: dt.date) -> str:
    """A skill that needs proof is judged on the session's day too."""
    return f"{skill.name}@{day.isoformat()}" if skill.needs_proof else skill.name


def skills_in(volunteer: Volunteer, days: Sequence[dt.date]) -> frozenset[str]:
    return frozenset(
        skill_token(held.skill, day)
        for held in volunteer.held_skills.all()
        for day in (days if held.skill.needs_proof else days[:1])
        if not held.skill.needs_proof or held.valid_until is None or day <= held.valid_until
    )


def clearances_in(monday: dt.date) -> dict[int, frozenset[str]]:
    """Volunteer id -> the tokens they hold in this week. One query."""
    days = [monday + dt.timedelta(days=offset) for offset in range(7)]
    held: dict[int, frozenset[str]] = {}
    tokens: dict[tuple[str, dt.date, dt.date], frozenset[str]] = {}
    checks = Clearance.objects.filter(checked_on__lte=days[-1], valid_until__gte=days[0])
    for volunteer, kind_, since, until in checks.values_list("volunteer", "kind", "checked_on", "valid_until"):
        first, last = max(since, days[0]), min(until, days[-1])
        if (kind_, first, last) not in tokens:
            tokens[kind_, first, last] = frozenset(clearance_token(kind_, day) for day in days if first <= day <= last)
        held[volunteer] = held.get(volunteer, frozenset()) | tokens[kind_, first, last]
    return held


def unassignable(volunteer: Volunteer, day: dt.date, consented: Collection[int]) -> str | None:
    """Why nobody may give this volunteer a place on `day`, whatever the place; None when there is no such reason.

    `consented`: ids of persons whose guardian's consent to volunteering is on record.
    """
    if not volunteer.active:
        return "inactive"
    if is_minor(volunteer.person.birth_date, day) and volunteer.person_id not in consented:
        return "minor_without_consent"
    return None


def consented_to_volunteering(person_ids: Collection[int]) -> set[int]:
    """Those whose newest consent to volunteering is a yes. One query."""
    newest: dict[int, bool] = {}
    rows = Consent.objects.filter(subject__in=among(person_ids), kind=Consent.Kind.VOLUNTEERING).order_by("pk")
    for subject_id, granted in rows.values_list("subject_id", "granted"):
        newest[subject_id] = granted
    return {subject_id for subject_id, granted in newest.items() if granted}


FACTS: dict[str, Any] = {
    "held_skills": HeldSkill,
    "clearances": Clearance,
    "absences": Absence,
    "extra_times": ExtraTime,
    "own_weeks": OwnWeek,
}
"""What eligibility reads of a volunteer, by the relation that holds it."""
COLUMNS = (
    *("person", "home", "max_sessions", "max_minutes", "wish_per_week", "preferred_kinds", "prior_minutes"),
    *("availability", "active", "person__birth_date"),
)
"""And of their own row: the rest of it, much of it encrypted, takes longer to read."""


def with_facts(volunteers: QuerySet[Volunteer]) -> list[Volunteer]:
    """Volunteers with what volunteer_value reads: six queries for any number.

    Filled in as prefetching would, which builds a queryset for each person and relation: for a district that takes
    several times longer than reading them.
    """
    rows: list[Any] = list(volunteers.select_related("person"))
    keys = volunteers.order_by().values("pk")
    held: dict[int, dict[str, list[Any]]] = {}
    for row in rows:
        held[row.pk] = row._prefetched_objects_cache = {name: [] for name in FACTS}
    skills = Skill.objects.in_bulk()
    for one in HeldSkill.objects.filter(volunteer__in=keys):
        one.skill = skills[one.skill_id]
        held[one.volunteer_id]["held_skills"].append(one)
    for name, model in FACTS.items():
        if name != "held_skills":
            for row in model._default_manager.filter(volunteer__in=keys):
                held[row.volunteer_id][name].append(row)
    return rows


def experience(prior_minutes: int, born: dt.date | None, monday: dt.date) -> int:
    """Minutes served, as far as they make somebody company for a newcomer. Who is too young to come alone is none, and
    stands below every figure."""
    young = born is not None and clock.age_on(born, monday) < ACCOMPANIED_UNTIL
    return -1 if young else prior_minutes


def experience_of(volunteer: Volunteer, monday: dt.date) -> int:
    return experience(volunteer.prior_minutes, volunteer.person.birth_date, monday)


def wished_before(volunteer: Volunteer, settings: RosterSettings) -> int:
    """How many sessions of the weeks that fairness looks back on were as they like it; none of who named no wish."""
    return (volunteer.wish_per_week or 0) * settings.history_weeks


def volunteer_value(
    volunteer: Volunteer,
    *,
    monday: dt.date,
    places: Places,
    settings: RosterSettings,
    past: Past | None = None,
    blocked: Sequence[tuple[int, int]] = (),
) -> solver.Volunteer:
    """A volunteer (from with_facts) as the week sees them, with their last weeks where that matters. `blocked`: further
    minutes in which they are held."""
    past = past or Past()
    days = [monday + dt.timedelta(days=offset) for offset in range(7)]
    times = times_in(volunteer, monday)
    served = experience_of(volunteer, monday)
    return solver.Volunteer(
        home=places.of(volunteer.home_id),
        skills=skills_in(volunteer, days) | {ANYONE},
        clearances=frozenset(
            clearance_token(check.kind, day)
            for check in volunteer.clearances.all()
            for day in days
            if check.checked_on <= day <= check.valid_until
        ),
        experienced=served >= settings.experienced_from_minutes,
        new=served <= settings.new_at_minutes,
        available=times.available,
        blocked=tuple(
            (start, end)
            for start, end in sorted([*times.away, *blocked])
            if end > 0 and start < 7 * clock.MINUTES_A_DAY
        ),
        max_sessions=NO_LIMIT_SESSIONS if volunteer.max_sessions is None else volunteer.max_sessions,
        max_minutes=NO_LIMIT_MINUTES if volunteer.max_minutes is None else volunteer.max_minutes,
        min_rest=settings.min_rest_minutes,
        max_travel=settings.max_travel_minutes,
        history=past.sessions,
        pref_programme=dict.fromkeys(volunteer.preferred_kinds, settings.preferred_kind_score),
        wish=volunteer.wish_per_week,
        unpopular_before=past.unpopular,
        wished_before=wished_before(volunteer, settings),
        weeks_since_asked=past.weeks_since_asked,
    )


ANYONE = "anyone"
"""The skill everybody has, for needs that ask for none."""


def need_value(need: Need, *, day: dt.date, minimum: int | None = None) -> solver.Need:
    """`day` is the session's; `minimum` overrides need.min (what bookings require); the target follows it up."""
    low = need.min if minimum is None else minimum
    return solver.Need(
        skill=skill_token(need.skill, day) if need.skill else ANYONE,
        min=low,
        target=max(low, need.target),
        priority=need.priority,
        role=need.role,
    )


def session_value(
    session: Session,
    needs: Sequence[Need],
    *,
    monday: dt.date,
    places: Places,
    minimums: Mapping[int, int] | None = None,
) -> solver.Session:
    """A session with its needs in the order given. `session.program` and `need.skill` should be loaded.

    A planning problem knows clearances by session: one is asked of all as soon as one need asks for it, since whoever
    serves there is among the children.
    """
    start = clock.local(session.starts_at)
    asked = next((need.clearance for need in needs if need.clearance), "")
    begin = clock.week_minute(session.starts_at, monday)
    return solver.Session(
        start=begin,
        end=begin + int((session.ends_at - session.starts_at).total_seconds() // 60),
        hub=places.of(session.hub_id),
        needs=tuple(need_value(need, day=start.date(), minimum=(minimums or {}).get(need.pk)) for need in needs),
        programme=session.program.kind,
        clearance=clearance_token(asked, start.date()) if asked else None,
        unpopular=-1 if kind(session.program.kind).is_unpopular(start) else 0,
    )


def active_in_week(monday: dt.date) -> Q:
    """Assignments that hold somebody in this week."""
    return Q(state__in=Assignment.ACTIVE, session__week=monday, session__state=Session.State.PLANNED)


def held_in_week(monday: dt.date) -> Q:
    """Those that nobody else can have: also what is offered to somebody."""
    return Q(state__in=Assignment.HOLDING, session__week=monday, session__state=Session.State.PLANNED)
