"""What the API says of families: to guardians and caregivers, and at the desk."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal, cast

from ninja import Field, Schema

from hub import clock
from hub.access.actor import Actor
from hub.people.ages import eldest_first
from hub.people.care_notes import Note, readable
from hub.people.circles import Part, guardians_of
from hub.people.consents import TEXTS, Kind, holds, is_open, standing
from hub.people.family_cards import card_text
from hub.people.models import Child, Consent, Family, FamilyCard, FamilyLink, FamilyMember, Person
from hub.sealed import mask_phone

ChildsConsent = Literal["data", "photo", "first_aid", "home_alone"]


class ConsentOut(Schema):
    kind: ChildsConsent
    version: int
    """Of the text that an answer would be to now."""
    holds: bool
    open: bool
    """Not answered yet, or to an older text that covers less."""
    granted: bool | None
    answered_version: int | None
    given_by: str
    recorded_by: str
    """Empty where they said so themselves."""
    recorded_at: dt.datetime | None
    signed_on: dt.date | None


class FamilysChildOut(Schema):
    id: int
    name: str
    age: int | None
    born: dt.date | None
    relation: str
    consents: list[ConsentOut]


class FamilyMemberOut(Schema):
    id: int
    name: str
    part: FamilyMember.Part
    relation: str
    phone: str
    """Masked."""
    may_book: bool
    may_name_pickups: bool
    code: str
    """Empty for whoever it is not shown to."""
    me: bool


class FamilyAskedOut(Schema):
    purpose: FamilyLink.Purpose
    name: str
    sent_at: dt.datetime
    expires_at: dt.datetime


class MyFamilyOut(Schema):
    id: int
    part: Literal["guardian", "caregiver"]
    confirmed: bool
    guardians: list[str]
    started_by: str
    may_book: bool
    may_name_pickups: bool
    children: list[FamilysChildOut]
    members: list[FamilyMemberOut]
    asked: list[FamilyAskedOut]
    """Who was sent a link and has not answered."""


class FamilyCardOut(Schema):
    number: str
    text: str
    """What its QR says; empty while it is revoked."""
    revoked: bool
    children: list[str]


class GuardianName(Schema):
    id: int
    name: str


class DeskFamilyOut(Schema):
    id: int
    confirmed: bool
    guardians: list[GuardianName]
    phone: str
    hub: str
    children: list[FamilysChildOut]
    caregivers: list[str]
    asked: list[FamilyAskedOut]
    helped: list[int]
    """Children whose notes of hardship and who is away they may open: each reading is recorded."""


class NewChildIn(Schema):
    name: str = Field(max_length=60)
    born: dt.date


class NamedIn(Schema):
    name: str = Field(max_length=60)
    phone: str = Field(max_length=40)
    relation: str = Field("", max_length=20)


class AnswersIn(Schema):
    answers: dict[ChildsConsent, bool]


def answers_of(said: dict[ChildsConsent, bool]) -> dict[Consent.Kind, bool]:
    return {Kind(kind): granted for kind, granted in said.items()}


def consents_out(known: dict[Consent.Kind, Consent]) -> list[ConsentOut]:
    return [_consent_out(kind, known.get(kind)) for kind in TEXTS]


def _consent_out(kind: Consent.Kind, newest: Consent | None) -> ConsentOut:
    given, recorded = (newest.given_by, newest.recorded_by) if newest else (None, None)
    return ConsentOut(
        kind=cast(ChildsConsent, kind.value),
        version=TEXTS[kind].version,
        holds=holds(newest),
        open=is_open(newest),
        granted=newest.granted if newest else None,
        answered_version=newest.version if newest else None,
        given_by=_name(given),
        recorded_by=_name(recorded) if recorded != given else "",
        recorded_at=newest.recorded_at if newest else None,
        signed_on=newest.signed_on if newest else None,
    )


def _name(person: Person | None) -> str:
    return person.name if person and person.erased_at is None else ""


def children_out(families: Sequence[Family]) -> dict[int, list[FamilysChildOut]]:
    """By family, eldest first. Two queries for any number."""
    rows = Child.objects.filter(family__in=families, person__erased_at__isnull=True).select_related("person")
    children = sorted(rows, key=lambda row: eldest_first(row.person))
    known = standing([child.person_id for child in children])
    found: dict[int, list[FamilysChildOut]] = {family.pk: [] for family in families}
    for child in children:
        born = child.person.birth_date
        found[child.family_id].append(
            FamilysChildOut(
                id=child.pk,
                name=child.person.name,
                age=clock.age_on(born, clock.today()) if born else None,
                born=born,
                relation=child.relation,
                consents=consents_out(known.get(child.person_id, {})),
            )
        )
    return found


def links_out(families: Sequence[Family]) -> dict[int, list[FamilyAskedOut]]:
    """By family: the newest to each who was asked and has not answered. One query."""
    rows = FamilyLink.objects.filter(family__in=families, answered_at=None, expires_at__gt=clock.now())
    newest = {(row.family_id, row.purpose, row.asked_id): row for row in rows.select_related("asked").order_by("pk")}
    confirmed = {family.pk for family in families if family.confirmed_at}
    found: dict[int, list[FamilyAskedOut]] = {family.pk: [] for family in families}
    for row in newest.values():
        purpose = FamilyLink.Purpose(row.purpose)
        if purpose == FamilyLink.Purpose.GUARDIAN or row.family_id not in confirmed:
            found[row.family_id].append(
                FamilyAskedOut(purpose=purpose, name=row.asked.name, sent_at=row.sent_at, expires_at=row.expires_at)
            )
    return found


def my_family_out(family: Family, *, me: Person) -> MyFamilyOut:
    guardians = guardians_of(family)
    guardian = me.pk in {one.pk for one in guardians}
    members = list(FamilyMember.objects.filter(family=family).select_related("person").order_by("part", "pk"))
    mine = next((one for one in members if one.person_id == me.pk and one.part == Part.CAREGIVER), None)
    return MyFamilyOut(
        id=family.pk,
        part="guardian" if guardian else "caregiver",
        confirmed=family.confirmed_at is not None,
        guardians=[one.name for one in guardians],
        started_by=family.started_by.name if family.started_by and family.started_by_id != family.guardian_id else "",
        may_book=guardian or bool(mine and mine.may_book),
        may_name_pickups=guardian or bool(mine and mine.may_name_pickups),
        children=children_out([family])[family.pk],
        members=[_member_out(one, me=me, guardian=guardian) for one in members if one.part != Part.GUARDIAN],
        asked=links_out([family])[family.pk],
    )


def _member_out(member: FamilyMember, *, me: Person, guardian: bool) -> FamilyMemberOut:
    own = member.person_id == me.pk
    return FamilyMemberOut(
        id=member.pk,
        name=member.person.name,
        part=Part(member.part),
        relation=member.relation,
        phone=mask_phone(member.person.phone) if member.person.phone else "",
        may_book=member.may_book,
        may_name_pickups=member.may_name_pickups,
        code=member.code if guardian or own else "",
        me=own,
    )


def card_out(card: FamilyCard, family: Family) -> FamilyCardOut:
    children = Person.objects.filter(child__family=family, erased_at__isnull=True)
    return FamilyCardOut(
        number=card.number,
        text="" if card.revoked_at else card_text(card),
        revoked=card.revoked_at is not None,
        children=[child.name for child in sorted(children, key=eldest_first)],
    )


def desk_out(families: Sequence[Family], *, by: Actor) -> list[DeskFamilyOut]:
    """Six queries for any number."""
    children, asked = children_out(families), links_out(families)
    known = [one.id for rows in children.values() for one in rows]
    helped = readable(Note.HARDSHIP, children=known, by=by)
    around: dict[int, list[FamilyMember]] = {family.pk: [] for family in families}
    for member in FamilyMember.objects.filter(family__in=families).select_related("person").order_by("pk"):
        around[member.family_id].append(member)
    return [
        DeskFamilyOut(
            id=family.pk,
            confirmed=family.confirmed_at is not None,
            guardians=[GuardianName(id=one.pk, name=one.name) for one in _guardians(family, around[family.pk])],
            phone=mask_phone(family.guardian.phone),
            hub=family.hub.name if family.hub else "",
            children=children[family.pk],
            caregivers=[one.person.name for one in around[family.pk] if one.part == Part.CAREGIVER],
            asked=asked[family.pk],
            helped=[one.id for one in children[family.pk] if one.id in helped],
        )
        for family in families
    ]


def _guardians(family: Family, around: Sequence[FamilyMember]) -> list[Person]:
    seconds = [one.person for one in around if one.part == Part.GUARDIAN and one.person_id != family.guardian_id]
    return [person for person in (family.guardian, *seconds) if person.erased_at is None]
