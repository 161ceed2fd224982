"""Asking about a proposal over HTTP: what would fill a place, what if, why this person, who carries what."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from hub.access.operations import Allow, acting, planners
from hub.access.rules import fetch, may
from hub.errors import Refused
from hub.people.models import Role
from scheduling.planning import moves, what_ifs
from scheduling.planning.asking import why_this_person
from scheduling.planning.asking_schemas import (
    FairnessOut,
    FoundRemedy,
    IfBarred,
    IfDropped,
    IfMoved,
    IfPinned,
    MovesIn,
    WhatIfIn,
    WhatIfOut,
    WhyOut,
)
from scheduling.planning.fairness import who_carries_what
from scheduling.planning.lookup import proposal_of, runs_to_review
from scheduling.planning.proposal import Proposal, totals
from scheduling.planning.remedies import smallest_remedy
from scheduling.planning.schemas import PlanTotals
from scheduling.solver.whatif import Question

router = Router()
lookers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)


@router.get("/planning/runs/{run_id}/needs/{need_id}/remedy", response=FoundRemedy, auth=planners)
def get_remedy(request: HttpRequest, run_id: int, need_id: int) -> dict[str, object]:
    """The smallest change that would fill a place, found by filling it."""
    proposal = _about(request, run_id, need_id)
    return {"remedy": smallest_remedy(proposal, need_id)}


@router.get("/planning/runs/{run_id}/needs/{need_id}/why", response=WhyOut, auth=planners)
def get_why(request: HttpRequest, run_id: int, need_id: int, volunteer: int) -> dict[str, object]:
    """What this person costs the plan in this place, and the next best one."""
    proposal = _about(request, run_id, need_id)
    return why_this_person(proposal, need_id, volunteer)


@router.post("/planning/runs/{run_id}/what-if", response=WhatIfOut, auth=planners)
def post_what_if(request: HttpRequest, run_id: int, wish: WhatIfIn) -> dict[str, object]:
    """Writes nothing."""
    proposal = proposal_of(acting(request), "edit", run_id)
    return what_ifs.try_out(proposal, _question(proposal, wish))


@router.post("/planning/runs/{run_id}/moves", response=PlanTotals, auth=planners)
def post_moves(request: HttpRequest, run_id: int, wish: MovesIn) -> dict[str, object]:
    """Changes that belong together; answers with the proposal's figures anew."""
    actor = acting(request)
    run = fetch(actor, "edit", runs_to_review(), run_id)
    edited = moves.make_moves(
        run=run,
        dropped=[(one.need, one.volunteer) for one in wish.dropped],
        added=[(one.need, one.volunteer) for one in wish.added],
        waived=[(one.need, one.volunteer, one.code) for one in wish.waived],
        barred=[(one.need, one.volunteer) for one in wish.barred],
        by=actor.person,
    )
    return totals(edited)


@router.get("/planning/runs/{run_id}/fairness", response=FairnessOut, auth=lookers)
def get_fairness(request: HttpRequest, run_id: int) -> dict[str, object]:
    """Who carries what; people's names only for those who plan."""
    actor = acting(request)
    proposal = proposal_of(actor, "view", run_id)
    return who_carries_what(proposal, masked=not may(actor, "edit", proposal.run))


def _about(request: HttpRequest, run_id: int, need_id: int) -> Proposal:
    proposal = proposal_of(acting(request), "edit", run_id)
    if need_id not in proposal.place_of:
        raise Refused("not_found", model="need", id=need_id)
    return proposal


def _question(proposal: Proposal, wish: WhatIfIn) -> Question:
    match wish.question:
        case IfPinned(need=need, volunteer=volunteer):
            return what_ifs.if_pinned(proposal, need, volunteer)
        case IfBarred(need=need, volunteer=volunteer):
            return what_ifs.if_barred(proposal, need, volunteer)
        case IfDropped(session=session):
            return what_ifs.if_dropped(proposal, session)
        case IfMoved(session=session, starts_at=starts_at, ends_at=ends_at):
            return what_ifs.if_moved(proposal, session, starts_at, ends_at)
        case joined:
            return what_ifs.if_joined(proposal, **joined.dict(exclude={"kind"}))
