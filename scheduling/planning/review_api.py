"""Looking a proposal through over HTTP: its figures, by session, by person, what changes; and who else could come."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from hub.access.operations import Allow, acting, planners
from hub.access.rules import may
from hub.errors import Refused
from hub.people.models import Role
from scheduling.planning import review
from scheduling.planning.candidates import candidates
from scheduling.planning.lookup import proposal_of
from scheduling.planning.parts import parts
from scheduling.planning.proposal import Proposal
from scheduling.planning.review_schemas import (
    CandidatesOut,
    ChangesOut,
    Part,
    PlannedPeople,
    PlannedSessions,
    ProposalOut,
)

router = Router()
lookers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)
Most = Annotated[int, Query(ge=1, le=5000)]
"""How many rows of a list: pages ask for more as somebody reads on."""
Ids = Annotated[list[int], Query(max_length=2000)]


@router.get("/planning/runs/{run_id}/proposal", response=ProposalOut, auth=lookers)
def get_proposal(request: HttpRequest, run_id: int) -> dict[str, object]:
    """What it comes to; people's names, here and below, only for those who plan."""
    proposal, masked = _looked_at(request, run_id)
    return review.figures(proposal, masked=masked)


@router.get("/planning/runs/{run_id}/proposal/sessions", response=PlannedSessions, auth=lookers)
def get_sessions(
    request: HttpRequest, run_id: int, most: Most = 40, hub: int | None = None, only_short: bool = False
) -> dict[str, object]:
    """Those that lack people first."""
    proposal, masked = _looked_at(request, run_id)
    return review.by_session(proposal, most=most, hub=hub, only_short=only_short, masked=masked)


@router.get("/planning/runs/{run_id}/proposal/people", response=PlannedPeople, auth=lookers)
def get_people(
    request: HttpRequest,
    run_id: int,
    only: Ids = [],  # noqa: B006
    most: Most = 40,
    name: str = "",
) -> dict[str, object]:
    """Those with the most places first."""
    proposal, masked = _looked_at(request, run_id)
    return review.by_person(proposal, most=most, name=name, only=only, masked=masked)


@router.get("/planning/runs/{run_id}/proposal/changes", response=ChangesOut, auth=lookers)
def get_changes(request: HttpRequest, run_id: int, most: Most = 40) -> dict[str, object]:
    """Against the roster in force."""
    proposal, masked = _looked_at(request, run_id)
    return review.changes(proposal, most=most, masked=masked)


@router.get("/planning/runs/{run_id}/proposal/parts", response=list[Part], auth=planners)
def get_parts(request: HttpRequest, run_id: int) -> list[dict[str, object]]:
    """What may still be published of it."""
    return parts(proposal_of(acting(request), "edit", run_id))


@router.get("/planning/runs/{run_id}/needs/{need_id}/candidates", response=CandidatesOut, auth=planners)
def get_candidates(request: HttpRequest, run_id: int, need_id: int, instead: int | None = None) -> dict[str, object]:
    proposal = proposal_of(acting(request), "edit", run_id)
    if need_id not in proposal.place_of:
        raise Refused("not_found", model="need", id=need_id)
    return candidates(proposal, need_id, instead=instead)


def _looked_at(request: HttpRequest, run_id: int) -> tuple[Proposal, bool]:
    """And whether whoever looks may not know the people."""
    actor = acting(request)
    proposal = proposal_of(actor, "view", run_id)
    return proposal, not may(actor, "edit", proposal.run)
