"""Who am I: the persons behind the signed-in phone number, the one chosen, and leaving.

Sockets outlive requests: the end of acting for a person is told to that person's topic, in the transaction that
writes it.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest

from hub.access.actor import SESSION_KEY, actor_of
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.live.topics import SIGN_IN_ENDED
from hub.people.directory import add_person
from hub.people.models import Person, User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def persons_of(user: User) -> list[Person]:
    return list(Person.objects.filter(phone_key=user.phone_key).order_by("pk"))


def choose_person(request: HttpRequest, person_id: int) -> Person:
    """Act as one of the persons behind the signed-in number. Refused("not_found") for anyone else."""
    if not isinstance(request.user, User):
        raise Refused("sign_in_first")
    person = next((one for one in persons_of(request.user) if one.pk == person_id), None)
    if person is None:
        raise Refused("not_found", model="person", id=person_id)
    _act_as(request, person)
    return person


@transaction.atomic
def ensure_person(request: HttpRequest, name: str) -> Person:
    """Who acts; somebody new where the number that signed in has nobody here yet. Refused: sign_in_first,
    name_missing."""
    actor = actor_of(request)
    if actor:
        return actor.person
    if not isinstance(request.user, User) or persons_of(request.user):
        raise Refused("sign_in_first")
    person = add_person(name=name, phone=request.user.phone, by=None)
    _act_as(request, person)
    return person


def greet(sender: object, request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After a sign-in: where one person stands behind the number there is nothing to choose."""
    request.session.pop(SESSION_KEY, None)
    persons = persons_of(user)
    append(action="person.signed_in", subject=user, actor_id=persons[0].pk if len(persons) == 1 else None)
    if len(persons) == 1:
        _act_as(request, persons[0])


@transaction.atomic
def sign_out(request: HttpRequest) -> None:
    """On this device; their others stay signed in."""
    before = request.session.get(SESSION_KEY)
    logout(request)
    request.__dict__.pop("_actor", None)
    _tell(before)


@transaction.atomic
def _act_as(request: HttpRequest, person: Person) -> None:
    before = request.session.get(SESSION_KEY)
    request.session[SESSION_KEY] = person.pk
    request.__dict__.pop("_actor", None)
    if before not in (None, person.pk):
        request.session.save()
        _tell(before)


def _tell(person_id: int | None) -> None:
    if person_id is not None:
        publish([f"person:{person_id}"], SIGN_IN_ENDED)
