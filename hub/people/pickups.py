"""Caregivers and pick-up people: named by a guardian, or by a caregiver who may.

A pick-up person says a code of six digits at the door: the family's own, that a tablet can check without a network. It
is kept encrypted, since the family looks it up; whoever leaves the list takes it along.
"""

from __future__ import annotations

import secrets

from django.db import transaction

from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import told_together
from hub.people.circles import Part, let_in, let_out, lock_family, names_pickups, need_guardian, tell
from hub.people.directory import add_person, clean_name
from hub.people.models import Family, FamilyMember, Person
from hub.people.pickup_codes import end_codes

DIGITS = 6
MOST = 10
LONGEST_RELATION = 20


def draw_code() -> str:
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def fresh_code(family: Family) -> str:
    """Nobody else's in this family."""
    taken = {one.code for one in FamilyMember.objects.filter(family=family, part=Part.PICKUP)}
    code = draw_code()
    while code in taken:
        code = draw_code()
    return code


@transaction.atomic
@told_together()
def add_pickup(*, family: Family, name: str, phone: str, relation: str, by: Person) -> FamilyMember:
    """Somebody who may fetch the children. Refused: not_found, name_missing, not_a_phone, already_there,
    too_many_around."""
    if not names_pickups(by, family.pk):
        raise Refused("not_found", model="family", id=family.pk)
    lock_family(family)
    return _add(family, Part.PICKUP, person_named(name, phone), relation, by=by)


@transaction.atomic
@told_together()
def add_caregiver(*, family: Family, name: str, phone: str, relation: str, by: Person) -> FamilyMember:
    """Who looks after the children day by day: with a phone of their own they book for the family. They fetch the
    children, too. Refused: as add_pickup."""
    need_guardian(by, family)
    lock_family(family)
    return seat_caregiver(family, person_named(name, phone), relation, by=by)


def seat_caregiver(family: Family, person: Person, relation: str, *, by: Person) -> FamilyMember:
    """Under the family's locks; who may name them was asked before."""
    member = _add(family, Part.CAREGIVER, person, relation, by=by)
    seat_pickup(family, person, relation)
    if person.phone:
        let_in(person)
    return member


def seat_pickup(family: Family, person: Person, relation: str) -> None:
    FamilyMember.objects.get_or_create(
        family=family, person=person, part=Part.PICKUP, defaults={"relation": relation, "code": fresh_code(family)}
    )


@transaction.atomic
@told_together()
def remove_member(*, member: FamilyMember, by: Person) -> None:
    """Guardians take out caregivers and pick-up people; caregivers who may, pick-up people. Refused: not_found."""
    _need_say(member, by)
    family = member.family
    lock_family(family)
    FamilyMember.objects.filter(pk=member.pk).delete()
    if member.part == Part.PICKUP:
        end_codes(family=family.pk, person=member.person_id)
    append(action="family.member_removed", subject=family, actor_id=by.pk, for_id=member.person_id, part=member.part)
    if member.part == Part.CAREGIVER:
        let_out(member.person)
    tell(family)


@transaction.atomic
@told_together()
def change_code(*, member: FamilyMember, by: Person) -> FamilyMember:
    """The old one opens nothing any more. Refused: not_found."""
    _need_say(member, by)
    lock_family(member.family)
    member.code = fresh_code(member.family)
    member.save(update_fields=["code"])
    end_codes(family=member.family_id, person=member.person_id)
    append(action="family.code_changed", subject=member.family, actor_id=by.pk, for_id=member.person_id)
    tell(member.family)
    return member


@transaction.atomic
@told_together()
def allow_caregiver(*, member: FamilyMember, may_book: bool, may_name_pickups: bool, by: Person) -> FamilyMember:
    """How far a caregiver acts for the family: a guardian's to say. Refused: not_found."""
    if member.part != Part.CAREGIVER:
        raise Refused("not_found", model="member", id=member.pk)
    need_guardian(by, member.family)
    lock_family(member.family)
    member.may_book, member.may_name_pickups = may_book, may_name_pickups
    member.save(update_fields=["may_book", "may_name_pickups"])
    append(
        action="family.caregiver_allowed",
        subject=member.family,
        actor_id=by.pk,
        for_id=member.person_id,
        may_book=may_book,
        may_name_pickups=may_name_pickups,
    )
    tell(member.family)
    return member


def person_named(name: str, phone: str) -> Person:
    """With a number of their own, or known by name alone."""
    return add_person(name=name, phone=phone, by=None) if phone.strip() else Person(name=clean_name(name))


def _add(family: Family, part: FamilyMember.Part, person: Person, relation: str, *, by: Person) -> FamilyMember:
    there = FamilyMember.objects.filter(family=family, part=part)
    if there.filter(person__name=person.name).exists():
        raise Refused("already_there")
    if there.count() >= MOST:
        raise Refused("too_many_around", most=MOST)
    if person.pk is None:
        # One name around one family is one person.
        known = FamilyMember.objects.filter(family=family, person__name=person.name).select_related("person").first()
        if known:
            person = known.person
        else:
            person.save()
    member = FamilyMember.objects.create(
        family=family,
        person=person,
        part=part,
        relation=relation.strip()[:LONGEST_RELATION],
        code=fresh_code(family) if part == Part.PICKUP else "",
    )
    append(action="family.member_added", subject=family, actor_id=by.pk, for_id=person.pk, part=str(part))
    tell(family)
    return member


def _need_say(member: FamilyMember, by: Person) -> None:
    if member.part == Part.PICKUP and names_pickups(by, member.family_id):
        return
    if member.part == Part.GUARDIAN:
        raise Refused("not_found", model="member", id=member.pk)
    need_guardian(by, member.family)
