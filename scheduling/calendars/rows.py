"""The rows behind a calendar, and a stamp that says whether any of them changed without reading them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet, Sum

from hub import clock
from hub.people.circles import acted_for_by
from hub.people.models import Family
from hub.places.models import Room
from hub.statement import Statement
from scheduling.bookings.models import Booking
from scheduling.calendars.family_days import days_of
from scheduling.calendars.scopes import Scope, Target, session_filter
from scheduling.sessions.models import Closure, Session
from scheduling.signups.models import Assignment

PAST = dt.timedelta(weeks=13)
"""At least 90 days; by whole weeks, so that a feed does not change every day."""
AHEAD = dt.timedelta(weeks=52)

CHANGES = ("changed", "there", "hub", "room", "program")
"""Of a person's place, its session, and of what the session is called and where it is."""

Window = tuple[dt.datetime, dt.datetime]


def window() -> Window:
    monday = clock.at(clock.monday_of(clock.today()))
    return monday - PAST, monday + AHEAD


def rows_of(scope: str, scope_id: int, between: Window) -> QuerySet[Any]:
    """A volunteer's places, a family's bookings, or sessions; whoever may see which of them."""
    if scope == Scope.VOLUNTEER:
        return Assignment.objects.filter(volunteer=scope_id, **_within("session__", between))
    if scope == Scope.FAMILY:
        return Booking.objects.filter(participant__child__family=scope_id, **_within("session__", between))
    return Session.objects.filter(session_filter(scope, scope_id), **_within("", between))


def closures_of(scope: str, scope_id: int, between: Window) -> QuerySet[Closure]:
    """What is closed of the places that a staff's calendar is of; lifted before it began, too."""
    rows = Closure.ever.filter(starts_at__lt=between[1], ends_at__gt=between[0])
    if scope == Scope.DISTRICT:
        return rows
    if scope == Scope.HUB:
        return rows.filter(hub=scope_id)
    if scope == Scope.ROOM:
        return rows.filter(Q(room=scope_id) | Q(room=None, hub__in=Room.objects.filter(pk=scope_id).values("hub")))
    # An agency's, a program's: where their sessions are.
    sessions = rows_of(scope, scope_id, between)
    return rows.filter(Q(room__in=sessions.values("room")) | Q(room=None, hub__in=sessions.values("hub")))


def _within(path: str, between: Window) -> dict[str, dt.datetime]:
    return {f"{path}starts_at__gte": between[0], f"{path}starts_at__lt": between[1]}


@dataclass(frozen=True)
class Stamp:
    parts: tuple[object, ...]
    """Different as soon as an entry is."""
    changed: dt.datetime | None
    """The last change; none where nothing stands."""

    def at_least(self, moment: dt.datetime | None) -> Stamp:
        return Stamp(self.parts, max((one for one in (self.changed, moment) if one), default=None))


def stamp_of(target: Target, *, owner: int = 0) -> Stamp:
    """One query, two where places may be closed; for a family those of its days besides, while `owner` (a person's id)
    belongs to it."""
    between = window()
    rows = _statement(target.scope, between).all(target=target.scope_id)
    parts: list[object] = [tuple(row.values()) for row in rows]
    moments = [row[name] for row in rows for name in CHANGES if row[name]]
    if target.scope == Scope.FAMILY:
        days = tuple(days_of(target.scope_id, *between)) if belongs(owner, target.scope_id) else None
        parts.append(days)
        moments += [one.changed_at for one in days or ()]
    elif target.scope != Scope.VOLUNTEER:
        closed = [tuple(row.values()) for row in _closed(target.scope, between).all(target=target.scope_id)]
        parts.append(closed)
        moments += [moment for _pk, *changes in closed for moment in changes if moment]
    return Stamp(tuple(parts), max(moments, default=None))


def belongs(person: int, family: int) -> bool:
    return Family.objects.filter(acted_for_by(person), pk=family).exists()


@lru_cache(maxsize=64)
def _statement(scope: str, between: Window) -> Statement:
    personal = scope in (Scope.VOLUNTEER, Scope.FAMILY)

    def build(target: int = 0) -> QuerySet[Any, Any]:
        session = "session__" if personal else ""
        rows = rows_of(scope, target, between).order_by("state").values("state")
        # The sum of revisions sees also a change that was committed after a later one.
        counted: QuerySet[Any, Any] = rows.annotate(
            rows=Count("pk"),
            revisions=Sum(f"{session}revision"),
            changed=Max("changed_at"),
            there=Max(F(f"{session}changed_at")),
            hub=Max(f"{session}hub__changed_at"),
            room=Max(f"{session}room__changed_at"),
            program=Max(f"{session}program__changed_at"),
        )
        return counted

    return Statement(build, *(() if scope == Scope.DISTRICT else ("target",)))


@lru_cache(maxsize=64)
def _closed(scope: str, between: Window) -> Statement:
    def build(target: int = 0) -> QuerySet[Any, Any]:
        rows = closures_of(scope, target, between).order_by("pk")
        return rows.values("pk", "created_at", "lifted_at", "hub__changed_at", "room__changed_at")

    return Statement(build, *(() if scope == Scope.DISTRICT else ("target",)))
