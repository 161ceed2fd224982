"""Who borrows: children, and the grown-ups who look after them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.circles import belonging_to
from hub.people.consents import missing_for
from hub.people.family_cards import find_by_code
from hub.people.models import Child, Family, FamilyMember, Person
from hub.people.phones import parse_phone
from hub.places.models import Hub
from programs.lending.circulation.models import Hold, Loan
from scheduling.bookings.lookup import LEAST, MOST, bookable_children
from scheduling.bookings.permissions import families_of

GROWN_UPS = (FamilyMember.Part.GUARDIAN, FamilyMember.Part.CAREGIVER)


@dataclass(frozen=True)
class Reader:
    person: Person
    family: int
    child: bool


def family_of(person: int) -> int:
    """Whose card the books go by. Refused: not_a_reader, family_unconfirmed, consent_missing (to a child's data)."""
    child = Child.objects.filter(person=person, person__erased_at__isnull=True).first()
    own = Q(pk=child.family_id) if child else belonging_to(person)
    family = Family.objects.filter(own).order_by("pk").first()
    if family is None:
        raise Refused("not_a_reader", person=person)
    if family.confirmed_at is None:
        raise Refused("family_unconfirmed", family=family.pk)
    if child and missing_for([person]):
        raise Refused("consent_missing", child=child.pk)
    return family.pk


def readers_of(families: Collection[int]) -> list[Reader]:
    """The children first, the eldest first; then the grown-ups. Three queries for any number of families."""
    children = Child.objects.filter(family__in=families, person__erased_at__isnull=True).select_related("person")
    young = sorted(children, key=lambda row: (row.person.birth_date is None, row.person.birth_date, row.pk))
    found = [Reader(row.person, row.family_id, child=True) for row in young]
    guardians = Family.objects.filter(pk__in=families, guardian__erased_at__isnull=True).select_related("guardian")
    grown = [Reader(row.guardian, row.pk, child=False) for row in guardians.order_by("pk")]
    members = FamilyMember.objects.filter(family__in=families, part__in=GROWN_UPS).select_related("person")
    grown += [Reader(row.person, row.family_id, child=False) for row in members.order_by("pk")]
    return found + list({one.person.pk: one for one in reversed(grown)}.values())[::-1]


def own_families(actor: Actor) -> list[int]:
    return list(Family.objects.filter(families_of(actor)).values_list("pk", flat=True))


def own_readers(actor: Actor) -> list[Reader]:
    """Of the families that the person acts for."""
    return readers_of(own_families(actor))


def own_reader(actor: Actor, person: int) -> Reader:
    """Refused("not_found") for who is not of theirs."""
    found = next((one for one in own_readers(actor) if one.person.pk == person), None)
    if found is None:
        raise Refused("not_found", model="reader", id=person)
    return found


@transaction.atomic
def find_readers(*, actor: Actor, hub: Hub, said: str) -> list[Reader]:
    """At the desk: by its card or the guardian's whole number a whole family, by a name the children known from a
    session, or by a book that they have from here or that lies here for them. The search is logged, not its words."""
    found = readers_said(actor, said)
    append(action="readers.found", subject=hub, actor_id=actor.person.pk, hub_id=hub.pk, count=len(found))
    return found


def readers_said(actor: Actor, said: str) -> list[Reader]:
    text = " ".join(said.split())
    if len(text) < LEAST:
        return []
    family = find_by_code(text)
    if family:
        return readers_of([family.pk])
    children = bookable_children(actor=actor, text=text)
    if _is_phone(text):
        return readers_of({child.family_id for child in children[:MOST]})
    found = Child.objects.filter(Q(pk__in=children.values("pk")) | _with_books(actor, text))
    rows = found.select_related("person").order_by("person__name", "pk")[:MOST]
    return [Reader(row.person, row.family_id, child=True) for row in rows]


def _with_books(actor: Actor, name: str) -> Q:
    """Whose name the desk's shelves and lists show anyhow."""
    lent = visible(actor, "manage", Loan.objects.filter(ended=""))
    held = visible(actor, "manage", Hold.objects.filter(state__in=Hold.ACTIVE))
    here = Q(person__in=lent.values("reader")) | Q(person__in=held.values("reader"))
    return here & Q(person__name__icontains=name, person__erased_at__isnull=True)


def reader_said(actor: Actor, said: str, person: int) -> Reader:
    """Whom staff picked from what they had found. Refused("not_found")."""
    found = next((one for one in readers_said(actor, said) if one.person.pk == person), None)
    if found is None:
        raise Refused("not_found", model="reader", id=person)
    return found


def _is_phone(text: str) -> bool:
    try:
        parse_phone(text)
    except Refused:
        return False
    return True
