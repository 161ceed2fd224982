"""Who writes down what was read: who runs the session, and who is on duty there. Families read their own children's."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from hub.people.models import Role
from scheduling.sessions.models import Session


@rule(Session, "log_reading")
def log_reading(actor: Actor) -> Q | None:
    if not actor.has(Role.SOCIAL_WORKER, Role.COORDINATOR, Role.ADMINISTRATOR):
        return None
    running = visible(actor, "edit", Session.objects.all()).values("pk")
    return Q(program__kind="reading") & (Q(pk__in=running) | Q(duty_worker=actor.person))
