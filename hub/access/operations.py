"""Which roles may call an API operation. Every operation declares one of these as its `auth`; a test walks them all.

Roles open the door; what is behind it is `visible`'s to say. Both kinds refuse a writing request that another site's
page sent with the visitor's cookies.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie
from ninja.utils import check_csrf

from hub.access.actor import Actor, actor_of
from hub.errors import Refused
from hub.people.models import Role


def refuse_forged(request: HttpRequest) -> None:
    if check_csrf(request):
        raise Refused("csrf_failed")


class Allow(APIKeyCookie):
    """For signed-in persons who hold one of `roles` (any role when none is named). `request.auth` is the Actor."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor = actor_of(request)
        if actor is None:
            return None
        refuse_forged(request)
        if self.roles and not actor.has(*self.roles):
            raise Refused("role_missing", roles=sorted(self.roles))
        return actor


class Open:
    """For everyone, signed in or not. Says so, so that no operation is open by forgetting."""

    def __init__(self, *, forgeable: bool = False) -> None:
        self.forgeable = forgeable

    def __call__(self, request: HttpRequest) -> object:
        if not self.forgeable:
            refuse_forged(request)
        return actor_of(request) or True


anyone = Open()
# Signs in as an invented person, in the demo alone: a script may do it with one plain request.
demo_visitors = Open(forgeable=True)
# A provider's machine, which brings a secret instead of a cookie.
providers = Open(forgeable=True)
signed_in = Allow()
staff = Allow(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)
planners = Allow(Role.COORDINATOR, Role.ADMINISTRATOR)
schedulers = Allow(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR)
administrators = Allow(Role.ADMINISTRATOR)
volunteers = Allow(Role.VOLUNTEER)
guardians = Allow(Role.GUARDIAN)


def acting(request: HttpRequest) -> Actor:
    """The Actor behind an operation that declared an `Allow`."""
    actor = actor_of(request)
    if actor is None:
        raise Refused("sign_in_first")
    return actor
