"""Who sees to staff that stand in: whoever changes the session."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from scheduling.sessions.models import Session, StaffPlace


@rule(StaffPlace, "view", "change")
def change(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "edit", Session.objects.all()))
