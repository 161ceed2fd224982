"""Where a month's figures come from: its sessions with what each adds, and hours whose session is not here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Count, Q, Sum, When
from django.db.models import Value as Constant

from hub import clock
from hub.among import among
from hub.places.models import Residency
from scheduling.bookings.models import Booking
from scheduling.residency.counting import WAITING, Scope, State, held
from scheduling.residency.models import Turnout
from scheduling.sessions.models import Claim, Session
from volunteers.hours.models import ServiceRecord

MINUTE = dt.timedelta(minutes=1)


@dataclass
class Source:
    """A session, or work that is only on record."""

    id: int | None
    title: str
    site: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    over: bool
    on_record: bool = False
    """Somebody's coming is noted."""
    children: int = 0
    """Who had a place and came."""
    booked: int = 0
    counted: int | None = None
    """By staff, where nobody books."""
    newcomers: int = 0
    volunteer_minutes: int = 0
    unconfirmed_minutes: int = 0
    room_minutes: int = 0


def sources(stay: Residency, month: dt.date) -> list[Source]:
    """In order of time. Seven queries, however many."""
    scope, now = Scope([stay], month, month), clock.now()
    found: dict[UUID, Source] = {}
    keys: dict[int, Source] = {}
    for row in _sessions(scope):
        one = Source(
            id=row["pk"],
            title=row["program__name"],
            site=row["hub__name"],
            room=row["room__name"] or "",
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            over=row["ends_at"] <= now,
            on_record=row["on_record"],
        )
        found[row["uid"]] = keys[row["pk"]] = one
    _add_people(keys)
    for session, starts_at, ends_at in Claim.objects.filter(
        session__in=among(keys), resource__startswith="room:"
    ).values_list("session", "starts_at", "ends_at"):
        keys[session].room_minutes += (ends_at - starts_at) // MINUTE
    _add_hours(scope, found)
    return sorted(found.values(), key=lambda one: (one.starts_at, one.id or 0))


def _sessions(scope: Scope) -> list[dict[str, Any]]:
    on_record = Case(When(held(scope), then=Constant(True)), default=Constant(False), output_field=BooleanField())
    rows = scope.of(Session.objects.filter(state=Session.State.PLANNED)).annotate(on_record=on_record)
    names = ("pk", "uid", "starts_at", "ends_at", "program__name", "hub__name", "room__name", "on_record")
    told = rows.values("agency_key", "site_key", "month_key", *names)
    return [dict(row) for _, row in scope.each(told)]


def _add_people(keys: dict[int, Source]) -> None:
    booked = Booking.objects.filter(session__in=among(keys), state=Booking.State.BOOKED).order_by().values("session")
    for row in booked.annotate(all=Count("pk"), came=Count("pk", filter=Q(attendance__arrived_at__isnull=False))):
        keys[row["session"]].booked, keys[row["session"]].children = row["all"], row["came"]
    for one in Turnout.objects.filter(session__in=among(keys)):
        keys[one.session_id].counted, keys[one.session_id].newcomers = one.visits, one.newcomers


def _add_hours(scope: Scope, found: dict[UUID, Source]) -> None:
    rows = scope.of(ServiceRecord.objects.exclude(state=State.REJECTED))
    names = ("session_uid", "title", "hub__name", "starts_at", "ends_at")
    for _, row in scope.each(
        rows.values("agency_key", "site_key", "month_key", *names).annotate(
            confirmed=Sum("minutes", filter=Q(state=State.CONFIRMED), default=0),
            waiting=Sum("minutes", filter=Q(state__in=WAITING), default=0),
        )
    ):
        one = found.get(row["session_uid"])
        if one is None:
            when = (row["starts_at"], row["ends_at"])
            one = Source(None, row["title"], row["hub__name"], "", *when, over=True, on_record=True)
            found[row["session_uid"]] = one
        one.volunteer_minutes += row["confirmed"]
        one.unconfirmed_minutes += row["waiting"]
