"""How far an installation is: empty, or without anyone who could run it."""

from __future__ import annotations

from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Hub


def database_is_empty() -> bool:
    return not Hub.objects.exists() and not Person.objects.exists()


def setup_is_open() -> bool:
    """Until there is an administrator, whoever holds the setup code may make one."""
    return not RoleGrant.objects.filter(role=Role.ADMINISTRATOR).exists()
