"""Where places are: known to everybody who signed in. Who puts sessions into them is fewer."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Agency, Hub, Kit, Residency, Room


@rule(Hub, "view")
@rule(Room, "view")
@rule(Kit, "view")
@rule(Agency, "view")
def view(actor: Actor) -> Q | None:
    return Q()


@rule(Hub, "schedule")
def schedule(actor: Actor) -> Q | None:
    """An administrator anywhere, a coordinator at their sites, a social worker where their agency resides."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    return Q(pk__in=actor.hub_ids) | Q(pk__in=residing)


@rule(Room, "furnish")
@rule(Kit, "furnish")
def furnish(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)


@rule(Hub, "set_robot", "look_after", "furnish")
def look_after(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(pk__in=actor.hub_ids)
