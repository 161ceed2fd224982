"""A day at the door, as staff look at it: sessions, who is awaited, in and out, and what fits nowhere."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.live.read import heads
from hub.places.models import Hub
from scheduling.attendance.folding import concerns
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment


@dataclass(frozen=True)
class Awaited:
    assignment: Assignment
    attendance: Attendance
    """Empty where nothing was noted."""


@dataclass(frozen=True)
class DayAtDoor:
    day: dt.date
    hubs: Sequence[Hub]
    """Where the actor receives people; those with sessions on the day first, the busiest of them first."""
    hub: Hub | None
    head: int
    """Where the hub's topic stood before all this was read."""
    sessions: Sequence[tuple[Session, Sequence[Awaited]]]
    loose: Sequence[AttendanceEvent]


def day_at_door(*, actor: Actor, day: dt.date, hub_id: int | None = None) -> DayAtDoor:
    """Of one hub; of the busiest when none is named, or one that is not theirs."""
    first, last = clock.at(day), clock.at(day, clock.MINUTES_A_DAY)
    today = Q(sessions__starts_at__gte=first, sessions__starts_at__lt=last, sessions__state=Session.State.PLANNED)
    own = visible(actor, "receive", Hub.objects.all()).annotate(busy=Count("sessions", filter=today))
    hubs = list(own.order_by("-busy", "pk"))
    hub = next((one for one in hubs if one.pk == hub_id), next(iter(hubs), None))
    if hub is None:
        return DayAtDoor(day, [], None, 0, [], [])
    topic = f"hub:{hub.pk}"
    head = heads([topic]).get(topic, 0)
    at_hub = Session.objects.filter(hub=hub, starts_at__gte=first, starts_at__lt=last, state=Session.State.PLANNED)
    sessions = list(visible(actor, "view_people", at_hub).select_related("program", "room").order_by("starts_at", "pk"))
    people = _people(sessions)
    return DayAtDoor(
        day=day,
        hubs=hubs,
        hub=hub,
        head=head,
        sessions=[(session, people[session.pk]) for session in sessions],
        loose=_loose(hub, first, last),
    )


def _people(sessions: Sequence[Session]) -> dict[int, list[Awaited]]:
    rows = Assignment.objects.filter(session__in=sessions, state__in=Assignment.ACTIVE)
    rows = rows.select_related("volunteer__person", "need", "attendance__device", "attendance__by")
    people: dict[int, list[Awaited]] = defaultdict(list)
    for row in rows.order_by("need__position", "pk"):
        people[row.session_id].append(Awaited(row, getattr(row, "attendance", None) or Attendance(assignment=row)))
    return people


def loose_at(hub: Hub, first: dt.datetime, last: dt.datetime) -> QuerySet[AttendanceEvent]:
    rows = AttendanceEvent.objects.filter(
        kind=AttendanceEvent.Kind.SCAN, hub=hub, at__gte=first, at__lt=last, voided_by=None
    )
    return rows.select_related("volunteer__person", "device").order_by("at", "pk")


def _loose(hub: Hub, first: dt.datetime, last: dt.datetime) -> list[AttendanceEvent]:
    """Sightings in doubt, and those that concern no place at all, whoever's agency's."""
    windows: dict[int, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    places = Assignment.objects.filter(
        session__hub=hub,
        session__state=Session.State.PLANNED,
        session__starts_at__lt=last,
        session__ends_at__gt=first,
        state__in=Assignment.ACTIVE,
    )
    for volunteer, starts_at, ends_at in places.values_list("volunteer", "session__starts_at", "session__ends_at"):
        windows[volunteer].append((starts_at, ends_at))
    return [
        one
        for one in loose_at(hub, first, last)
        if one.doubt or not any(concerns(one.at, *window) for window in windows[one.volunteer_id or 0])
    ]
