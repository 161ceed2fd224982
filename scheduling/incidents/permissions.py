"""Who writes down what happened: who runs the session or is on duty there. Who reads it: the writer, whoever was on
duty, and who coordinates the site; no administrator. A suspicion is kept closer still (incidents.reading)."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Role
from programs.kinds import all_kinds
from scheduling.incidents.models import Incident
from scheduling.sessions.models import Session


@rule(Session, "note_incident")
def note_incident(actor: Actor) -> Q | None:
    if not actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        return None
    kinds = [kind.code for kind in all_kinds() if kind.for_children]
    running = visible(actor, "edit", Session.objects.all()).values("pk")
    return Q(program__kind__in=kinds) & (Q(pk__in=running) | Q(duty_worker=actor.person))


@rule(Incident, "read")
def read(actor: Actor) -> Q | None:
    return Q(written_by=actor.person) | Q(session__duty_worker=actor.person) | Q(session__hub__in=actor.hub_ids)
