"""Who waits for a yes: requests and wishes for sessions to come, for whoever may say it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from scheduling.signups.requests import ASKED

MOST = 100


def awaiting_answer(actor: Actor) -> Sequence[Assignment]:
    """Oldest first, `MOST` at most, each with `free`: places of its need that nobody holds. One query."""
    held = Assignment.objects.filter(need=OuterRef("need"), state__in=Assignment.HOLDING).order_by()
    taken = Subquery(held.values("need").annotate(n=Count("pk")).values("n"))
    rows = Assignment.objects.filter(
        state__in=ASKED, session__state=Session.State.PLANNED, session__starts_at__gt=clock.now()
    )
    rows = visible(actor, "edit", rows).select_related("volunteer__person", "need", "session__program", "session__hub")
    return list(rows.annotate(free=F("need__target") - Coalesce(taken, 0)).order_by("pk")[:MOST])
