"""Who runs which rounds: coordinators their hubs', administrators all. What somebody is asked is theirs to answer."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule
from hub.people.models import Role
from hub.places.models import Hub
from volunteers.rounds.models import Asked, Round


@rule(Round, "run")
def run_round(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(hub__in=actor.hub_ids) if actor.has(Role.COORDINATOR) else None


@rule(Round, "view")
def view_round(actor: Actor) -> Q | None:
    """The district's asks a coordinator's people too: they follow it, and call."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(hub__in=actor.hub_ids) | Q(hub=None) if actor.has(Role.COORDINATOR) else None


@rule(Asked, "answer")
def answer(actor: Actor) -> Q | None:
    return Q(volunteer__person=actor.person)


@rule(Asked, "call")
def call(actor: Actor) -> Q | None:
    """Of the rounds they see."""
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(round__hub__in=actor.hub_ids) | Q(round__hub=None) if actor.has(Role.COORDINATOR) else None


@rule(Hub, "ask_around")
def ask_around(actor: Actor) -> Q | None:
    if actor.has(Role.ADMINISTRATOR):
        return Q()
    return Q(pk__in=actor.hub_ids) if actor.has(Role.COORDINATOR) else None
