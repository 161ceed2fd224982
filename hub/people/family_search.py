"""Families at the desk: by a child's name among those whom the staff know, or by a guardian's whole number. Logged."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Child, Family, phone_key
from hub.people.phones import parse_phone

LEAST = 2
"""A single character would list half the district."""
MOST = 20


@transaction.atomic
def find_families(*, actor: Actor, text: str) -> list[Family]:
    """The search is recorded, its words are not."""
    text = " ".join(text.split())
    if len(text) < LEAST:
        return []
    key = number_key(text)
    if key:
        rows = Family.objects.filter(guardian__phone_key=key, guardian__erased_at__isnull=True)
    else:
        named = Child.objects.filter(person__name__icontains=text, person__erased_at__isnull=True)
        rows = known_families(actor).filter(pk__in=named.values("family"))
    found = list(rows.select_related("guardian", "hub").order_by("guardian__name", "pk")[:MOST])
    append(
        action="families.found",
        subject=actor.person,
        actor_id=actor.person.pk,
        count=len(found),
        by_phone=key is not None,
    )
    return found


def known_families(actor: Actor) -> QuerySet[Family]:
    """Started at a site of theirs, or known from a session of theirs."""
    children = visible(actor, "book_as_staff", Child.objects.all())
    started = visible(actor, "look_after", Family.objects.all())
    return Family.objects.filter(Q(pk__in=started.values("pk")) | Q(pk__in=children.values("family")))


def at_desk(*, actor: Actor, family: int, guardian_phone: str = "") -> Family:
    """One that the staff know, or whose guardian's whole number they were told. Refused("not_found")."""
    rows = Family.objects.select_related("guardian", "hub")
    found = rows.filter(pk__in=known_families(actor).filter(pk=family).values("pk")).first()
    key = number_key(guardian_phone)
    if found is None and key:
        found = rows.filter(pk=family, guardian__phone_key=key).first()
    if found is None:
        raise Refused("not_found", model="family", id=family)
    return found


def number_key(text: str) -> str | None:
    try:
        return phone_key(parse_phone(text))
    except Refused:
        return None
