"""Who acts: a person with their grants, loaded once a request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.http import HttpRequest

from hub.people.models import Person, Role, RoleGrant, User
from hub.places.models import Hub

SESSION_KEY = "person_id"
STAFF = (Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)


@dataclass(frozen=True)
class Actor:
    """A person and what they hold. Rules and permissions take one; they never see a request."""

    person: Person
    grants: tuple[RoleGrant, ...]

    @cached_property
    def roles(self) -> frozenset[str]:
        return frozenset(grant.role for grant in self.grants)

    def has(self, *roles: str) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def sees_district(self) -> bool:
        return self.has(Role.ADMINISTRATOR, Role.REGULATOR)

    @cached_property
    def hub_ids(self) -> frozenset[int]:
        """The hubs they coordinate, with the canteens and meal points below them."""
        own = [grant.hub_id for grant in self.grants if grant.hub_id]
        if not own:
            return frozenset()
        return frozenset(Hub.objects.filter(Q(pk__in=own) | Q(parent_id__in=own)).values_list("pk", flat=True))

    @cached_property
    def agency_ids(self) -> frozenset[int]:
        return frozenset(grant.agency_id for grant in self.grants if grant.agency_id)


def load_actor(person: Person) -> Actor:
    return Actor(person, tuple(RoleGrant.objects.filter(person=person).select_related("hub", "agency").order_by("pk")))


def _actor_behind(person_id: int, phone_key: str) -> Actor | None:
    """The chosen person while they stand behind this number: one query for whoever holds a role."""
    grants = RoleGrant.objects.filter(person=person_id, person__phone_key=phone_key)
    held = tuple(grants.select_related("person", "hub", "agency").order_by("pk"))
    if held:
        return Actor(held[0].person, held)
    person = Person.objects.filter(pk=person_id, phone_key=phone_key).first()
    return Actor(person, ()) if person else None


def actor_in(session: Any, user: object) -> Actor | None:
    """The person chosen in a session, while its user's number is theirs. For sockets, which have no request."""
    person_id = session.get(SESSION_KEY) if session else None
    return _actor_behind(person_id, user.phone_key) if person_id and isinstance(user, User) else None


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person of a request; none when nobody signed in or no person was chosen yet."""
    if not hasattr(request, "_actor"):
        request._actor = actor_in(request.session, request.user)  # type: ignore[attr-defined]
    return request._actor  # type: ignore[attr-defined, no-any-return]
