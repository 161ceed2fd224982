"""Pick-up codes as a hub's tablet checks them without a network.

A code has six digits: whoever holds what it is checked against can try them all. So each try is made slow, by PBKDF2;
what that buys, and what it does not, stands in docs/architecture.md. A code is stretched once in its life, by the
worker, and kept encrypted, since a day's list has many. One salt for a family: one try is held against all its codes.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.people.models import FamilyMember, PickupCode
from hub.sealed import keyed_hash

ROUNDS = 600_000
KEPT = dt.timedelta(days=30)
"""What was ended: longer than a tablet's tale is believed."""


@dataclass(frozen=True)
class Checked:
    """A code that a tablet may have checked."""

    person_id: int
    stretched: bytes
    in_force: bool
    until: dt.datetime | None

    def holds(self, at: dt.datetime) -> bool:
        return self.in_force or (self.until is not None and at < self.until)

    def proves(self, proof: str, what: str) -> bool:
        """Whether only who knew this code can have said `proof` of `what`."""
        return hmac.compare_digest(proof, hmac.new(self.stretched, what.encode(), hashlib.sha256).hexdigest())


def salt_of(family: int) -> str:
    return keyed_hash("people.pickup_salt", str(family))


def stretch(code: str, family: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt_of(family).encode(), ROUNDS).hex()


def stretched_codes(families: Collection[int]) -> tuple[Mapping[int, Sequence[str]], bool]:
    """Every code in force that is stretched, by family; and whether that is all of them. Two queries."""
    found: dict[int, list[str]] = defaultdict(list)
    complete = True
    for member, row in _stretchings(families):
        if row is None:
            complete = False
        else:
            found[member.family_id].append(row.stretched)
    return found, complete


def stretch_new(families: Collection[int], *, most: int) -> bool:
    """Stretch at most `most` codes that are not, some tenths of a second each; whether these were all."""
    new = [member for member, row in _stretchings(families) if row is None]
    rows = [
        PickupCode(
            family_id=one.family_id, person_id=one.person_id, code=one.code, stretched=stretch(one.code, one.family_id)
        )
        for one in new[:most]
    ]
    with transaction.atomic():
        PickupCode.objects.filter(until__lt=clock.now() - KEPT).delete()
        for row in rows:
            end_codes(family=row.family_id, person=row.person_id)
        # Another worker may have done so at the same moment.
        PickupCode.objects.bulk_create(rows, ignore_conflicts=True)
    return len(new) <= most


def codes_checked(families: Collection[int]) -> Mapping[int, Sequence[Checked]]:
    """By family, all that a tablet may tell of: those in force first, then the last ended. Two queries."""
    current = {(one.family_id, one.person_id): one.code for one in _with_code(families)}
    found: dict[int, list[Checked]] = defaultdict(list)
    for row in PickupCode.objects.filter(family__in=families).order_by("-pk"):
        stands = row.until is None and current.get((row.family_id, row.person_id)) == row.code
        found[row.family_id].append(Checked(row.person_id, bytes.fromhex(row.stretched), stands, row.until))
    return {family: sorted(codes, key=lambda one: not one.in_force) for family, codes in found.items()}


def end_codes(*, family: int, person: int) -> None:
    """What they were given until now is no proof any more."""
    PickupCode.objects.filter(family=family, person=person, until=None).update(until=clock.now())


def _stretchings(families: Collection[int]) -> list[tuple[FamilyMember, PickupCode | None]]:
    """Whoever fetches with a code, and that code as it is stretched, if it is."""
    known = {(one.family_id, one.person_id): one for one in PickupCode.objects.filter(family__in=families, until=None)}
    found = []
    for member in _with_code(families):
        row = known.get((member.family_id, member.person_id))
        found.append((member, row if row and row.code == member.code else None))
    return found


def _with_code(families: Collection[int]) -> list[FamilyMember]:
    rows = FamilyMember.objects.filter(
        family__in=families, part=FamilyMember.Part.PICKUP, person__erased_at__isnull=True
    ).exclude(code="")
    return list(rows.order_by("pk"))
