"""What a family may join: coming sessions with their places, and how each of its children fits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.people.ages import ADULT_AT
from hub.people.models import Child
from hub.places.models import Hub
from programs.kinds import all_kinds
from scheduling.bookings.family import my_children
from scheduling.bookings.fit import Reason, active_bookings, reasons_against_child
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

AHEAD = dt.timedelta(weeks=4)
PAGE = 20
CHUNK = 60
MOST_CHUNKS = 5


@dataclass(frozen=True)
class Wish:
    hub: int | None = None
    day: dt.date | None = None
    child: int | None = None
    """Only what fits this child's age."""


@dataclass(frozen=True)
class Fit:
    child: Child
    reasons: Sequence[Reason]


@dataclass(frozen=True)
class Activity:
    session: Session
    booked: int
    waiting: int
    fits: Sequence[Fit]

    @property
    def left(self) -> int:
        """Places to be had at once: none while somebody waits."""
        return 0 if self.waiting else max(0, (self.session.places or 0) - self.booked)


@dataclass(frozen=True)
class Page:
    activities: Sequence[Activity]
    cursor: str


def coming_sessions() -> QuerySet[Session]:
    """Those with places for people of a family: of kinds made for children, or open to their ages."""
    now = clock.now()
    kinds = [kind.code for kind in all_kinds() if kind.for_children]
    return Session.objects.filter(
        Q(program__kind__in=kinds) | Q(program__age_min__lt=ADULT_AT) | Q(program__age_max__lt=ADULT_AT),
        state=Session.State.PLANNED,
        places__isnull=False,
        starts_at__gt=now,
        starts_at__lt=now + AHEAD,
    )


def find_activities(*, actor: Actor, wish: Wish, cursor: str = "") -> Page:
    """One page, soonest first, of what at least one child of the family is of an age for. Four queries a page, as a
    rule."""
    children = my_children(actor)
    judged = [one for one in children if wish.child in (None, one.pk)]
    taken = active_bookings([one.person_id for one in children], after=clock.now())
    sessions = _wanted(wish).select_related("program", "hub", "room").order_by("starts_at", "pk")
    found: list[tuple[Session, list[Fit]]] = []
    for _ in range(MOST_CHUNKS):
        chunk = list(_after(sessions, cursor)[:CHUNK])
        for session in chunk:
            if len(found) == PAGE:
                return _page(found, cursor)
            fits = [Fit(child, reasons_against_child(session, child, taken)) for child in children]
            if any(fit.child in judged and _of_age(fit) for fit in fits):
                found.append((session, fits))
            cursor = f"{int(session.starts_at.timestamp())}.{session.pk}"
        if len(chunk) < CHUNK:
            return _page(found, "")
    return _page(found, cursor)


def activity(*, actor: Actor, session: Session) -> Activity:
    """One of them, as it is now."""
    children = my_children(actor)
    taken = active_bookings([one.person_id for one in children], after=clock.now())
    fits = [Fit(child, reasons_against_child(session, child, taken)) for child in children]
    return _page([(session, fits)], "").activities[0]


def hubs_on_offer() -> list[Hub]:
    """Sites that have something coming: what a filter needs to show."""
    return list(Hub.objects.filter(pk__in=coming_sessions().values("hub")).order_by("pk"))


def _of_age(fit: Fit) -> bool:
    return all(reason.code != "age_outside" for reason in fit.reasons)


def _wanted(wish: Wish) -> QuerySet[Session]:
    sessions = coming_sessions()
    if wish.hub:
        sessions = sessions.filter(hub=wish.hub)
    if wish.day:
        sessions = sessions.filter(
            starts_at__gte=clock.at(wish.day), starts_at__lt=clock.at(wish.day + dt.timedelta(days=1))
        )
    return sessions


def _after(sessions: QuerySet[Session], cursor: str) -> QuerySet[Session]:
    if not cursor:
        return sessions
    try:
        start, pk = (int(part) for part in cursor.split("."))
        moment = dt.datetime.fromtimestamp(start, dt.UTC)
    except (ValueError, OverflowError, OSError):
        raise Refused("invalid", place="cursor") from None
    return sessions.filter(Q(starts_at__gt=moment) | Q(starts_at=moment, pk__gt=pk))


def _page(found: Sequence[tuple[Session, list[Fit]]], cursor: str) -> Page:
    ids = [session.pk for session, _ in found]
    rows = Booking.objects.filter(session__in=ids).exclude(state=Booking.State.CANCELLED).order_by()
    counts = Counter(
        {(session, state): n for session, state, n in rows.values_list("session", "state").annotate(Count("pk"))}
    )
    return Page(
        [
            Activity(session, counts[session.pk, Booking.State.BOOKED], counts[session.pk, Booking.State.WAITING], fits)
            for session, fits in found
        ],
        cursor,
    )
