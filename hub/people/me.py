"""Who am I: the persons behind the signed-in phone number, and the one chosen."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import HttpRequest

from hub.access.actor import SESSION_KEY
from hub.errors import Refused
from hub.people.models import Person, RoleGrant, User


def persons_of(user: User) -> list[Person]:
    return list(Person.objects.filter(phone_key=user.phone_key).order_by("pk"))


def choose_person(request: HttpRequest, person_id: int) -> Person:
    """Act as one of the persons behind the signed-in number. Refused("not_found") for anyone else."""
    if not isinstance(request.user, User):
        raise Refused("sign_in_first")
    person = next((one for one in persons_of(request.user) if one.pk == person_id), None)
    if person is None:
        raise Refused("not_found", model="person", id=person_id)
    request.session[SESSION_KEY] = person.pk
    request.__dict__.pop("_actor", None)
    return person


def sign_in_as_demo(request: HttpRequest, role: str) -> Person:
    """Sign in as the demo's first holder of a role. Callers make sure that this is a demo."""
    grant = RoleGrant.objects.filter(role=role).exclude(person__phone_key="").order_by("pk").select_related("person").first()
    if grant is None:
        raise Refused("not_found", model="role", role=role)
    login(
        request,
        User.objects.for_phone(grant.person.phone),
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return choose_person(request, grant.person.pk)
