"""Persons: adding one by hand, finding them by name or number."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet

from hub.access.actor import Actor
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person, phone_key
from hub.people.phones import parse_phone

LONGEST_NAME = 60


def clean_name(text: str) -> str:
    """One line without stray blanks. Refused("name_missing"), Refused("name_too_long")."""
    name = " ".join(text.split())
    if not name:
        raise Refused("name_missing")
    if len(name) > LONGEST_NAME:
        raise Refused("name_too_long", most=LONGEST_NAME)
    return name


@transaction.atomic
def add_person(*, name: str, phone: str, by: Actor | None) -> Person:
    """A person with a phone of their own. One already known by both is returned as they are."""
    person, made = Person.objects.get_or_create(
        name=clean_name(name), phone_key=phone_key(number := parse_phone(phone)), defaults={"phone": number}
    )
    if made:
        append(action="person.added", subject=person, actor_id=by.person.pk if by else None)
    return person


def search(persons: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name holds the text, or whose whole phone number it is: numbers are stored unreadable, so part of one
    finds nothing."""
    text = text.strip()
    try:
        return persons.filter(Q(phone_key=phone_key(parse_phone(text))))
    except Refused:
        return persons.filter(name__icontains=text)
