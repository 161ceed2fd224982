"""Who sees and who changes sessions among the staff. Volunteers and families see theirs through their own pages."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Residency
from programs.models import Program
from scheduling.sessions.models import Session


@rule(Session, "view")
def view(actor: Actor) -> Q | None:
    """The district's see all; a coordinator their sites; a social worker their agency's and all where it resides."""
    if actor.sees_district:
        return Q()
    condition = Q(pk__in=())
    if actor.hub_ids:
        condition |= Q(hub__in=actor.hub_ids)
    if actor.agency_ids:
        residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
        condition |= Q(program__agency__in=actor.agency_ids) | Q(hub__in=residing)
    return condition if actor.hub_ids or actor.agency_ids else None


@rule(Session, "edit", "view_people")
def edit(actor: Actor) -> Q | None:
    """Who may change a session is who calls its people."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    condition = Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)
    return condition if actor.hub_ids or actor.agency_ids else None


@rule(Program, "schedule")
def schedule_program(actor: Actor) -> Q | None:
    """Whose sessions one may add: coordinators any program's at their sites, social workers their agency's."""
    if actor.has(Role.ADMINISTRATOR, Role.COORDINATOR):
        return Q()
    return Q(agency__in=actor.agency_ids) if actor.agency_ids else None
