"""Who may listen to what happens at a hub: whoever sees it, all of it or their agency's part, and volunteers."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor, load_actor
from hub.people.models import Person, Role
from hub.places.models import Residency
from scheduling.sessions.models import Session


def _actor(person_id: int) -> Actor | None:
    person = Person.objects.filter(pk=person_id).first()
    return load_actor(person) if person else None


def may_listen_to_team(person_id: int, agency_id: int) -> bool:
    """`team:ID`: where an agency's sessions are added and moved, at whichever hub."""
    actor = _actor(person_id)
    return actor is not None and agency_id in actor.agency_ids


def may_listen_to_hub(person_id: int, hub_id: int) -> bool:
    actor = _actor(person_id)
    if actor is None:
        return False
    # Volunteers look for shifts everywhere; an event holds ids alone.
    if actor.sees_district or actor.has(Role.VOLUNTEER) or hub_id in actor.hub_ids:
        return True
    if not actor.agency_ids:
        return False
    ours = Q(agency__in=actor.agency_ids)
    return (
        Residency.objects.filter(ours, hub=hub_id).exists()
        or Session.objects.filter(hub=hub_id, program__agency__in=actor.agency_ids).exists()
    )
