"""/api/families: a family as its guardians and caregivers see it, and how one begins."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema, Status

from hub.access.actor import Actor
from hub.access.operations import acting, anyone, guardians
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.consents import answer
from hub.people.family_cards import card_of, replace_card, revoke_card
from hub.people.family_links import ask_guardian, invite_guardian
from hub.people.family_schemas import (
    AnswersIn,
    FamilyCardOut,
    MyFamilyOut,
    NamedIn,
    NewChildIn,
    answers_of,
    card_out,
    my_family_out,
)
from hub.people.family_starts import Named, NewChild, add_child, start_for, start_own
from hub.people.me import ensure_person
from hub.people.models import Child, Family, FamilyMember
from hub.people.pickups import add_caregiver, add_pickup, allow_caregiver, change_code, remove_member
from hub.people.sign_in import welcome_new_number

router = Router()


class FamilyStartIn(Schema):
    name: str = Field("", max_length=60)
    """Who starts it, where this number has nobody here yet."""
    part: Literal["guardian", "caregiver"]
    relation: str = Field("", max_length=20)
    children: list[NewChildIn] = Field(max_length=10)
    guardian: NamedIn | None = None
    """By a caregiver: who has to agree."""


class FamilyMemberIn(NamedIn):
    phone: str = Field("", max_length=40)
    part: Literal["caregiver", "pickup"]


class CaregiverIn(Schema):
    may_book: bool
    may_name_pickups: bool


def _families(actor: Actor) -> list[MyFamilyOut]:
    rows = visible(actor, "belong", Family.objects.select_related("guardian", "started_by"))
    return [my_family_out(family, me=actor.person) for family in rows.order_by("pk")]


def _own(request: HttpRequest, family_id: int, action: str = "belong") -> Family:
    return fetch(acting(request), action, Family.objects.select_related("guardian", "started_by"), family_id)


def _member(request: HttpRequest, member_id: int) -> FamilyMember:
    return fetch(acting(request), "belong", FamilyMember.objects.select_related("family", "person"), member_id)


def _shown(request: HttpRequest, family: Family) -> MyFamilyOut:
    fresh = Family.objects.select_related("guardian", "started_by").get(pk=family.pk)
    return my_family_out(fresh, me=acting(request).person)


@router.post("/families/begin", response={204: None}, auth=anyone)
def post_begin(request: HttpRequest) -> Status[None]:
    """Who comes for the first time: the next number this browser signs in with may be a new one."""
    welcome_new_number(request)
    return Status(204, None)


@router.post("/families/start", response=MyFamilyOut, auth=anyone)
def post_start(request: HttpRequest, wish: FamilyStartIn) -> MyFamilyOut:
    """By a guardian, or by a caregiver for a guardian who is then sent a link. Asks for a sign-in."""
    person = ensure_person(request, wish.name)
    children = [NewChild(one.name, one.born) for one in wish.children]
    if wish.part == "guardian":
        family = start_own(guardian=person, relation=wish.relation, children=children)
    else:
        if wish.guardian is None:
            raise Refused("name_missing")
        guardian = Named(wish.guardian.name, wish.guardian.phone, wish.guardian.relation)
        family = start_for(guardian=guardian, relation=wish.relation, children=children, by=person)
    return _shown(request, family)


@router.get("/families/mine", response=list[MyFamilyOut], auth=guardians)
def get_mine(request: HttpRequest, response: HttpResponse) -> list[MyFamilyOut]:
    """Mine, and those for which I care."""
    response["Cache-Control"] = "no-store"
    return _families(acting(request))


@router.post("/families/{int:family_id}/children", response=MyFamilyOut, auth=guardians)
def post_child(request: HttpRequest, family_id: int, child: NewChildIn) -> MyFamilyOut:
    family = _own(request, family_id)
    add_child(family=family, child=NewChild(child.name, child.born), by=acting(request).person)
    return _shown(request, family)


@router.post("/families/children/{int:child_id}/consents", response=MyFamilyOut, auth=guardians)
def post_consents(request: HttpRequest, child_id: int, said: AnswersIn) -> MyFamilyOut:
    """Agreed to or taken back, each apart; the newest holds."""
    actor = acting(request)
    child = fetch(actor, "consent", Child.objects.select_related("family", "person"), child_id)
    answer(child=child, answers=answers_of(said.answers), by=actor.person)
    return _shown(request, child.family)


@router.post("/families/{int:family_id}/ask", response=MyFamilyOut, auth=guardians)
def post_ask(request: HttpRequest, family_id: int) -> MyFamilyOut:
    """Send the guardian the link once more."""
    family = _own(request, family_id)
    ask_guardian(family=family, by=acting(request).person)
    return _shown(request, family)


@router.post("/families/{int:family_id}/guardian", response=MyFamilyOut, auth=guardians)
def post_guardian(request: HttpRequest, family_id: int, named: NamedIn) -> MyFamilyOut:
    """Ask the second guardian in."""
    family = _own(request, family_id, "guard")
    by = acting(request).person
    invite_guardian(family=family, name=named.name, phone=named.phone, relation=named.relation, by=by)
    return _shown(request, family)


@router.post("/families/{int:family_id}/members", response=MyFamilyOut, auth=guardians)
def post_member(request: HttpRequest, family_id: int, named: FamilyMemberIn) -> MyFamilyOut:
    """A caregiver, or somebody who may fetch the children."""
    family, by = _own(request, family_id), acting(request).person
    add = add_caregiver if named.part == "caregiver" else add_pickup
    add(family=family, name=named.name, phone=named.phone, relation=named.relation, by=by)
    return _shown(request, family)


@router.delete("/families/members/{int:member_id}", response=MyFamilyOut, auth=guardians)
def delete_member(request: HttpRequest, member_id: int) -> MyFamilyOut:
    member = _member(request, member_id)
    remove_member(member=member, by=acting(request).person)
    return _shown(request, member.family)


@router.put("/families/members/{int:member_id}", response=MyFamilyOut, auth=guardians)
def put_member(request: HttpRequest, member_id: int, wish: CaregiverIn) -> MyFamilyOut:
    """How far a caregiver acts for the family."""
    member = _member(request, member_id)
    by = acting(request).person
    allow_caregiver(member=member, may_book=wish.may_book, may_name_pickups=wish.may_name_pickups, by=by)
    return _shown(request, member.family)


@router.post("/families/members/{int:member_id}/code", response=MyFamilyOut, auth=guardians)
def post_code(request: HttpRequest, member_id: int) -> MyFamilyOut:
    """A new code for a pick-up person."""
    member = _member(request, member_id)
    change_code(member=member, by=acting(request).person)
    return _shown(request, member.family)


@router.get("/families/{int:family_id}/card", response=FamilyCardOut, auth=guardians)
def get_card(request: HttpRequest, response: HttpResponse, family_id: int) -> FamilyCardOut:
    family = _own(request, family_id)
    response["Cache-Control"] = "no-store"
    return card_out(card_of(family), family)


@router.post("/families/{int:family_id}/card/replace", response=FamilyCardOut, auth=guardians)
def post_replace(request: HttpRequest, family_id: int) -> FamilyCardOut:
    family = _own(request, family_id, "guard")
    return card_out(replace_card(family=family, by=acting(request).person), family)


@router.post("/families/{int:family_id}/card/revoke", response=FamilyCardOut, auth=guardians)
def post_revoke(request: HttpRequest, family_id: int) -> FamilyCardOut:
    family = _own(request, family_id, "guard")
    return card_out(revoke_card(family=family, by=acting(request).person), family)
