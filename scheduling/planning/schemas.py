"""What the planning API gives out."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from ninja import Schema

from hub import clock
from scheduling.planning.models import Run
from scheduling.planning.proposal import gap, is_outdated

State = Literal["queued", "running", "finished", "cancelled", "failed"]


class PublishedOut(Schema):
    added: int
    released: int
    kept: int
    told: int


class ProgressPoint(Schema):
    seconds: float
    objective: int
    bound: int | None


class RunOut(Schema):
    id: int
    week: dt.date
    hubs: list[int]
    state: State
    cancel_asked: bool
    seconds: int
    elapsed: float
    """Seconds since it began, for the bar."""
    objective: int | None
    bound: int | None
    gap: float | None
    progress: list[ProgressPoint]
    sessions: int
    volunteers: int
    """How many there are to plan, and to plan with."""
    error: str
    created_at: dt.datetime
    finished_at: dt.datetime | None
    published_at: dt.datetime | None
    published: PublishedOut | None
    outdated: bool
    """Something it was planned from has changed since."""
    may_edit: bool


class PastRun(Schema):
    id: int
    week: dt.date
    hubs: list[int]
    state: State
    asked_by: str
    """Nobody for one from the command line."""
    created_at: dt.datetime
    published_at: dt.datetime | None
    places: int


class DeskHub(Schema):
    id: int
    name: str
    kind: str
    parent: int | None
    sessions: int
    """In this week, still to come."""


class DeskOut(Schema):
    week: dt.date
    hubs: list[DeskHub]
    run: RunOut | None
    """The newest of the week."""
    may_plan: bool


class WhyHere(Schema):
    code: str
    facts: dict[str, Any]


class NearMiss(Schema):
    volunteer: int
    code: str


class PlannedNeed(Schema):
    id: int
    role: str
    min: int
    target: int
    filled: int
    missing: int
    reasons: dict[str, int]
    near: list[NearMiss]


class PlannedSession(Schema):
    id: int
    title: str
    kind: str
    hub: int
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    needs: list[PlannedNeed]


class PlannedRow(Schema):
    need: int
    volunteer: int
    why: list[WhyHere]
    by_hand: bool
    pinned: bool
    accepted: bool
    kept: bool
    waived: str | None
    """The rule that gives way here, as the person agreed."""


class PlannedPlace(Schema):
    need: int
    volunteer: int


class UnkeptPlace(PlannedPlace):
    code: str


class PlannedPerson(Schema):
    id: int
    name: str
    places: int
    history: int
    limit: int


class PlanTotals(Schema):
    objective: int
    bound: int | None
    gap: float | None
    places: int
    people: int
    short_of_min: int
    short_of_target: int
    seats_min: int
    seats_target: int


class ProposalOut(Schema):
    sessions: list[PlannedSession]
    rows: list[PlannedRow]
    volunteers: list[PlannedPerson]
    dropped: list[PlannedPlace]
    unkept: list[UnkeptPlace]
    left_out: dict[str, int]
    totals: PlanTotals
    told: int
    has_published: bool


class PlanCandidate(Schema):
    volunteer: int
    why: list[WhyHere]


class CandidatesOut(Schema):
    need: int
    free_count: int
    free: list[PlanCandidate]
    near: list[NearMiss]
    volunteers: list[PlannedPerson]


class GroupText(Schema):
    text: str
    link: str


def _elapsed(run: Run) -> float:
    if run.started_at is None:
        return 0.0
    return max(0.0, ((run.finished_at or clock.now()) - run.started_at).total_seconds())


def run_out(run: Run, *, may_edit: bool) -> RunOut:
    return RunOut(
        id=run.pk,
        week=run.week,
        hubs=sorted(hub.pk for hub in run.hubs.all()),
        state=cast(State, run.state),
        cancel_asked=run.cancel_asked,
        seconds=run.seconds,
        elapsed=_elapsed(run),
        objective=run.objective,
        bound=run.bound,
        gap=gap(run.objective, run.bound, run.empty_objective),
        sessions=len(run.index["sessions"]),
        volunteers=len(run.index["volunteers"]),
        progress=[ProgressPoint(seconds=at, objective=best, bound=low) for at, best, low in run.progress],
        error=run.error,
        created_at=run.created_at,
        finished_at=run.finished_at,
        published_at=run.published_at,
        published=run.published,
        outdated=run.state == Run.State.FINISHED and run.published_at is None and is_outdated(run),
        may_edit=may_edit,
    )


def past_run(run: Run) -> PastRun:
    """Of a run with its hubs, who asked and `places` counted."""
    return PastRun(
        id=run.pk,
        week=run.week,
        hubs=sorted(hub.pk for hub in run.hubs.all()),
        state=cast(State, run.state),
        asked_by=run.requested_by.name if run.requested_by else "",
        created_at=run.created_at,
        published_at=run.published_at,
        places=run.places,  # type: ignore[attr-defined]
    )
