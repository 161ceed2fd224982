"""Who plans what: administrators the district, coordinators their sites; regulators look on."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Hub
from scheduling.planning.models import Run


@rule(Hub, "plan")
def plan(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(pk__in=actor.hub_ids) if actor.hub_ids else None


@rule(Hub, "view_plans")
def view_plans(actor: Actor) -> Q | None:
    return Q() if actor.sees_district else plan(actor)


@rule(Run, "edit")
def edit(actor: Actor) -> Q | None:
    """A run of sites that are all one's own."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    if not actor.hub_ids:
        return None
    beyond = Run.hubs.through.objects.exclude(hub_id__in=actor.hub_ids)
    return ~Q(pk__in=beyond.values("run_id"))


@rule(Run, "view")
def view(actor: Actor) -> Q | None:
    return Q() if actor.sees_district else edit(actor)
