"""Families in number: the people around children, found or made."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hub import clock
from hub.people.models import Child, Family, FamilyMember, Person
from hub.people.persons import new_person
from hub.people.pickups import draw_code
from hub.sealed import keyed_hash

Part = FamilyMember.Part
Seat = tuple[str, str, str]
"""Part, relation and name of somebody around the children."""


@dataclass
class FamilyCircle:
    """A family as far as it is known by names."""

    family: Family
    members: dict[tuple[str, str], FamilyMember] = field(default_factory=dict)
    """By part and name."""

    def named(self, name: str) -> Person | None:
        if self.family.guardian.name == name:
            return self.family.guardian
        return next((member.person for (_, who), member in self.members.items() if who == name), None)


def find_families(guardians: Iterable[Person]) -> dict[int, FamilyCircle]:
    """Families by guardian, in two queries."""
    families = Family.objects.filter(guardian__in=list(guardians)).select_related("guardian")
    found = {family.guardian_id: FamilyCircle(family) for family in families}
    by_pk = {circle.family.pk: circle for circle in found.values()}
    for member in FamilyMember.objects.filter(family__in=by_pk).select_related("person"):
        by_pk[member.family_id].members[member.part, member.person.name] = member
    return found


def child_identity(*, guardian_phone: str, name: str, born: dt.date) -> str:
    """What tells one child from another: guardian's phone, name and birth date, as a lookup key."""
    return keyed_hash("child", guardian_phone, name, born.isoformat())


def find_children(identities: Iterable[str]) -> dict[str, Child]:
    wanted = list(identities)
    known = Child.objects.filter(identity_key__in=wanted).select_related("person", "family").defer(None)
    return {child.identity_key: child for child in known}


def ensure_families(guardians: Iterable[Person], known: dict[int, FamilyCircle]) -> None:
    """Make the family of every guardian who has none."""
    new = [Family(guardian=guardian, confirmed_at=clock.now()) for guardian in guardians if guardian.pk not in known]
    Family.objects.bulk_create(new)
    known.update({family.guardian_id: FamilyCircle(family) for family in new})


def seat(wanted: Mapping[int, Iterable[Seat]], circles: dict[int, FamilyCircle]) -> None:
    """Give each family (by guardian) its members. Two parts under one name are one person."""
    persons: dict[tuple[int, str], Person] = {}
    members: list[FamilyMember] = []
    renamed: list[FamilyMember] = []
    for guardian_id, seats in wanted.items():
        circle = circles[guardian_id]
        for part, relation, name in seats:
            there = circle.members.get((part, name))
            if there:
                if there.relation != relation and relation:
                    there.relation = relation
                    renamed.append(there)
                continue
            person = circle.named(name) or persons.get((guardian_id, name)) or new_person(name=name, phone="")
            if person.pk is None:
                persons[guardian_id, name] = person
            code = draw_code() if part == Part.PICKUP else ""
            member = FamilyMember(family=circle.family, person=person, part=part, relation=relation, code=code)
            circle.members[part, name] = member
            members.append(member)
    Person.objects.bulk_create(persons.values())
    FamilyMember.objects.bulk_create(members)
    FamilyMember.objects.bulk_update([member for member in renamed if member.pk], ["relation"])


def unseat(gone: Mapping[int, Iterable[tuple[str, str]]], circles: dict[int, FamilyCircle]) -> None:
    """Take members (part and name) out of families (by guardian)."""
    ids: list[int] = []
    for guardian_id, seats in gone.items():
        for key in seats:
            member = circles[guardian_id].members.pop(key, None)
            if member:
                ids.append(member.pk)
    FamilyMember.objects.filter(pk__in=ids).delete()


def group_by_guardian(pairs: Iterable[tuple[int, Seat]]) -> dict[int, list[Seat]]:
    grouped: dict[int, list[Seat]] = defaultdict(list)
    for guardian_id, one in pairs:
        grouped[guardian_id].append(one)
    return grouped
