"""What staff look at: the sessions behind them, and one of them child by child."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import fetch, visible
from programs.reading.models import BookRead, ReadingLog
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

LOOKS_BACK = dt.timedelta(weeks=5)
PAGE = 20
LATELY = dt.timedelta(weeks=8)
MOST_TITLES = 40


@dataclass(frozen=True)
class Behind:
    session: Session
    children: int
    noted: int


@dataclass(frozen=True)
class Sheet:
    session: Session
    children: Sequence[tuple[Booking, ReadingLog | None]]
    titles: Sequence[str]
    """Books read here lately, the most read first: less to type."""


def sessions_behind(*, actor: Actor, skip: int = 0) -> tuple[list[Behind], bool]:
    """Sessions that began and had children, the newest first: one page, and whether there are more. One query."""
    now = clock.now()
    rows = visible(actor, "log_reading", Session.objects.filter(state=Session.State.PLANNED, starts_at__lte=now))
    rows = rows.filter(starts_at__gt=now - LOOKS_BACK)
    booked = Q(bookings__state=Booking.State.BOOKED)
    counted = rows.annotate(
        children=Count("bookings", filter=booked),
        noted=Count("bookings__reading_log", filter=booked),
    )
    found = list(
        counted.filter(children__gt=0)
        .select_related("program", "hub", "room", "duty_worker")
        .order_by("-starts_at", "-pk")[skip : skip + PAGE + 1]
    )
    return [Behind(one, one.children, one.noted) for one in found[:PAGE]], len(found) > PAGE


def sheet_of(*, actor: Actor, session: int) -> Sheet:
    """Four queries for any number of children."""
    found = fetch(actor, "log_reading", Session.objects.select_related("program", "hub", "room"), session)
    rows = Booking.objects.filter(session=found, state=Booking.State.BOOKED)
    children = rows.select_related("participant", "reading_log__written_by").prefetch_related("reading_log__books")
    return Sheet(
        session=found,
        children=[(row, getattr(row, "reading_log", None)) for row in children.order_by("participant__name", "pk")],
        titles=_read_lately(found),
    )


def _read_lately(session: Session) -> list[str]:
    rows = BookRead.objects.filter(
        log__booking__session__hub=session.hub_id,
        log__booking__session__starts_at__gt=session.starts_at - LATELY,
    )
    counted = rows.values("title").annotate(times=Count("pk")).order_by("-times", "title")
    return [row["title"] for row in counted[:MOST_TITLES]]
