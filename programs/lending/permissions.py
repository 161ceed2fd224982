"""Everybody who signed in finds books. Who puts books on a hub's shelves looks after its copies."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Hub, Residency
from programs.lending.models import Copy, StickerSheet, Title


@rule(Title, "view")
@rule(Copy, "view")
def view(actor: Actor) -> Q | None:
    return Q()


@rule(Title, "edit")
def edit(actor: Actor) -> Q | None:
    """A title is shared by all hubs: whoever looks after copies anywhere may set it right."""
    return Q() if actor.has(Role.ADMINISTRATOR, Role.COORDINATOR, Role.SOCIAL_WORKER) else None


@rule(Hub, "keep_books")
def keep_books(actor: Actor) -> Q | None:
    """An administrator anywhere, a coordinator at their hubs, a social worker where their agency resides."""
    return _at_own(actor, "pk")


@rule(Copy, "manage")
@rule(StickerSheet, "print")
def manage(actor: Actor) -> Q | None:
    return _at_own(actor, "hub")


def _at_own(actor: Actor, hub: str) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    if not actor.hub_ids and not actor.agency_ids:
        return None
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    return Q(**{f"{hub}__in": actor.hub_ids}) | Q(**{f"{hub}__in": residing})
