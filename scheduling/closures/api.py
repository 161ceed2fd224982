"""/api/closures: what is closed, closing it, opening it early.

Closing is posted twice, as every change of many sessions: to see what becomes of them, then to save that.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub import clock
from hub.access.operations import acting, planners, staff
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.places.models import Hub, Room
from scheduling.closures.closing import Choice, ClosedRow, close_place, lift_closure
from scheduling.series.schemas import OutcomeReason
from scheduling.sessions.look_api import LookOffer
from scheduling.sessions.models import Closure

router = Router()


class ClosureOut(Schema):
    id: int
    hub: int
    hub_name: str
    room: int | None
    room_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    reason: str
    editable: bool


class ChoiceIn(Schema):
    session: int
    what: Literal["move", "cancel"]
    room: int | None = None
    starts_at: dt.datetime | None = None


class ClosureNew(Schema):
    hub: int
    room: int | None = None
    """None: the whole site."""
    starts_at: dt.datetime
    ends_at: dt.datetime
    reason: str = Field(max_length=200)
    choices: list[ChoiceIn] = Field(default_factory=list, max_length=500)
    """Where it is to be otherwise than proposed."""
    seen: str = Field("", max_length=40)


class ClosureRow(Schema):
    session: int
    title: str
    was_at: dt.datetime
    what: Literal["moved", "cancelled", "stays"]
    starts_at: dt.datetime
    ends_at: dt.datetime
    room: int | None
    room_name: str
    people: int
    """Who has a place and is told."""
    reasons: list[OutcomeReason]
    offers: list[LookOffer]


class ClosureOutcome(Schema):
    saved: bool
    seen: str
    rows: list[ClosureRow]


@router.get("/closures", response=list[ClosureOut], auth=staff)
def get_closures(request: HttpRequest, week: dt.date | None = None, hub: int | None = None) -> list[ClosureOut]:
    """Of a week (any of its days), or all that are not over."""
    actor = acting(request)
    rows = visible(actor, "view", Closure.objects.select_related("hub", "room").order_by("starts_at", "pk"))
    if week:
        first, last = clock.week_bounds(clock.monday_of(week))
        rows = rows.filter(starts_at__lt=last, ends_at__gt=first)
    else:
        rows = rows.filter(ends_at__gt=clock.now())
    if hub:
        rows = rows.filter(hub=hub)
    found = list(rows)
    these = Closure.objects.filter(pk__in=[one.pk for one in found])
    ours = set(visible(actor, "lift", these).values_list("pk", flat=True))
    return [
        ClosureOut(
            id=one.pk,
            hub=one.hub_id,
            hub_name=one.hub.name,
            room=one.room_id,
            room_name=one.room.name if one.room else "",
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            reason=one.reason,
            editable=one.pk in ours and one.ends_at > clock.now(),
        )
        for one in found
    ]


@router.post("/closures", response=ClosureOutcome, auth=planners)
def post_closure(request: HttpRequest, wish: ClosureNew) -> ClosureOutcome:
    actor = acting(request)
    moments = [wish.starts_at, wish.ends_at, *(one.starts_at for one in wish.choices if one.starts_at)]
    if any(moment.tzinfo is None for moment in moments):
        raise Refused("invalid", places=[{"place": "body.starts_at", "code": "time_without_zone"}])
    hub = fetch(actor, "furnish", Hub.objects.all(), wish.hub)
    rooms = {room.pk: room for room in Room.objects.filter(hub=hub)}

    def room(pk: int | None) -> Room | None:
        if pk is not None and pk not in rooms:
            raise Refused("not_found", model="room", id=pk)
        return rooms[pk] if pk is not None else None

    outcome = close_place(
        hub=hub,
        room=room(wish.room),
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        reason=wish.reason,
        choices={one.session: Choice(one.what, room(one.room), one.starts_at) for one in wish.choices},
        seen=wish.seen,
        by=actor.person,
    )
    return ClosureOutcome(saved=outcome.saved, seen=outcome.seen, rows=[_row(row) for row in outcome.rows])


@router.post("/closures/{int:closure_id}/lift", response={204: None}, auth=planners)
def post_lift(request: HttpRequest, closure_id: int) -> Status[None]:
    actor = acting(request)
    closure = fetch(actor, "lift", Closure.objects.all(), closure_id)
    lift_closure(closure_id=closure.pk, by=actor.person)
    return Status(204, None)


def _row(row: Any) -> Any:
    assert isinstance(row, ClosedRow)
    return {
        "session": row.session,
        "title": row.title,
        "was_at": row.was_at,
        "what": row.what,
        "starts_at": row.starts_at,
        "ends_at": row.ends_at,
        "room": row.room.pk if row.room else None,
        "room_name": row.room.name if row.room else "",
        "people": row.people,
        "reasons": row.reasons,
        "offers": [LookOffer.of(one) for one in row.offers],
    }
