"""办法: every way out for a session that lacks people, whom each touches, and why not where one is none.

The best first: the fewer people it touches, the better. Telephone calls and the planner's repairs have lists of their
own; moving and cancelling have their dialogs. What would become of everybody is seen by trying (outcome).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import Count

from hub.access.actor import Actor
from hub.errors import Refused
from scheduling.board.rows import Row, board_row, board_rows
from scheduling.bookings.models import Booking
from scheduling.cutoffs.covering import booked_in, families_of, uncovered
from scheduling.rescues.fewer import adults_in, held_with
from scheduling.rescues.merging import sessions_near, still_short
from scheduling.rescues.staff import check_open, workers_near
from scheduling.rescues.standby import role_to_fill
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment, Standby

Kind = Literal["standby", "call", "repair", "staff", "merge", "move", "fewer", "cancel"]


@dataclass(frozen=True)
class Option:
    """Whom, or which session, this way takes."""

    id: int
    name: str
    phone: str = ""
    starts_at: dt.datetime | None = None
    missing: int = 0
    """People whom the other session lacks itself."""
    free: int = 0
    """Its free places."""
    refused: Refused | None = None


@dataclass(frozen=True)
class Way:
    kind: Kind
    options: Sequence[Option] = ()
    volunteers: int = 0
    """Whom it touches; families with their children."""
    families: int = 0
    children: int = 0
    refused: Refused | None = None


@dataclass(frozen=True)
class WaysOut:
    session: int
    missing: int
    need: int | None
    """The role to call for."""
    ways: list[Way] = field(default_factory=list)


def ways_out(session: Session, actor: Actor) -> WaysOut:
    """`session.program`, `.hub` should be loaded. A fixed number of queries. Refused: session_cancelled,
    session_over."""
    check_open(session)
    row = board_row(session.pk, actor=actor)
    need = role_to_fill(row["needs"])
    if not row["missing"]:
        return WaysOut(session.pk, 0, need)
    there = _there(session)
    ways = [
        _standby(session, need),
        Way("call", refused=None if need else Refused("no_role_open")),
        Way("repair"),
        _staff(session),
        _merge(session, row, actor, there),
        Way("move", (), *there),
        _fewer(session, row),
        Way("cancel", (), *there),
    ]
    return WaysOut(session.pk, row["missing"], need, sorted(ways, key=lambda way: way.refused is not None))


def _there(session: Session) -> tuple[int, int, int]:
    """Volunteers, families, children."""
    places = Assignment.objects.filter(session=session, state__in=Assignment.HOLDING)
    people = set(places.values_list("volunteer", flat=True))
    people |= set(
        Standby.objects.filter(session=session, state=Standby.State.READY).values_list("volunteer", flat=True)
    )
    rows = Booking.objects.filter(session=session, state__in=Booking.OPEN).select_related("participant__child")
    return len(people), len(families_of(rows)), len(rows)


def _standby(session: Session, need: int | None) -> Way:
    ready = Standby.objects.filter(session=session, state=Standby.State.READY)
    options = [
        Option(one.volunteer_id, one.volunteer.person.name, one.volunteer.person.phone)
        for one in ready.select_related("volunteer__person").order_by("pk")
    ]
    no = None if options and need else Refused("no_role_open" if options else "no_standby")
    return Way("standby", options, volunteers=1, refused=no)


def _staff(session: Session) -> Way:
    options = [
        Option(one.person.pk, one.person.name, one.person.phone, refused=one.refused) for one in workers_near(session)
    ]
    free = any(one.refused is None for one in options)
    return Way("staff", options, refused=None if free else Refused("no_staff_free"))


def _merge(session: Session, row: Row, actor: Actor, there: tuple[int, int, int]) -> Way:
    near = sessions_near(session, actor)
    found = Session.objects.filter(pk__in=[one.pk for one in near])
    rows = {other["id"]: other for other in board_rows(found, actor=None)}
    # A place that is offered to somebody is nobody else's.
    places = Booking.objects.filter(session__in=near, state__in=Booking.HOLDING).order_by()
    held = dict(places.values_list("session").annotate(Count("pk")))
    options = [
        Option(
            one.pk,
            one.program.name,
            starts_at=one.starts_at,
            missing=rows[one.pk]["missing"],
            free=max(0, (one.places or 0) - held.get(one.pk, 0)),
            refused=Refused("still_short") if still_short(row, rows[one.pk]) else None,
        )
        for one in near
    ]
    no = None if any(one.refused is None for one in options) else Refused("still_short" if near else "no_session_near")
    return Way("merge", options, *there, no)


def _fewer(session: Session, row: Row) -> Way:
    adults = adults_in(session)
    try:
        held_with(session, row, adults)
    except Refused as no:
        return Way("fewer", refused=no)
    over = uncovered(session, booked_in(session), adults)
    return Way("fewer", families=len(over), children=sum(map(len, over)))
