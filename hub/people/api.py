"""/api/me and the demo's one-click sign-in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.actor import Actor, actor_of
from hub.access.operations import anyone
from hub.errors import Refused
from hub.people.me import choose_person, persons_of, sign_in_as_demo
from hub.people.models import Role, User

router = Router()


class PersonOut(Schema):
    id: int
    name: str


class RoleOut(Schema):
    role: Role
    scope_kind: str
    scope_id: int | None
    scope_name: str


class MeOut(Schema):
    signed_in: bool
    person: PersonOut | None
    persons: list[PersonOut]
    roles: list[RoleOut]
    demo: bool


def roles_of(actor: Actor) -> list[RoleOut]:
    rows = []
    for grant in actor.grants:
        scope = grant.hub or grant.agency
        rows.append(
            RoleOut(
                role=Role(grant.role),
                scope_kind="hub" if grant.hub_id else "agency" if grant.agency_id else "district",
                scope_id=scope.pk if scope else None,
                scope_name=scope.name if scope else "",
            )
        )
    return rows


def me_out(request: HttpRequest) -> MeOut:
    actor = actor_of(request)
    user = request.user
    return MeOut(
        signed_in=isinstance(user, User),
        person=PersonOut(id=actor.person.pk, name=actor.person.name) if actor else None,
        persons=[PersonOut(id=p.pk, name=p.name) for p in persons_of(user)] if isinstance(user, User) else [],
        roles=roles_of(actor) if actor else [],
        demo=settings.DEMO,
    )


@router.get("/me", response=MeOut, auth=anyone)
def get_me(request: HttpRequest) -> MeOut:
    return me_out(request)


class ChoiceIn(Schema):
    person_id: int


@router.post("/me/person", response=MeOut, auth=anyone)
def post_choice(request: HttpRequest, choice: ChoiceIn) -> MeOut:
    """Act as one of the persons behind the signed-in phone number."""
    choose_person(request, choice.person_id)
    return me_out(request)


@router.post("/me/sign-out", response=MeOut, auth=anyone)
def post_sign_out(request: HttpRequest) -> MeOut:
    logout(request)
    request.__dict__.pop("_actor", None)
    return me_out(request)


class DemoIn(Schema):
    role: Role


@router.post("/demo/sign-in", response=MeOut, auth=anyone)
def post_demo_sign_in(request: HttpRequest, wish: DemoIn) -> MeOut:
    if not settings.DEMO:
        raise Refused("not_found")
    sign_in_as_demo(request, wish.role)
    return me_out(request)
