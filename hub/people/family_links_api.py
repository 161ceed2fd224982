"""/api/family-links/TOKEN: a guardian far away answers without signing in."""

from __future__ import annotations

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema

from hub import clock
from hub.access.guessing import by_token
from hub.access.operations import anyone
from hub.people.ages import eldest_first
from hub.people.consents import standing
from hub.people.family_links import accept_by_link, answer_by_link, find_link, refuse_by_link
from hub.people.family_schemas import ChildsConsent, ConsentOut, answers_of, consents_out
from hub.people.models import Child, FamilyLink, FamilyMember, Person
from hub.people.names import given_name
from hub.sealed import mask_name

router = Router()


class AskedChildOut(Schema):
    id: int
    name: str
    """The given name: the guardian knows who it is."""
    age: int | None
    consents: list[ConsentOut]


class FamilyLinkOut(Schema):
    purpose: FamilyLink.Purpose
    state: Literal["open", "answered", "refused"]
    asked: str
    by: str
    by_relation: str
    """What who asks is to the children; empty for staff."""
    children: list[AskedChildOut]


class FamilyAnswerIn(Schema):
    name: str = Field("", max_length=60)
    children: dict[int, dict[ChildsConsent, bool]] = {}
    """By child; nothing where an invitation is accepted."""


def page_out(link: FamilyLink) -> FamilyLinkOut:
    confirmed = link.family.confirmed_at is not None
    consent = link.purpose == FamilyLink.Purpose.CONSENT
    return FamilyLinkOut(
        purpose=FamilyLink.Purpose(link.purpose),
        state="answered" if (confirmed if consent else link.answered_at) else "open",
        asked=link.asked.name,
        by=link.sent_by.name if link.sent_by else "",
        by_relation=_relation(link, link.sent_by),
        children=_children(link) if consent else _names(link),
    )


def _relation(link: FamilyLink, by: Person | None) -> str:
    member = FamilyMember.objects.filter(family=link.family_id, person=by).exclude(relation="").first() if by else None
    return member.relation if member else ""


def _rows(link: FamilyLink) -> list[Child]:
    rows = Child.objects.filter(family=link.family_id, person__erased_at__isnull=True)
    return sorted(rows.select_related("person"), key=lambda row: eldest_first(row.person))


def _names(link: FamilyLink) -> list[AskedChildOut]:
    return [AskedChildOut(id=row.pk, name=mask_name(row.person.name), age=None, consents=[]) for row in _rows(link)]


def _children(link: FamilyLink) -> list[AskedChildOut]:
    rows = _rows(link)
    known = standing([row.person_id for row in rows])
    return [
        AskedChildOut(
            id=row.pk,
            name=given_name(row.person.name),
            age=clock.age_on(row.person.birth_date, clock.today()) if row.person.birth_date else None,
            consents=consents_out(known.get(row.person_id, {})),
        )
        for row in rows
    ]


@router.get("/family-links/{token}", response=FamilyLinkOut, auth=anyone)
def get_link(request: HttpRequest, response: HttpResponse, token: str) -> FamilyLinkOut:
    response["Cache-Control"] = "no-store"
    return page_out(by_token(request, token, find_link))


@router.post("/family-links/{token}", response=FamilyLinkOut, auth=anyone)
def post_link(request: HttpRequest, token: str, said: FamilyAnswerIn) -> FamilyLinkOut:
    """Consent by consent and child by child; or to be the second guardian."""
    link = by_token(request, token, find_link)
    if link.purpose == FamilyLink.Purpose.GUARDIAN:
        accept_by_link(link=link)
    else:
        answers = {child: answers_of(one) for child, one in said.children.items()}
        answer_by_link(link=link, name=said.name, said=answers)
    return page_out(by_token(request, token, find_link))


@router.post("/family-links/{token}/refuse", response=FamilyLinkOut, auth=anyone)
def post_refusal(request: HttpRequest, token: str) -> FamilyLinkOut:
    """No. What was entered is gone."""
    link = by_token(request, token, find_link)
    page = page_out(link)
    refuse_by_link(link=link)
    page.state, page.children = "refused", []
    return page
