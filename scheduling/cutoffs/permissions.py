"""Who sees a cut-off coming and may step in: whoever changes its session."""

from __future__ import annotations

from django.db.models import Q

from hub.access.actor import Actor
from hub.access.rules import rule, visible
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session


@rule(CutOff, "view", "change")
def view(actor: Actor) -> Q | None:
    return Q(session__in=visible(actor, "edit", Session.objects.all()))
