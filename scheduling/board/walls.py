"""A hub's lobby screen: an address for it, and what stands on it.

Everybody who walks by reads it, so it names nobody: what is on, when and where, whether people are missing, and what is
closed, but not why. The address is short enough to be typed with a remote control; trying to guess one is made slow
where it is opened.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub, Room
from hub.tokens import short_token, token_hash
from programs.kinds import all_kinds
from scheduling.board.models import Wall
from scheduling.board.rows import board_rows
from scheduling.closures.closed import spans_in
from scheduling.sessions.models import Session

SEEN_IS_NOTED_EVERY = dt.timedelta(minutes=5)
SHOWN = (Session.State.PLANNED, Session.State.CANCELLED)
"""Named one by one: a state that comes later stays off the wall until it is named here."""


@transaction.atomic
def set_up_wall(*, hub: Hub, by: Person) -> tuple[Wall, str]:
    """An address for the hub's screen, shown this once; the one before it ends."""
    token = short_token()
    values = {"token_hash": token_hash(token), "created_at": clock.now(), "seen_at": None}
    wall, _ = Wall.objects.update_or_create(hub=hub, defaults=values)
    append(action="wall.set_up", subject=wall, actor_id=by.pk, hub_id=hub.pk)
    return wall, token


@transaction.atomic
def take_down_wall(*, hub: Hub, by: Person) -> None:
    """Its address opens nothing any more. Again is harmless."""
    for wall in Wall.objects.select_for_update().filter(hub=hub):
        append(action="wall.taken_down", subject=wall, actor_id=by.pk, hub_id=hub.pk)
        wall.delete()


def find_wall(token: str) -> Wall:
    """Refused("not_found")."""
    wall = Wall.objects.filter(token_hash=token_hash(token)).select_related("hub").first()
    if wall is None:
        raise Refused("not_found", model="wall")
    return wall


def note_seen(wall: Wall) -> None:
    now = clock.now()
    if wall.seen_at is None or now - wall.seen_at >= SEEN_IS_NOTED_EVERY:
        Wall.objects.filter(pk=wall.pk).update(seen_at=now)


def shown_on(hub: Hub) -> dict[str, Any]:
    """What is left of the day at the hub, and what is closed; when a closed group meets is its members' to know."""
    now, day = clock.now(), clock.today()
    midnight = clock.at(day, clock.MINUTES_A_DAY)
    sessions = Session.objects.filter(
        hub=hub,
        state__in=SHOWN,
        program__kind__in=[one.code for one in all_kinds() if not one.at_home],
        group_only=False,
        ends_at__gt=now,
        starts_at__lt=midnight,
    )
    rooms = dict(Room.objects.filter(hub=hub).values_list("pk", "name"))
    kept = ("id", "title", "starts_at", "ends_at", "state", "missing")
    return {
        "hub": hub.name,
        "day": day,
        "closures": spans_in(hub.pk, now, midnight),
        "sessions": [
            {name: row[name] for name in kept} | {"room": rooms.get(row["room"], "")}
            for row in board_rows(sessions, actor=None)
        ],
    }
