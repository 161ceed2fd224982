"""What the planning API gives out."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from ninja import Schema

from hub import clock
from scheduling.planning.models import Run
from scheduling.planning.proposal import gap

State = Literal["queued", "running", "finished", "cancelled", "failed"]


class Published(Schema):
    added: int
    released: int
    kept: int
    told: int


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
    progress: list[tuple[float, int, int | None]]
    error: str
    created_at: dt.datetime
    finished_at: dt.datetime | None
    published_at: dt.datetime | None
    published: Published | None
    may_edit: bool


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


class Why(Schema):
    code: str
    facts: dict[str, Any]


class Near(Schema):
    volunteer: int
    code: str


class NeedOut(Schema):
    id: int
    role: str
    min: int
    target: int
    filled: int
    missing: int
    reasons: dict[str, int]
    near: list[Near]


class SessionOut(Schema):
    id: int
    title: str
    kind: str
    hub: int
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    needs: list[NeedOut]


class RowOut(Schema):
    need: int
    volunteer: int
    why: list[Why]
    by_hand: bool
    pinned: bool
    accepted: bool
    kept: bool


class PlaceOut(Schema):
    need: int
    volunteer: int


class UnkeptOut(PlaceOut):
    code: str


class VolunteerOut(Schema):
    id: int
    name: str
    places: int
    history: int
    limit: int


class Totals(Schema):
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
    sessions: list[SessionOut]
    rows: list[RowOut]
    volunteers: list[VolunteerOut]
    dropped: list[PlaceOut]
    unkept: list[UnkeptOut]
    left_out: dict[str, int]
    totals: Totals
    told: int
    has_published: bool
    outdated: bool


class Candidate(Schema):
    volunteer: int
    why: list[Why]


class CandidatesOut(Schema):
    need: int
    free_count: int
    free: list[Candidate]
    near: list[Near]
    volunteers: list[VolunteerOut]


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
        progress=run.progress,
        error=run.error,
        created_at=run.created_at,
        finished_at=run.finished_at,
        published_at=run.published_at,
        published=run.published,
        may_edit=may_edit,
    )
