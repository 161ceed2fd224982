"""Who a message goes to: the outbox knows only ids and numbers."""

from __future__ import annotations

from collections.abc import Collection

from hub.errors import Refused
from hub.notify.recipients import Recipient
from hub.people.models import Person, phone_key
from hub.people.phones import is_invented, parse_phone


def recipient(person: Person) -> Recipient:
    return Recipient(name=person.name, phone=person.phone, language=person.language, invented=is_invented(person.phone))


def behind(phone: str) -> list[int]:
    """The persons behind a number, however it is written."""
    try:
        key = phone_key(parse_phone(phone))
    except Refused:
        return []
    return list(Person.objects.filter(phone_key=key).order_by("pk").values_list("pk", flat=True))


def look_up(ids: Collection[int], phones: Collection[str]) -> tuple[dict[int, Recipient], dict[str, Recipient]]:
    """Persons by id; phone numbers by the first person behind each. Two queries."""
    by_id = {person.pk: recipient(person) for person in Person.objects.filter(pk__in=ids)} if ids else {}
    keys = {phone_key(phone): phone for phone in phones}
    owners: dict[str, Recipient] = {}
    if keys:
        for person in Person.objects.filter(phone_key__in=keys).order_by("-pk"):
            owners[keys[person.phone_key]] = recipient(person)
    by_phone = {phone: owners.get(phone, Recipient(phone=phone, invented=is_invented(phone))) for phone in phones}
    return by_id, by_phone
