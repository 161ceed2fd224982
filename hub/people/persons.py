"""Persons in bulk, as a workbook brings them: known by number and name."""

from __future__ import annotations

from collections.abc import Iterable

from hub.people.models import Person, Role, RoleGrant, phone_key, phone_tail

PhoneAndName = tuple[str, ...]


def find_persons(keys: Iterable[PhoneAndName]) -> dict[PhoneAndName, Person]:
    """Those of the asked persons who are known, in one query."""
    wanted = {(phone_key(phone), name): (phone, name) for phone, name in keys if phone}
    known = Person.objects.filter(phone_key__in={phone for phone, _ in wanted})
    return {wanted[found]: person for person in known if (found := (person.phone_key, person.name)) in wanted}


def new_person(*, name: str, phone: str) -> Person:
    """Not saved yet: for bulk_create, which passes by Person.save."""
    return Person(name=name, phone=phone, phone_key=phone_key(phone), phone_tail=phone_tail(phone))


def grant_to_all(*, role: Role, persons: Iterable[Person]) -> None:
    """A role of the district for each; who holds it already keeps it."""
    RoleGrant.objects.bulk_create((RoleGrant(person=person, role=role) for person in persons), ignore_conflicts=True)
