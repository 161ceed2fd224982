"""Who hangs a screen in a hub's lobby: who answers for the hub."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Hub


@rule(Hub, "set_up_wall")
def set_up_wall(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(pk__in=actor.hub_ids)
