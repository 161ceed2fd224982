"""Sessions as a board shows them: one plain row each, six queries for any number.

Rows are read as values and leave as JSON: a district's week is 900 of them, and building models for each would take
longer than everything else.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import TruncDate

from hub import clock
from hub.access.actor import Actor
from hub.people.models import Role
from programs.kinds import kind
from programs.models import AdultRatio
from programs.ratios import adults_required, ratios_on
from scheduling.bookings.models import Booking
from scheduling.bookings.requirements import AGE_WHEN_UNKNOWN
from scheduling.sessions.models import Need, Session
from scheduling.sessions.staff_places import staff_in
from scheduling.signups.models import Assignment
from volunteers.models import Clearance

Row = dict[str, Any]
Keys = QuerySet[Session, Any]

COLUMNS = (
    "id",
    "revision",
    "state",
    "starts_at",
    "ends_at",
    "hub_id",
    "room_id",
    "program_id",
    "program__name",
    "program__kind",
    "program__agency_id",
    "program__agency__name",
    "duty_worker_id",
    "duty_worker__name",
    "places",
)


@dataclass
class Serving:
    """Who serves, staff among them: places filled by need, adults by session who may be counted with children."""

    filled: Counter[int] = field(default_factory=Counter)
    cleared: Counter[int] = field(default_factory=Counter)


@dataclass
class Served:
    """Who is served, by session."""

    booked: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    births: dict[int, list[dt.date | None]] = field(default_factory=lambda: defaultdict(list))


def board_row(session: int, *, actor: Actor | None = None) -> Row:
    return board_rows(Session.objects.filter(pk=session), actor=actor)[0]


def board_rows(sessions: QuerySet[Session], *, actor: Actor | None) -> list[Row]:
    """In order of time, then room; for nobody in particular nothing is editable."""
    found = list(sessions.order_by("starts_at", "room_id", "pk").values_list(*COLUMNS, named=True))
    for_children = {one.id for one in found if kind(one.program__kind).for_children}
    # Asked anew by the database: reading hundreds of ids back to it takes longer.
    keys = sessions.order_by().values("pk")
    needs = _needs(keys)
    serving, served = _serving(keys), _served(keys, for_children)
    ratios = list(AdultRatio.objects.all()) if for_children else []
    editable = _editable(actor)
    ratios_by_day: dict[dt.date, list[AdultRatio]] = {}
    rows = []
    for one in found:
        adults = None
        if one.id in for_children:
            day = clock.local(one.starts_at).date()
            if day not in ratios_by_day:
                ratios_by_day[day] = ratios_on(day, ratios)
            ages = [clock.age_on(born, day) if born else AGE_WHEN_UNKNOWN for born in served.births[one.id]]
            adults = {
                "required": adults_required(ages, ratios_by_day[day]),
                "present": serving.cleared[one.id] + (1 if one.duty_worker_id else 0),
            }
        roles = [need | {"filled": serving.filled[need["id"]]} for need in needs[one.id]]
        state, missing = standing(cancelled=one.state == Session.State.CANCELLED, needs=roles, adults=adults)
        rows.append(
            {
                "id": one.id,
                "revision": one.revision,
                "state": state,
                "missing": missing,
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "hub": one.hub_id,
                "room": one.room_id,
                "program": one.program_id,
                "title": one.program__name,
                "kind": one.program__kind,
                "agency": one.program__agency__name,
                "duty_worker": one.duty_worker__name,
                "places": one.places,
                "booked": served.booked[one.id],
                "waiting": served.waiting[one.id],
                "needs": roles,
                "adults": adults,
                "editable": editable(one.hub_id, one.program__agency_id),
            }
        )
    return rows


def standing(
    *, cancelled: bool, needs: Iterable[Mapping[str, int]], adults: Mapping[str, int] | None
) -> tuple[str, int]:
    """How a session stands (full, short, empty, cancelled) and how many are missing to its minimum.

    Children need adults whatever the roles' minimums say: those missing are missing people.
    """
    if cancelled:
        return "cancelled", 0
    needs = list(needs)
    missing = sum(max(0, need["min"] - need["filled"]) for need in needs)
    if adults and needs:
        missing = max(missing, adults["required"] - adults["present"])
    if missing <= 0:
        return "full", 0
    return ("short" if any(need["filled"] for need in needs) else "empty"), missing


def _needs(keys: Keys) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    found = Need.objects.filter(session__in=keys).order_by("session_id", "position")
    columns = ("pk", "session_id", "role", "skill__name", "min", "target")
    for pk, session_id, role, skill, low, target in found.values_list(*columns):
        rows[session_id].append({"id": pk, "role": role, "skill": skill or "", "min": low, "target": target})
    return rows


def with_clearance(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Adds `cleared`: the volunteer's check holds on the session's day."""
    day = OuterRef("session_day")
    holding = Clearance.objects.filter(
        volunteer=OuterRef("volunteer"), kind=Clearance.Kind.CHILD, checked_on__lte=day, valid_until__gte=day
    )
    days = assignments.annotate(session_day=TruncDate("session__starts_at", tzinfo=clock.zone()))
    return days.annotate(cleared=Exists(holding))


def _serving(keys: Keys) -> Serving:
    serving = Serving()
    active = Assignment.objects.filter(session__in=keys, state__in=Assignment.ACTIVE)
    rows = with_clearance(active).values_list("need_id", "session_id", "cleared")  # type: ignore[misc]
    for need_id, session_id, cleared in rows:
        serving.filled[need_id] += 1
        serving.cleared[session_id] += cleared
    for need, session_id in staff_in(keys).values_list("need_id", "session_id"):
        serving.cleared[session_id] += 1
        if need:
            serving.filled[need] += 1
    return serving


def _served(keys: Keys, for_children: set[int]) -> Served:
    served = Served()
    bookings = Booking.objects.filter(session__in=keys, state__in=Booking.OPEN)
    for session_id, state, born in bookings.values_list("session_id", "state", "participant__birth_date"):
        if state != Booking.State.BOOKED:
            served.waiting[session_id] += 1
            continue
        served.booked[session_id] += 1
        if session_id in for_children:
            served.births[session_id].append(born)
    return served


def _editable(actor: Actor | None) -> Any:
    """scheduling.sessions.permissions.edit, for rows already read."""
    if actor is None:
        return lambda hub_id, agency_id: False
    everywhere = actor.has(Role.ADMINISTRATOR)
    return lambda hub_id, agency_id: everywhere or hub_id in actor.hub_ids or agency_id in actor.agency_ids
