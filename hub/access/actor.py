"""Who acts: a person with their grants, loaded once a request."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from hub import clock
from hub.people.models import Person, Role, RoleGrant, User
from hub.places.models import Agency, Hub
from hub.statement import Statement, part_of

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


def _held(person: int, phone_key: str) -> QuerySet[Any, Any]:
    parts = {"": RoleGrant, "person__": Person, "hub__": Hub, "agency__": Agency}
    columns = [prefix + field.attname for prefix, model in parts.items() for field in model._meta.concrete_fields]
    rows: QuerySet[Any, Any] = RoleGrant.objects.filter(person=person, person__phone_key=phone_key)
    return rows.order_by("pk").values(*columns)


HELD = Statement(_held, "person", "phone_key")


def _grant(row: Mapping[str, Any], person: Person) -> RoleGrant:
    grant = part_of(RoleGrant, row)
    grant.person = person
    if grant.hub_id:
        grant.hub = part_of(Hub, row, "hub__")
    if grant.agency_id:
        grant.agency = part_of(Agency, row, "agency__")
    return grant


def _actor_behind(person_id: int, phone_key: str) -> Actor | None:
    """The chosen person while they stand behind this number: one query, at every request, for whoever holds a role."""
    rows = HELD.all(person=person_id, phone_key=phone_key)
    if rows:
        person = part_of(Person, rows[0], "person__")
        return Actor(person, tuple(_grant(row, person) for row in rows))
    found = Person.objects.filter(pk=person_id, phone_key=phone_key).first()
    return Actor(found, ()) if found else None


def actor_in(session: Any, user: object) -> Actor | None:
    """The person chosen in a session, while its user's number is theirs. For sockets, which have no request."""
    person_id = session.get(SESSION_KEY) if session else None
    return _actor_behind(person_id, user.phone_key) if person_id and isinstance(user, User) else None


def person_behind(session_key: str) -> int | None:
    """The id of whom a stored session acts for, read anew; none when it was ended or ran out."""
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    actor = actor_in(request.session, get_user(request))
    return actor.person.pk if actor else None


def living_sessions(keys: Collection[str]) -> set[str]:
    """Those that were neither ended nor ran out."""
    rows = Session.objects.filter(session_key__in=keys, expire_date__gt=clock.now())
    return set(rows.values_list("session_key", flat=True))


def actor_of(request: HttpRequest) -> Actor | None:
    """The signed-in person of a request; none when nobody signed in or no person was chosen yet."""
    if not hasattr(request, "_actor"):
        request._actor = actor_in(request.session, request.user)  # type: ignore[attr-defined]
    return request._actor  # type: ignore[attr-defined, no-any-return]
