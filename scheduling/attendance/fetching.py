"""Who may take a child home: its guardians, whom the family named to fetch it, or nobody where a guardian agreed that
it goes home alone."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from hub.errors import Refused
from hub.people.consents import missing_for
from hub.people.models import Child, Consent, FamilyMember, Person

Part = FamilyMember.Part


@dataclass(frozen=True)
class Fetching:
    person: Person
    relation: str
    code: str = ""
    """Asked of whom the family named; guardians have none."""
    guardian: bool = False


def who_may_fetch(children: Collection[Child]) -> dict[int, list[Fetching]]:
    """By child: guardians first. `family.guardian` should be loaded; one query for any number."""
    parts = (Part.GUARDIAN, Part.PICKUP)
    members: dict[int, list[FamilyMember]] = defaultdict(list)
    rows = FamilyMember.objects.filter(
        family__in={one.family_id for one in children}, part__in=parts, person__erased_at__isnull=True
    )
    for row in rows.select_related("person").order_by("part", "pk"):
        members[row.family_id].append(row)
    found = {}
    for child in children:
        first = child.family.guardian
        people = {first.pk: Fetching(first, child.relation, guardian=True)} if first.erased_at is None else {}
        for row in members[child.family_id]:
            guardian = row.part == Part.GUARDIAN
            code = "" if guardian else row.code
            people.setdefault(row.person_id, Fetching(row.person, row.relation, code, guardian))
        found[child.pk] = list(people.values())
    return found


def check_fetching(child: Child, *, person: int | None, code: str, known: bool) -> bool:
    """Whether a code was said. `person` nobody: the child goes alone. `known`: staff know whom they let it go with.

    Refused: home_alone_not_allowed, not_a_pickup, code_missing, code_wrong.
    """
    if person is None:
        if missing_for([child.person_id], Consent.Kind.HOME_ALONE):
            raise Refused("home_alone_not_allowed", child=child.pk)
        return False
    one = next((one for one in who_may_fetch([child])[child.pk] if one.person.pk == person), None)
    if one is None:
        raise Refused("not_a_pickup", child=child.pk)
    if code and one.code:
        if not hmac.compare_digest(code, one.code):
            raise Refused("code_wrong_pickup")
        return True
    if one.code and not known:
        raise Refused("code_missing")
    return False


def homegoers(children: Collection[Child]) -> set[int]:
    """Those of these children (by id) who may go home alone. One query."""
    missing = missing_for([one.person_id for one in children], Consent.Kind.HOME_ALONE)
    return {one.pk for one in children if one.person_id not in missing}
