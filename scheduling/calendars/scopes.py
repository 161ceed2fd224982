"""What a calendar can be of, and whose it is: a volunteer's or a family's own, or a place's that staff look after."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from hub.access.actor import Actor
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.people.models import Family
from hub.places.models import Agency, District, Hub, Room
from programs.models import Program
from scheduling.bookings.permissions import families_of
from scheduling.calendars.models import Feed
from volunteers.models import Volunteer

Scope = Feed.Scope


@dataclass(frozen=True)
class Target:
    """A scope and the row it names."""

    scope: str
    scope_id: int
    name: str = ""


MODELS: dict[str, type[Model]] = {
    Scope.HUB: Hub,
    Scope.ROOM: Room,
    Scope.AGENCY: Agency,
    Scope.PROGRAM: Program,
    Scope.DISTRICT: District,
}
SESSION_FILTER = {Scope.HUB: "hub", Scope.ROOM: "room", Scope.AGENCY: "program__agency", Scope.PROGRAM: "program"}


def is_personal(scope: str) -> bool:
    return scope in (Scope.VOLUNTEER, Scope.FAMILY)


def target_for(actor: Actor, scope: str, scope_id: int | None) -> Target:
    """What the actor may subscribe to. Refused("not_found") for what is not theirs; their own needs no id."""
    if scope == Scope.VOLUNTEER:
        mine: Model | None = Volunteer.objects.filter(person=actor.person).first()
    elif scope == Scope.FAMILY:
        mine = Family.objects.filter(families_of(actor)).order_by("pk").first()
    else:
        row = fetch(actor, "subscribe", _named(scope), scope_id or 0)
        return Target(scope, row.pk, _name(row))
    if mine is None or scope_id not in (None, mine.pk):
        raise Refused("not_found", model=scope, id=scope_id)
    return Target(scope, mine.pk, actor.person.name)


def targets_for(actor: Actor) -> list[Target]:
    """Every place, agency, program and district whose calendar the actor may subscribe to. A query for each kind."""
    return [
        Target(scope, row.pk, _name(row))
        for scope in MODELS
        for row in visible(actor, "subscribe", _named(scope)).order_by("pk").distinct()
    ]


def names_of(targets: list[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """A query per kind of place that is asked for; the personal ones have no name of their own."""
    names: dict[tuple[str, int], str] = {}
    for scope in {scope for scope, _ in targets if scope in MODELS}:
        for row in _named(scope).filter(pk__in=[pk for one, pk in targets if one == scope]):
            names[scope, row.pk] = _name(row)
    return names


def _named(scope: str) -> QuerySet[Model]:
    rows = MODELS[scope]._default_manager.all()
    return rows.select_related("hub") if scope == Scope.ROOM else rows


def _name(row: Model) -> str:
    return f"{row.hub.name} {row.name}" if isinstance(row, Room) else str(row)


def session_filter(scope: str, scope_id: int) -> Q:
    """An installation serves one district: all sessions are its."""
    return Q() if scope == Scope.DISTRICT else Q(**{SESSION_FILTER[Scope(scope)]: scope_id})
