"""Runs and proposals for the API, as far as an actor may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.access.actor import Actor
from hub.access.rules import fetch
from hub.errors import Refused
from scheduling.planning.models import Run
from scheduling.planning.proposal import Proposal


def runs_to_show() -> QuerySet[Run]:
    """Without what only solving and reviewing read: a district's snapshot is large."""
    return Run.objects.defer("snapshot", "result").prefetch_related("hubs")


def runs_to_review() -> QuerySet[Run]:
    return Run.objects.defer("snapshot")


def proposal_of(actor: Actor, action: str, run_id: int) -> Proposal:
    run = fetch(actor, action, runs_to_review(), run_id)
    if run.state != Run.State.FINISHED:
        raise Refused("run_not_finished", state=run.state)
    return Proposal(run)
