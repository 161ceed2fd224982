"""/api/people: who holds which role, granting and taking back."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Router, Schema, Status

from hub.access.actor import Actor
from hub.access.operations import Allow, acting, planners
from hub.access.rules import fetch, visible
from hub.people.directory import search
from hub.people.models import Person, Role, RoleGrant
from hub.people.roles import Scope, appoint, grant_role, revoke_role
from hub.places.models import Agency, Hub
from hub.sealed import mask_phone

router = Router()
overseers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)
PAGE = 50


class HeldRole(Schema):
    id: int
    role: Role
    scope_kind: str
    scope_id: int | None
    scope_name: str
    revocable: bool


class RoleHolder(Schema):
    id: int
    name: str
    phone: str
    """Masked."""
    community: str
    roles: list[HeldRole]


class RoleHolders(Schema):
    people: list[RoleHolder]
    more: bool


def _with_roles(actor: Actor, persons: QuerySet[Person]) -> QuerySet[Person]:
    grants = visible(actor, "view", RoleGrant.objects.all()).select_related("hub", "agency").order_by("pk")
    return persons.prefetch_related(Prefetch("grants", grants, to_attr="seen_grants"))


def _describe(actor: Actor, persons: list[Person]) -> list[RoleHolder]:
    grants = [grant.pk for person in persons for grant in person.seen_grants]  # type: ignore[attr-defined]
    revocable = set(visible(actor, "revoke", RoleGrant.objects.filter(pk__in=grants)).values_list("pk", flat=True))
    return [
        RoleHolder(
            id=person.pk,
            name=person.name,
            phone=mask_phone(person.phone) if person.phone else "",
            community=person.community,
            roles=[_describe_grant(grant, grant.pk in revocable) for grant in person.seen_grants],  # type: ignore[attr-defined]
        )
        for person in persons
    ]


def _describe_grant(grant: RoleGrant, revocable: bool) -> HeldRole:
    scope = grant.hub or grant.agency
    return HeldRole(
        id=grant.pk,
        role=Role(grant.role),
        scope_kind="hub" if grant.hub_id else "agency" if grant.agency_id else "district",
        scope_id=scope.pk if scope else None,
        scope_name=scope.name if scope else "",
        revocable=revocable,
    )


def _describe_one(actor: Actor, person_id: int) -> RoleHolder:
    person = fetch(actor, "view", _with_roles(actor, Person.objects.all()), person_id)
    return _describe(actor, [person])[0]


@router.get("/people", response=RoleHolders, auth=overseers)
def get_people(request: HttpRequest, q: str = "", role: Role | None = None, skip: int = 0) -> RoleHolders:
    """Persons one may see, by part of the name or by the whole phone number, with their roles."""
    actor = acting(request)
    persons = visible(actor, "view", Person.objects.all())
    if q.strip():
        persons = search(persons, q)
    if role:
        persons = persons.filter(pk__in=RoleGrant.objects.filter(role=role).values("person_id"))
    skip = min(max(skip, 0), 100_000)
    found = list(_with_roles(actor, persons.order_by("pk"))[skip : skip + PAGE + 1])
    return RoleHolders(people=_describe(actor, found[:PAGE]), more=len(found) > PAGE)


class RoleChoice(Schema):
    role: Role
    scope_kind: str


class ScopeName(Schema):
    id: int
    name: str


class RoleChoices(Schema):
    roles: list[RoleChoice]
    hubs: list[ScopeName]
    agencies: list[ScopeName]


@router.get("/people/role-choices", response=RoleChoices, auth=planners)
def get_role_choices(request: HttpRequest) -> RoleChoices:
    """What the asking person may grant, and for where."""
    actor = acting(request)
    roles = list(Role) if actor.has(Role.ADMINISTRATOR) else [Role.VOLUNTEER, Role.COORDINATOR, Role.SOCIAL_WORKER]
    kinds = {Role.COORDINATOR: "hub", Role.SOCIAL_WORKER: "agency"}
    hubs = visible(actor, "appoint", Hub.objects.order_by("pk"))
    agencies = visible(actor, "appoint", Agency.objects.order_by("pk"))
    return RoleChoices(
        roles=[RoleChoice(role=role, scope_kind=kinds.get(role, "district")) for role in roles],
        hubs=[ScopeName(id=hub.pk, name=hub.name) for hub in hubs],
        agencies=[ScopeName(id=agency.pk, name=agency.name) for agency in agencies],
    )


class RoleWish(Schema):
    role: Role
    hub_id: int | None = None
    agency_id: int | None = None


class Appointment(RoleWish):
    name: str
    phone: str


def _scope_of(actor: Actor, wish: RoleWish) -> Scope:
    return {
        "hub": fetch(actor, "appoint", Hub.objects.all(), wish.hub_id) if wish.hub_id else None,
        "agency": fetch(actor, "appoint", Agency.objects.all(), wish.agency_id) if wish.agency_id else None,
    }


@router.post("/people", response={201: RoleHolder}, auth=planners)
def post_appointment(request: HttpRequest, wish: Appointment) -> Status[RoleHolder]:
    """A role for someone by name and number, known here or not."""
    actor = acting(request)
    grant = appoint(name=wish.name, phone=wish.phone, role=wish.role, by=actor, **_scope_of(actor, wish))
    return Status(201, _describe_one(actor, grant.person_id))


@router.get("/people/{int:person_id}/roles", response=RoleHolder, auth=overseers)
def get_person_roles(request: HttpRequest, person_id: int) -> RoleHolder:
    return _describe_one(acting(request), person_id)


@router.post("/people/{int:person_id}/roles", response=RoleHolder, auth=planners)
def post_role(request: HttpRequest, person_id: int, wish: RoleWish) -> RoleHolder:
    actor = acting(request)
    person = fetch(actor, "view", Person.objects.all(), person_id)
    grant_role(person=person, role=wish.role, by=actor, **_scope_of(actor, wish))
    return _describe_one(actor, person_id)


@router.delete("/people/roles/{int:grant_id}", response={204: None}, auth=planners)
def delete_role(request: HttpRequest, grant_id: int) -> Status[None]:
    actor = acting(request)
    revoke_role(grant=fetch(actor, "revoke", RoleGrant.objects.select_related("person"), grant_id), by=actor)
    return Status(204, None)
