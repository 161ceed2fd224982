"""Who may see which persons and roles. Children are never found here: each app shows them where they take part."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from hub.access.actor import STAFF, Actor
from hub.access.rules import rule
from hub.people.circles import belonging_to, guarded_by
from hub.people.models import Child, Family, FamilyMember, Person, Role, RoleGrant
from hub.places.models import Agency, Hub, Residency

ADULT = Q(child__isnull=True, erased_at__isnull=True)


def _holders(condition: Q) -> Q:
    return ADULT & Q(pk__in=RoleGrant.objects.filter(condition).values("person_id"))


@rule(Person, "view")
def view_person(actor: Actor) -> Q | None:
    """Administrators: every adult. Coordinators: volunteers, staff of their hubs. Regulators: who holds office."""
    if actor.has(Role.ADMINISTRATOR):
        return ADULT
    seen = Q(pk=actor.person.pk)
    if actor.has(Role.COORDINATOR):
        seen |= _holders(Q(role=Role.VOLUNTEER) | _at(actor.hub_ids))
    if actor.has(Role.REGULATOR):
        seen |= _holders(Q(role__in=STAFF))
    return seen


@rule(RoleGrant, "view")
def view_grant(actor: Actor) -> Q | None:
    if actor.sees_district:
        return Q()
    seen = Q(person=actor.person)
    if actor.has(Role.COORDINATOR):
        seen |= Q(role=Role.VOLUNTEER) | _at(actor.hub_ids)
    return seen


@rule(RoleGrant, "revoke")
def revoke_grant(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return _at(actor.hub_ids) if actor.has(Role.COORDINATOR) else None


@rule(Hub, "appoint")
def appoint_at_hub(actor: Actor) -> Q | None:
    """Hubs for which one may give roles."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(pk__in=actor.hub_ids) if actor.has(Role.COORDINATOR) else None


@rule(Agency, "appoint")
def appoint_at_agency(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(pk__in=_living_at(actor.hub_ids)) if actor.has(Role.COORDINATOR) else None


@rule(Family, "belong")
def belong(actor: Actor) -> Q | None:
    """Families that a person sees as a guardian or a caregiver."""
    return belonging_to(actor.person.pk)


@rule(Family, "guard")
def guard_family(actor: Actor) -> Q | None:
    return guarded_by(actor.person.pk)


@rule(Child, "consent")
def consent_for(actor: Actor) -> Q | None:
    return Q(family__in=Family.objects.filter(guarded_by(actor.person.pk)), person__erased_at__isnull=True)


@rule(FamilyMember, "belong")
def member_of_own(actor: Actor) -> Q | None:
    return Q(family__in=Family.objects.filter(belonging_to(actor.person.pk)))


@rule(Family, "look_after")
def look_after(actor: Actor) -> Q | None:
    """Started at a site that one coordinates, or where one's agency is."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    resident = Residency.objects.filter(agency_id__in=actor.agency_ids).values("hub_id")
    return Q(hub_id__in=actor.hub_ids) | Q(hub_id__in=resident)


@rule(Hub, "start_family_at")
def start_family_at(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    resident = Residency.objects.filter(agency_id__in=actor.agency_ids).values("hub_id")
    return Q(pk__in=actor.hub_ids) | Q(pk__in=resident)


def _at(hub_ids: frozenset[int]) -> Q:
    """Roles exercised at these hubs: their coordinators, and social workers of the agencies that live there."""
    return Q(hub_id__in=hub_ids) | Q(agency_id__in=_living_at(hub_ids))


def _living_at(hub_ids: frozenset[int]) -> QuerySet[Residency, int]:
    return Residency.objects.filter(hub_id__in=hub_ids).values_list("agency_id", flat=True)
