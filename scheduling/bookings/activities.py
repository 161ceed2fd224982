"""What a family may join: coming sessions with their places, and how each of its children fits."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.people.ages import ADULT_AT
from hub.people.care_notes import in_hardship
from hub.people.models import Child
from hub.places.models import Hub
from programs.kinds import all_kinds
from scheduling.bookings.family import my_children
from scheduling.bookings.fit import Reason, known_of, reasons_against_child
from scheduling.bookings.models import Booking
from scheduling.bookings.outings import Offer, Outing, find_outings
from scheduling.bookings.seats import Seats, seats_in
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
    left: int
    """Places that this family can have at once."""
    waiting: int
    """Families in line."""
    fits: Sequence[Fit]


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
        group_only=False,
        starts_at__gt=now,
        starts_at__lt=now + AHEAD,
    )


def find_activities(*, actor: Actor, wish: Wish, cursor: str = "") -> Page:
    """One page, soonest first, of what at least one child of the family is of an age for. A fixed number of queries a
    page, as a rule."""
    children = my_children(actor)
    judged = [one for one in children if wish.child in (None, one.pk)]
    known = known_of([one.person_id for one in children], after=clock.now())
    sessions = _wanted(wish).select_related("program", "hub", "room").order_by("starts_at", "pk")
    found: list[tuple[Session, list[Fit]]] = []
    for _ in range(MOST_CHUNKS):
        chunk = list(_after(sessions, cursor)[:CHUNK])
        for session in chunk:
            if len(found) == PAGE:
                return _page(found, cursor)
            fits = [Fit(child, reasons_against_child(session, child, known)) for child in children]
            if any(fit.child in judged and _of_age(fit) for fit in fits):
                found.append((session, fits))
            cursor = f"{int(session.starts_at.timestamp())}.{session.pk}"
        if len(chunk) < CHUNK:
            return _page(found, "")
    return _page(found, cursor)


def activity(*, actor: Actor, session: Session) -> Activity:
    """One of them, as it is now."""
    children = my_children(actor)
    known = known_of([one.person_id for one in children], after=clock.now())
    fits = [Fit(child, reasons_against_child(session, child, known)) for child in children]
    return _page([(session, fits)], "").activities[0]


@dataclass(frozen=True)
class Together:
    """An outing with the sessions it goes to."""

    outing: Outing
    sessions: Sequence[Session]


def find_together(*, actor: Actor, wish: Wish) -> list[Together]:
    """What all children of the family can join on one way, soonest first: see outings. A fixed number of queries."""
    children = my_children(actor)
    known = known_of([one.person_id for one in children], after=clock.now())
    sessions = {
        one.pk: one for one in _wanted(wish).select_related("program", "hub", "room").order_by("starts_at", "pk")
    }
    fits = {
        pk: [Fit(child, reasons_against_child(session, child, known)) for child in children]
        for pk, session in sessions.items()
    }
    seats = seats_in(sessions.values())
    priority = in_hardship({child.pk for child in children}) if any(one.kept for one in seats.values()) else set()
    offers = [
        Offer(
            id=pk,
            hub=session.hub_id,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            left=left_for(seats[pk], fits[pk], priority),
            children=frozenset(fit.child.pk for fit in fits[pk] if not fit.reasons),
        )
        for pk, session in sessions.items()
    ]
    found = find_outings(children=[child.pk for child in children], offers=offers)[:PAGE]
    return [Together(one, [sessions[pk] for pk in one.places]) for one in found]


def hubs_on_offer(actor: Actor) -> list[Hub]:
    """Sites that have something coming: where the family goes most first."""
    places = Booking.objects.filter(participant__child__in=my_children(actor), state=Booking.State.BOOKED)
    taken = Counter(places.values_list("session__hub", flat=True))
    hubs = Hub.objects.filter(pk__in=coming_sessions().values("hub")).order_by("pk")
    return sorted(hubs, key=lambda hub: -taken[hub.pk])


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
    sessions = [session for session, _ in found]
    waiting = Booking.objects.filter(session__in=sessions, state=Booking.State.WAITING).order_by()
    lines = dict(waiting.values_list("session").annotate(Count("participant__child__family", distinct=True)))
    seats = seats_in(sessions)
    keeping = any(one.kept for one in seats.values())
    priority = in_hardship({fit.child.pk for _, fits in found for fit in fits}) if keeping else set()
    return Page(
        [
            Activity(session, left_for(seats[session.pk], fits, priority), lines.get(session.pk, 0), fits)
            for session, fits in found
        ],
        cursor,
    )


def left_for(seats: Seats, fits: Sequence[Fit], priority: Collection[int]) -> int:
    """What is open to anybody, and as many of the kept places as this family has children for."""
    return seats.open + min(seats.kept, sum(fit.child.pk in priority and not fit.reasons for fit in fits))
