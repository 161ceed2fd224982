"""Two plans of a week side by side, over HTTP. `other` is a run; without it the roster in force."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import Allow, acting
from hub.access.rules import fetch, may
from hub.errors import Refused
from hub.people.models import Role
from scheduling.planning import compare
from scheduling.planning.lookup import proposal_of, runs_to_show
from scheduling.planning.models import Run
from scheduling.planning.review_api import Most
from scheduling.planning.review_schemas import PlannedShift, PlannedVolunteer
from scheduling.planning.schemas import PolicyOut, policy_of

router = Router()
lookers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)


class SideTotals(Schema):
    places: int
    people: int
    short_of_min: int
    short_of_target: int
    points: int
    """Of deduction: fewer are better."""


class TermPair(Schema):
    term: str
    ours: int
    theirs: int


class CompareOut(Schema):
    policy: PolicyOut
    """What both are scored by."""
    their_policy: PolicyOut | None
    """What the other was planned by; none for the roster in force."""
    sessions: int
    """How many are compared: those that both plan."""
    left_out: int
    """Sessions of the proposal that the other doesn't plan."""
    beyond: int
    """Places of the other's whose people nobody may assign any more."""
    same: int
    """Places that both give to the same person."""
    ours: SideTotals
    theirs: SideTotals
    terms: list[TermPair]
    """Those that differ."""


class ComparedPlace(Schema):
    shift: PlannedShift
    hub: int
    short: list[int]
    """Of the two, ours first: how many lack to the minimum."""
    ours: list[PlannedVolunteer]
    """Who would be there by the proposal alone."""
    theirs: list[PlannedVolunteer]


class ComparedPlaces(Schema):
    count: int
    rows: list[ComparedPlace]


class ComparedPerson(PlannedVolunteer):
    places: list[int]
    """Of the two, ours first: how many they would have."""
    ours: list[PlannedShift]
    theirs: list[PlannedShift]


class ComparedPeople(Schema):
    count: int
    people: list[ComparedPerson]


@router.get("/planning/runs/{run_id}/compare", response=CompareOut, auth=lookers)
def get_compare(request: HttpRequest, run_id: int, other: int | None = None) -> dict[str, object]:
    compared, with_run, _ = _compared(request, run_id, other)
    return {
        **compare.figures(compared),
        "policy": policy_of(compared.proposal.run),
        "their_policy": policy_of(with_run) if with_run else None,
    }


@router.get("/planning/runs/{run_id}/compare/sessions", response=ComparedPlaces, auth=lookers)
def get_compared_sessions(
    request: HttpRequest, run_id: int, other: int | None = None, most: Most = 40
) -> dict[str, object]:
    """Differences only."""
    compared, _, masked = _compared(request, run_id, other)
    return compare.by_session(compared, most=most, masked=masked)


@router.get("/planning/runs/{run_id}/compare/people", response=ComparedPeople, auth=lookers)
def get_compared_people(
    request: HttpRequest, run_id: int, other: int | None = None, most: Most = 40
) -> dict[str, object]:
    """Differences only."""
    compared, _, masked = _compared(request, run_id, other)
    return compare.by_person(compared, most=most, masked=masked)


def _compared(request: HttpRequest, run_id: int, other: int | None) -> tuple[compare.Compared, Run | None, bool]:
    actor = acting(request)
    proposal = proposal_of(actor, "view", run_id)
    with_run = fetch(actor, "view", runs_to_show(), other) if other is not None else None
    if with_run and with_run.state != Run.State.FINISHED:
        raise Refused("run_not_finished", state=with_run.state)
    if with_run and with_run.week != proposal.run.week:
        raise Refused("another_week", run=with_run.pk)
    return compare.compare(proposal, with_run), with_run, not may(actor, "edit", proposal.run)
