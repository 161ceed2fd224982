"""What the planning API gives out."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from ninja import Schema

from hub import clock
from scheduling.planning.models import Run
from scheduling.planning.policies import chosen_by
from scheduling.planning.proposal import gap, is_outdated

State = Literal["queued", "running", "finished", "cancelled", "failed"]


class PolicyOut(Schema):
    code: str
    """A preset's, or "own"."""
    goals: list[str]
    """What it cares about, the first first; none: as the district's weights have it."""
    hub: int | None
    """Whose own it is."""
    name: str
    sentence: str
    """Only of one's own: presets are worded by the page."""


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
    policy: PolicyOut
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
    was_published: bool
    """All of it or a part."""
    outdated: bool
    """Something it was planned from has changed since."""
    may_edit: bool


class PastRun(Schema):
    id: int
    week: dt.date
    hubs: list[int]
    state: State
    policy: PolicyOut
    asked_by: str
    """Nobody for one from the command line."""
    created_at: dt.datetime
    published_at: dt.datetime | None
    published: Literal["no", "part", "whole"]
    places: int
    short: int | None
    """How many lack to what sessions must have; none for a run without a plan."""
    gap: float | None
    """By its own policy: it says nothing about another run's."""
    restored: bool
    """An earlier roster, as far as it may be again."""


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


class PlannedPlace(Schema):
    need: int
    volunteer: int


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


class GroupText(Schema):
    text: str
    link: str


def policy_of(run: Run) -> PolicyOut:
    return PolicyOut(**chosen_by(run).to_json())


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
        policy=policy_of(run),
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
        was_published=run.publications.exists(),
        outdated=run.state == Run.State.FINISHED and run.published_at is None and is_outdated(run),
        may_edit=may_edit,
    )


def past_run(run: Run) -> PastRun:
    """Of a run with its hubs, publications, who asked and `places` counted."""
    return PastRun(
        id=run.pk,
        week=run.week,
        hubs=sorted(hub.pk for hub in run.hubs.all()),
        state=cast(State, run.state),
        policy=policy_of(run),
        asked_by=run.requested_by.name if run.requested_by else "",
        created_at=run.created_at,
        published_at=run.published_at,
        published="whole" if run.published_at else "part" if run.publications.all() else "no",
        short=run.short,
        restored=run.restored is not None,
        gap=gap(run.objective, run.bound, run.empty_objective),
        places=run.places,  # type: ignore[attr-defined]
    )
