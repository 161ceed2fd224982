"""/api/settings/roster: the one table of figures that eligibility and planning work with."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from hub.access.operations import Allow, acting, administrators
from hub.journal.figures import set_figures
from hub.people.models import Role
from scheduling.sessions.models import RosterSettings

router = Router()
readers = Allow(Role.COORDINATOR, Role.ADMINISTRATOR, Role.REGULATOR)

Weight = Annotated[float, Field(ge=0, le=100_000)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60)]


class RosterMinimumWeights(Schema):
    """Points for a seat filled up to the minimum, by the need's priority."""

    first: Weight
    second: Weight
    third: Weight


class RosterWeights(Schema):
    min: RosterMinimumWeights
    target: Weight
    fair_step: Weight
    unpopular: Weight
    buddy: Weight
    travel_per_min: Weight
    keep: Weight
    add: Weight
    standing: Weight
    familiar: Weight
    wish: Weight
    shared: Weight
    asked: Weight


class RosterFigures(Schema):
    travel_base_minutes: Annotated[float, Field(ge=0, le=120)]
    travel_minutes_per_km: Annotated[float, Field(ge=0, le=60)]
    max_travel_minutes: Minutes
    min_rest_minutes: Minutes
    experienced_from_minutes: Annotated[int, Field(ge=0, le=600_000)]
    new_at_minutes: Annotated[int, Field(ge=0, le=600_000)]
    history_weeks: Annotated[int, Field(ge=0, le=52)]
    preferred_kind_score: Annotated[int, Field(ge=0, le=10_000)]
    most_waiting: Annotated[int, Field(ge=0, le=1_000)]
    cutoff_hours: Annotated[int, Field(ge=2, le=168)]
    move_after_hours: Annotated[int, Field(ge=0, le=168)]
    cancel_after_hours: Annotated[int, Field(ge=0, le=168)]
    late_cancel_hours: Annotated[int, Field(ge=0, le=168)]
    weights: RosterWeights


PRIORITIES = {"first": "1", "second": "2", "third": "3"}
PLAIN = [name for name in RosterFigures.model_fields if name != "weights"]


def describe(row: RosterSettings) -> RosterFigures:
    weights = dict(row.weights)
    weights["min"] = {name: weights["min"][priority] for name, priority in PRIORITIES.items()}
    return RosterFigures(weights=RosterWeights(**weights), **{name: getattr(row, name) for name in PLAIN})


def columns(figures: RosterFigures) -> dict[str, Any]:
    values = figures.dict()
    least = values["weights"]["min"]
    values["weights"]["min"] = {priority: least[name] for name, priority in PRIORITIES.items()}
    return values


@router.get("/settings/roster", response=RosterFigures, auth=readers)
def get_roster_figures(request: HttpRequest) -> RosterFigures:
    return describe(RosterSettings.current())


@router.put("/settings/roster", response=RosterFigures, auth=administrators)
def put_roster_figures(request: HttpRequest, wish: RosterFigures) -> RosterFigures:
    """Proposals keep the figures they were made with; sign-ups go by the new ones at once."""
    return describe(set_figures(RosterSettings, columns(wish), by=acting(request).person.pk))
