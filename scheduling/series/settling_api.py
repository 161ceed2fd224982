"""What a request says of how clashes are settled: rooms as they are found, and nothing borne that is not theirs to
bear."""

from __future__ import annotations

from hub.access.actor import Actor
from hub.access.rules import fetch
from hub.errors import Refused
from hub.places.models import Room
from scheduling.series.schemas import RowsSettled
from scheduling.series.settling import Choice, Settled
from scheduling.sessions.overrides import bearable


def settled_of(actor: Actor, wish: RowsSettled, *, hub: int) -> Settled:
    """Refused: not_found (a room), invalid with each place that names what this person may not bear there."""
    named = [(f"body.borne.{at}", code) for at, code in enumerate(wish.borne)]
    for number, choice in enumerate(wish.choices):
        named += [(f"body.choices.{number}.borne.{at}", code) for at, code in enumerate(choice.borne)]
    allowed = bearable(hub_id=hub, by=actor.person) if named else ()
    if wrong := [place for place, code in named if code not in allowed]:
        raise Refused("invalid", places=[{"place": place, "code": "may_not_bear"} for place in wrong])
    if zoneless := [
        number for number, one in enumerate(wish.choices) if one.starts_at and one.starts_at.tzinfo is None
    ]:
        places = [{"place": f"body.choices.{number}.starts_at", "code": "time_without_zone"} for number in zoneless]
        raise Refused("invalid", places=places)
    wanted = {one.room for one in wish.choices if one.room}
    rooms = {pk: fetch(actor, "view", Room.objects.all(), pk) for pk in wanted}
    choices = {
        one.row: Choice(rooms[one.room] if one.room else None, one.starts_at, tuple(one.borne)) for one in wish.choices
    }
    return Settled(choices, tuple(wish.borne), wish.borne_reason)
