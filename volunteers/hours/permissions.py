"""Who sees records: the volunteer, and the staff of where they served. Who answers for a session vouches for it."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Residency
from volunteers.hours.models import Export, ServiceRecord


@rule(ServiceRecord, "view")
def view(actor: Actor) -> Q | None:
    if actor.sees_district:
        return Q()
    residing = Residency.objects.filter(agency__in=actor.agency_ids).values("hub")
    mine = Q(volunteer__person=actor.person) | Q(in_charge=actor.person)
    return mine | Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids) | Q(hub__in=residing)


@rule(ServiceRecord, "answer")
def answer(actor: Actor) -> Q | None:
    """The volunteer's own yes or no."""
    return Q(volunteer__person=actor.person)


@rule(ServiceRecord, "vouch")
def vouch(actor: Actor) -> Q | None:
    """Who was in charge, or may change the session. Of their own hours the rules let nobody vouch."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(in_charge=actor.person) | Q(hub__in=actor.hub_ids) | Q(program__agency__in=actor.agency_ids)


@rule(ServiceRecord, "export")
def export(actor: Actor) -> Q | None:
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(hub__in=actor.hub_ids)


@rule(Export, "view")
def view_export(actor: Actor) -> Q | None:
    """Whoever made it, and administrators: it holds names."""
    return Q() if actor.has(Role.ADMINISTRATOR) else Q(made_by=actor.person)
