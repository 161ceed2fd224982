"""A small week to plan, and runs that end as a test says without waiting for the planner."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.places.models import Hub
from scheduling.planning import runs
from scheduling.planning.index import Index
from scheduling.planning.models import Run
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from tests.support.make import MONDAY, make_need, make_program, make_session, make_volunteer
from volunteers.models import Volunteer

BEFORE = clock.at(MONDAY - dt.timedelta(days=7), 9 * 60)
"""A moment in the week before the one that is planned."""
OLD_HAND = 200 * 60
"""Minutes of service of somebody experienced."""


def make_helper(**values: Any) -> Volunteer:
    """An experienced volunteer who can come at any time."""
    return make_volunteer(**{"prior_minutes": OLD_HAND} | values)


def make_open_need(*, hub: Hub, day: int = 0, start: int = 9 * 60, minutes: int = 90, **values: Any) -> Need:
    """A need of a visit on the `day`th day of the week."""
    kind = values.pop("kind", "visit")
    session = make_session(
        day=MONDAY + dt.timedelta(days=day), start=start, minutes=minutes, hub=hub, program=make_program(kind=kind)
    )
    return make_need(session=session, **values)


def make_assignment(need: Need, volunteer: Volunteer, state: str = Assignment.State.PUBLISHED) -> Assignment:
    return Assignment.objects.create(
        need=need,
        session=need.session,
        volunteer=volunteer,
        state=state,
        source=Assignment.Source.PLANNER,
        created_at=BEFORE,
        changed_at=BEFORE,
    )


def make_run(*hubs: Hub, seconds: int = 5) -> Run:
    return runs.request_run(week=MONDAY, hubs=hubs, seconds=seconds, by=None)


def finish(run: Run, *places: tuple[Need, Volunteer]) -> Run:
    """End a run with these places as its plan."""
    attempt = runs.claim_run(run.pk)
    assert attempt is not None
    index = Index.from_json(run.index)
    at = {need: (s, r) for s, needs in enumerate(index.needs) for r, need in enumerate(needs)}
    plan = {
        "assignments": [[index.volunteers.index(who.pk), *at[need.pk]] for need, who in places],
        "objective": 100,
        "bound": 90,
        "status": "feasible",
        "seconds": {"total": 1.0},
        "unfilled": [],
    }
    assert runs.finish_run(run.pk, attempt, plan=plan, open_to=[[5 for _ in needs] for needs in index.needs])
    run.refresh_from_db()
    return run


def steps_of(outcome: dict[str, Any]) -> list[tuple[int, list[int], list[int]]]:
    """(volunteer, needs they take, needs they leave) of what a proposal would become."""
    return [
        (step["volunteer"], *([shift["need"] for shift in step[side]] for side in ("takes", "leaves")))
        for step in outcome["steps"]
    ]


def in_force(run: Run) -> set[tuple[int, int]]:
    """(need, volunteer) of the active places in the run's sessions."""
    rows = Assignment.objects.filter(session__in=run.index["sessions"], state__in=Assignment.ACTIVE)
    return set(rows.values_list("need_id", "volunteer_id"))
