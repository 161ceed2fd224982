"""Who sees volunteers: themselves, and the staff who plan with them."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import STAFF, Actor
from hub.access.rules import rule
from hub.people.models import Role
from volunteers.models import StandingShift, Volunteer


@rule(Volunteer, "view")
def view(actor: Actor) -> Q | None:
    return Q() if actor.has(*STAFF) else Q(person=actor.person)


@rule(StandingShift, "end")
def end_standing_shift(actor: Actor) -> Q | None:
    """Its owner's, and of who may change its sessions."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(volunteer__person=actor.person) | Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)


@rule(Volunteer, "verify", "wish_for")
def verify(actor: Actor) -> Q | None:
    """Volunteers serve all over the district: whoever plans with them records their checks, and what they wish."""
    return Q() if actor.has(Role.COORDINATOR, Role.ADMINISTRATOR) else None
