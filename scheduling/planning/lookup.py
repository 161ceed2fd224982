"""Runs and proposals for the API, as far as an actor may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from hub.access.actor import Actor
from hub.access.rules import fetch
from hub.errors import Refused
from scheduling.planning.models import Run
from scheduling.planning.newest import Newest
from scheduling.planning.proposal import Proposal

_looked_at: Newest[Proposal] = Newest(8)


def runs_to_show() -> QuerySet[Run]:
    """Without what only solving and reviewing read: a district's snapshot is large."""
    return Run.objects.defer("snapshot", "result").prefetch_related("hubs")


def runs_to_review() -> QuerySet[Run]:
    """A proposal reads what is large once for all who look."""
    return Run.objects.defer("snapshot", "result", "index")


def proposal_of(actor: Actor, action: str, run_id: int) -> Proposal:
    run = fetch(actor, action, runs_to_review(), run_id)
    if run.state != Run.State.FINISHED:
        raise Refused("run_not_finished", state=run.state)
    proposal = Proposal(run)
    # One that was read before and stands the same has reckoned already what is asked of it. Nobody changes these.
    return _looked_at.of(proposal.state, lambda: proposal)
