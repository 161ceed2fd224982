"""Granting and taking back roles.

Who may: administrators, everything. Coordinators make coordinators of their own hubs (and of the canteens and meal
points below them), social workers of the agencies that live there, and volunteers; they take the first two back.
Guardians, regulators and administrators come from an administrator.
"""

from __future__ import annotations

from typing import TypedDict

from django.db import transaction

from hub.access.actor import Actor
from hub.access.rules import may
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.directory import add_person
from hub.people.models import Person, Role, RoleGrant
from hub.people.signals import roles_changed
from hub.places.models import Agency, Hub


class Scope(TypedDict):
    hub: Hub | None
    agency: Agency | None


def may_grant(*, by: Actor, role: str, hub: Hub | None, agency: Agency | None) -> bool:
    if by.has(Role.ADMINISTRATOR):
        return True
    if not by.has(Role.COORDINATOR):
        return False
    scope = hub or agency
    return role == Role.VOLUNTEER if scope is None else may(by, "appoint", scope)


@transaction.atomic
def grant_role(
    *, person: Person, role: Role, by: Actor | None, hub: Hub | None = None, agency: Agency | None = None
) -> RoleGrant:
    """Give `person` a role: a coordinator's for a hub, a social worker's for an agency, any other for the district.

    `by` is None for the system. A role already held stays as it is. Refused: scope_wrong, not_allowed, is_a_child.
    """
    if (hub is not None) != (role == Role.COORDINATOR) or (agency is not None) != (role == Role.SOCIAL_WORKER):
        raise Refused("scope_wrong", role=role)
    if by is not None and not may_grant(by=by, role=role, hub=hub, agency=agency):
        raise Refused("not_allowed", role=role)
    if hasattr(person, "child"):
        raise Refused("is_a_child", person=person.pk)
    grant, made = RoleGrant.objects.get_or_create(
        person=person, role=role, hub=hub, agency=agency, defaults={"granted_by": by.person if by else None}
    )
    if made:
        _record("role.granted", grant, by)
    return grant


@transaction.atomic
def appoint(
    *, name: str, phone: str, role: Role, by: Actor | None, hub: Hub | None = None, agency: Agency | None = None
) -> RoleGrant:
    """Give a role to someone known by name and number; a person new to this place is added."""
    return grant_role(person=add_person(name=name, phone=phone, by=by), role=role, by=by, hub=hub, agency=agency)


@transaction.atomic
def revoke_role(*, grant: RoleGrant, by: Actor | None) -> None:
    """Take a role back. Refused: not_allowed, last_administrator (someone must be able to grant the next one)."""
    if by is not None and not may(by, "revoke", grant):
        raise Refused("not_allowed", role=grant.role)
    if grant.role == Role.ADMINISTRATOR:
        # All rows, in order: of two administrators who take each other's role at once, one stays.
        administrators = RoleGrant.objects.filter(role=Role.ADMINISTRATOR).order_by("pk").select_for_update()
        if {one.pk for one in administrators} == {grant.pk}:
            raise Refused("last_administrator")
    deleted, _ = RoleGrant.objects.filter(pk=grant.pk).delete()
    if deleted:
        _record("role.revoked", grant, by)


def _record(action: str, grant: RoleGrant, by: Actor | None) -> None:
    append(
        action=action,
        subject=grant.person,
        actor_id=by.person.pk if by else None,
        hub_id=grant.hub_id or 0,
        role=grant.role,
        hub=grant.hub_id,
        agency=grant.agency_id,
    )
    roles_changed.send(sender=RoleGrant, person_id=grant.person_id)
    publish([f"person:{grant.person_id}"], "roles.changed", person=[grant.person_id])
