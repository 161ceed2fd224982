"""One-click sign-in for looking around. Nothing here works outside the demo."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import login
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from hub.errors import Refused
from hub.people.me import BACKEND, choose_person, sign_out
from hub.people.models import Person, Role, User

Chooser = Callable[[QuerySet[Person]], Person | None]

_choosers: dict[str, Chooser] = {}


def demo_face(role: Role, chooser: Chooser) -> None:
    """Apps above know who demos well (a volunteer with a shift ahead): `chooser` picks among a role's holders."""
    _choosers[role] = chooser


def sign_in_as_demo(request: HttpRequest, role: str) -> Person:
    """Sign in as the demo's best face of a role. Refused("not_found") outside the demo and where nobody holds it."""
    person = face_of(role) if settings.DEMO else None
    if person is None:
        raise Refused("not_found", model="role", role=role)
    sign_out(request)
    login(request, User.objects.for_phone(person.phone), backend=BACKEND)
    return choose_person(request, person.pk)


def face_of(role: str) -> Person | None:
    """Whom a visitor becomes."""
    holders = Person.objects.filter(grants__role=role).exclude(phone_key="")
    return _choosers.get(role, _with_fewest_roles)(holders)


def _with_fewest_roles(holders: QuerySet[Person]) -> Person | None:
    """One who is only this: their screens show this role alone."""
    pool = Person.objects.filter(pk__in=holders.values("pk"))
    return pool.annotate(roles=Count("grants")).order_by("roles", "pk").first()
