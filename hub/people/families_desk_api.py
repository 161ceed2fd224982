"""/api/families at the desk: found, started for a guardian, papers recorded, the card printed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from hub.access.actor import Actor
from hub.access.operations import acting, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.consents import record_paper
from hub.people.family_cards import card_of
from hub.people.family_links import ask_guardian
from hub.people.family_schemas import (
    AnswersIn,
    DeskFamilyOut,
    FamilyCardOut,
    NamedIn,
    NewChildIn,
    answers_of,
    card_out,
    desk_out,
)
from hub.people.family_search import at_desk, find_families
from hub.people.family_starts import Named, NewChild, start_at_desk
from hub.people.models import Child, Family, Person
from hub.places.models import Hub

router = Router()


class FindFamilyIn(Schema):
    q: str = Field(max_length=60)


class GuardianToldIn(Schema):
    guardian_phone: str = Field("", max_length=40)
    """For a family that no session and no site of theirs knows: its guardian's whole number."""


class ChildsPaperIn(AnswersIn, GuardianToldIn):
    signed_by: int
    signed_on: dt.date


class DeskStartIn(Schema):
    hub: int
    guardian: NamedIn
    children: list[NewChildIn] = Field(max_length=10)
    caregiver: NamedIn | None = None


class DeskHubOut(Schema):
    id: int
    name: str


def _fresh(family: Family, actor: Actor) -> DeskFamilyOut:
    return desk_out([Family.objects.select_related("guardian", "hub").get(pk=family.pk)], by=actor)[0]


@router.post("/families/find", response=list[DeskFamilyOut], auth=schedulers)
def post_find(request: HttpRequest, response: HttpResponse, wish: FindFamilyIn) -> list[DeskFamilyOut]:
    """By a child's name among the families they know, or any by its guardian's whole number. Logged; a number stays out
    of the address."""
    response["Cache-Control"] = "no-store"
    actor = acting(request)
    return desk_out(find_families(actor=actor, text=wish.q), by=actor)


@router.get("/families/hubs", response=list[DeskHubOut], auth=schedulers)
def get_hubs(request: HttpRequest) -> list[DeskHubOut]:
    """Sites at which they may start a family."""
    hubs = visible(acting(request), "start_family_at", Hub.objects.filter(parent=None)).distinct()
    return [DeskHubOut(id=hub.pk, name=hub.name) for hub in hubs.order_by("pk")]


@router.post("/families", response=DeskFamilyOut, auth=schedulers)
def post_family(request: HttpRequest, wish: DeskStartIn) -> DeskFamilyOut:
    actor = acting(request)
    hub = fetch(actor, "start_family_at", Hub.objects.distinct(), wish.hub)
    family = start_at_desk(
        guardian=_named(wish.guardian),
        children=[NewChild(one.name, one.born) for one in wish.children],
        caregiver=_named(wish.caregiver) if wish.caregiver else None,
        hub=hub,
        by=actor.person,
    )
    return _fresh(family, actor)


@router.post("/families/children/{int:child_id}/paper-consent", response=DeskFamilyOut, auth=schedulers)
def post_paper(request: HttpRequest, child_id: int, said: ChildsPaperIn) -> DeskFamilyOut:
    """A paper they saw: who signed it, when, and what was agreed to."""
    actor = acting(request)
    child = _child(actor, child_id, said.guardian_phone)
    signer = Person.objects.filter(pk=said.signed_by).first()
    if signer is None:
        raise Refused("not_a_guardian")
    record_paper(
        child=child, answers=answers_of(said.answers), signed_by=signer, signed_on=said.signed_on, by=actor.person
    )
    return _fresh(child.family, actor)


@router.post("/families/{int:family_id}/desk/ask", response=DeskFamilyOut, auth=schedulers)
def post_desk_ask(request: HttpRequest, family_id: int, told: GuardianToldIn) -> DeskFamilyOut:
    """Send the guardian the link."""
    actor = acting(request)
    family = at_desk(actor=actor, family=family_id, guardian_phone=told.guardian_phone)
    ask_guardian(family=family, by=actor.person)
    return _fresh(family, actor)


@router.post("/families/{int:family_id}/desk/card", response=FamilyCardOut, auth=schedulers)
def post_desk_card(request: HttpRequest, response: HttpResponse, family_id: int, told: GuardianToldIn) -> FamilyCardOut:
    """To print it for them."""
    family = at_desk(actor=acting(request), family=family_id, guardian_phone=told.guardian_phone)
    response["Cache-Control"] = "no-store"
    return card_out(card_of(family), family)


def _child(actor: Actor, child: int, guardian_phone: str) -> Child:
    row = Child.objects.filter(pk=child, person__erased_at__isnull=True).select_related("family", "person").first()
    if row is None:
        raise Refused("not_found", model="child", id=child)
    at_desk(actor=actor, family=row.family_id, guardian_phone=guardian_phone)
    return row


def _named(one: NamedIn) -> Named:
    return Named(one.name, one.phone, one.relation)
