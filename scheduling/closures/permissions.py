"""Who closes a room or a site: whoever furnishes it. That it is closed is no secret."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from scheduling.sessions.models import Closure


@rule(Closure, "view")
def view(actor: Actor) -> Q | None:
    return Q()


@rule(Closure, "lift")
def lift(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)
