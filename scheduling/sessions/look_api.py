"""/api/sessions/look: what would stand against a session, before it is saved, and the nearest room and time without."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.places.models import Hub, Room
from programs.models import Program
from scheduling.sessions.checks import check_room, check_time, social_worker
from scheduling.sessions.conflicts import clashes
from scheduling.sessions.known import known_of, wish_of
from scheduling.sessions.models import Override, Session
from scheduling.sessions.naming import named
from scheduling.sessions.nearest import Offer, nearest
from scheduling.sessions.overrides import ASKED, TOLD, bearable

router = Router()


class LookWish(Schema):
    session: int | None = None
    """One that is there, to be moved or edited; else one of `program`, to be added."""
    program: int | None = None
    hub: int
    room: int | None = None
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int | None = Field(None, ge=0, le=10_000)
    duty_worker: int | None = None
    kits: list[int] = Field(default_factory=list, max_length=20)


class LookClash(Schema):
    code: str
    facts: dict[str, Any]
    may_override: bool
    """Whoever asks may bear it, with a reason."""
    asked: bool
    """A yes is enough."""
    told: bool
    """No hindrance: who is meant is told."""


class LookOffer(Schema):
    room: int | None
    room_name: str
    starts_at: dt.datetime
    ends_at: dt.datetime

    @classmethod
    def of(cls, offer: Offer) -> LookOffer:
        room = offer.room
        return cls(
            room=room.pk if room else None,
            room_name=room.name if room else "",
            starts_at=offer.starts_at,
            ends_at=offer.ends_at,
        )


class Look(Schema):
    clashes: list[LookClash]
    """What is new in it; what clashed before was decided before."""
    offers: list[LookOffer]
    """Only where something clashes."""


@router.post("/sessions/look", response=Look, auth=schedulers)
def post_look(request: HttpRequest, wish: LookWish) -> Look:
    """Writes nothing."""
    actor = acting(request)
    if wish.starts_at.tzinfo is None or wish.ends_at.tzinfo is None:
        raise Refused("invalid", places=[{"place": "body.starts_at", "code": "time_without_zone"}])
    check_time(wish.starts_at, wish.ends_at)
    if wish.session:
        everything = Session.objects.select_related("hub", "room", "program")
        session = fetch(actor, "edit", everything, wish.session)
    else:
        session = Session(program=fetch(actor, "schedule", Program.objects.all(), wish.program or 0))
    hub = session.hub if session.hub_id == wish.hub else fetch(actor, "schedule", Hub.objects.all(), wish.hub)
    room = fetch(actor, "view", Room.objects.all(), wish.room) if wish.room else None
    check_room(room, hub)
    if wish.duty_worker != session.duty_worker_id:
        # Of anybody else it would tell where they are.
        social_worker(wish.duty_worker)
    session.hub, session.room = (session.hub, session.room) if session.pk else (hub, room)
    was = wish_of(session)
    wished = replace(
        was,
        hub=hub,
        room=room,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        places=wish.places,
        worker=wish.duty_worker,
        kits=frozenset(wish.kits),
    )
    found = clashes(wished, known_of(wished, session=session.pk))
    before = clashes(was, known_of(was, session=session.pk)) if session.pk and found else []
    new = [clash for clash in found if clash.is_new(before)]
    allowed = bearable(hub_id=hub.pk, by=actor.person) if new else ()
    # What was borne before keeps it from no other room or time, unless that is what clashes anew.
    borne = set(Override.objects.filter(session=session.pk).values_list("code", flat=True)) if new else set()
    meant = borne - {clash.code for clash in new}
    return Look(
        clashes=[
            LookClash(
                code=clash.code,
                facts=facts,
                may_override=clash.code in allowed,
                asked=clash.code == ASKED,
                told=clash.code == TOLD,
            )
            for clash, facts in zip(new, named(clash.facts for clash in new), strict=True)
        ],
        offers=[LookOffer.of(one) for one in (nearest(wished, session=session.pk, meant=meant) if new else [])],
    )
