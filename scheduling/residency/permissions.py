"""Who reads a ledger: hub, agency, and who looks over the district. Hub and agency each speak for themselves."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Role
from hub.places.models import Residency
from scheduling.sessions.models import Session


@rule(Residency, "view_ledger")
def view_ledger(actor: Actor) -> Q | None:
    if actor.sees_district:
        return Q()
    return Q(hub__in=actor.hub_ids) | Q(agency__in=actor.agency_ids)


@rule(Residency, "speak_for_hub")
def speak_for_hub(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)


@rule(Residency, "speak_for_agency")
def speak_for_agency(actor: Actor) -> Q | None:
    return Q(agency__in=actor.agency_ids)


@rule(Session, "count_people")
def count_people(actor: Actor) -> Q | None:
    """Who runs it, and who is on duty there."""
    if not actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        return None
    return Q(pk__in=visible(actor, "edit", Session.objects.all()).values("pk")) | Q(duty_worker=actor.person)
