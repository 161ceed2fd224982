"""/api/me: who am I, and which of this phone's persons; the demo's one-click sign-in."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.actor import Actor, actor_of
from hub.access.operations import anyone, demo_visitors
from hub.people.care_notes_api import router as care_notes_router
from hub.people.demo import sign_in_as_demo
from hub.people.families_api import router as families_router
from hub.people.families_desk_api import router as families_desk_router
from hub.people.family_links_api import router as family_links_router
from hub.people.me import choose_person, persons_of, sign_out
from hub.people.models import Role, User
from hub.people.my_data_api import router as my_data_router
from hub.people.roles_api import router as roles_router
from hub.people.setup_api import router as setup_router
from hub.sealed import mask_phone

router = Router()
router.add_router("", roles_router)
router.add_router("", care_notes_router)
router.add_router("", setup_router)
router.add_router("", my_data_router)
router.add_router("", families_desk_router)
router.add_router("", families_router)
router.add_router("", family_links_router)


class PersonName(Schema):
    id: int
    name: str


class Grant(Schema):
    role: Role
    scope_kind: str
    scope_id: int | None
    scope_name: str


class Me(Schema):
    signed_in: bool
    person: PersonName | None
    persons: list[PersonName]
    roles: list[Grant]
    phone: str
    """Masked: the screen may lie open on a desk."""
    demo: bool


def roles_of(actor: Actor) -> list[Grant]:
    rows = []
    for grant in actor.grants:
        scope = grant.hub or grant.agency
        rows.append(
            Grant(
                role=Role(grant.role),
                scope_kind="hub" if grant.hub_id else "agency" if grant.agency_id else "district",
                scope_id=scope.pk if scope else None,
                scope_name=scope.name if scope else "",
            )
        )
    return rows


def describe_me(request: HttpRequest) -> Me:
    actor = actor_of(request)
    user = request.user if isinstance(request.user, User) else None
    return Me(
        signed_in=user is not None,
        person=PersonName(id=actor.person.pk, name=actor.person.name) if actor else None,
        persons=[PersonName(id=person.pk, name=person.name) for person in persons_of(user)] if user else [],
        roles=roles_of(actor) if actor else [],
        phone=mask_phone(user.phone) if user else "",
        demo=settings.DEMO,
    )


@router.get("/me", response=Me, auth=anyone)
def get_me(request: HttpRequest) -> Me:
    return describe_me(request)


class PersonChoice(Schema):
    person_id: int


@router.post("/me/person", response=Me, auth=anyone)
def post_person_choice(request: HttpRequest, choice: PersonChoice) -> Me:
    """Act as one of the persons behind the signed-in phone number."""
    choose_person(request, choice.person_id)
    return describe_me(request)


@router.post("/me/sign-out", response=Me, auth=anyone)
def post_sign_out(request: HttpRequest) -> Me:
    sign_out(request)
    return describe_me(request)


class DemoWish(Schema):
    role: Role


@router.post("/demo/sign-in", response=Me, auth=demo_visitors)
def post_demo_sign_in(request: HttpRequest, wish: DemoWish) -> Me:
    """Only in the demo; there is no such thing elsewhere."""
    sign_in_as_demo(request, wish.role)
    return describe_me(request)
