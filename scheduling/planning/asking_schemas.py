"""Questions about a proposal, and their answers."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field

from scheduling.planning.review_schemas import PlannedShift, PlannedVolunteer
from scheduling.planning.schemas import PlannedPlace

WaivableCode = Literal["unavailable", "blocked", "too_far", "at_limit"]
Count = Annotated[int, Field(ge=1, le=14)]
Weekday = Annotated[int, Field(ge=0, le=6)]


class SpanOut(Schema):
    starts_at: dt.datetime
    ends_at: dt.datetime


class Step(PlannedVolunteer):
    """What changes for one person."""

    takes: list[PlannedShift]
    leaves: list[PlannedShift]


class OutcomeOut(Schema):
    steps: list[Step]
    terms: dict[str, int]
    """Changes; less is better."""
    short_of_min: int


class Ask(PlannedVolunteer):
    """What one person would be asked for."""

    code: Literal["unavailable", "blocked", "too_far", "at_limit", "no_clearance"]
    need: int
    minutes: int
    clearance: str
    spans: list[SpanOut]
    """When they would have to be there beyond what they offer."""


class RemedyOut(Schema):
    kind: Literal["swap", "unavailable", "blocked", "too_far", "at_limit", "no_clearance", "several"]
    asks: list[Ask]
    outcome: OutcomeOut


class FoundRemedy(Schema):
    remedy: RemedyOut | None
    """None: nothing of one person's would do."""


class IfPinned(Schema):
    kind: Literal["pin"]
    need: int
    volunteer: int


class IfBarred(Schema):
    kind: Literal["bar"]
    need: int
    volunteer: int


class IfDropped(Schema):
    kind: Literal["drop"]
    session: int


class IfMoved(Schema):
    kind: Literal["move"]
    session: int
    starts_at: dt.datetime
    ends_at: dt.datetime


class IfJoined(Schema):
    kind: Literal["join"]
    home: int | None = None
    skills: list[str] = []
    weekdays: list[Weekday]
    cleared: bool = False
    experienced: bool = False
    most: Count = 2


class WhatIfIn(Schema):
    question: Annotated[IfPinned | IfBarred | IfDropped | IfMoved | IfJoined, Field(discriminator="kind")]


class WhatIfOut(OutcomeOut):
    is_proven: bool
    """The difference between two plans that are both best."""
    recruit: list[PlannedShift]
    """What a volunteer who joined would take."""


class WaivedPlace(PlannedPlace):
    code: WaivableCode


class MovesIn(Schema):
    dropped: list[PlannedPlace] = []
    added: list[PlannedPlace] = []
    waived: list[WaivedPlace] = []
    """What gives way in some of the added, since the person was asked."""
    barred: list[PlannedPlace] = []


class WhyOut(Schema):
    terms: dict[str, int]
    next_best: PlannedVolunteer | None
    next_terms: dict[str, int]


class Carrier(Schema):
    volunteer: int
    name: str
    places: int
    minutes: int
    unpopular: int
    history: int
    unpopular_before: int
    wish: int | None
    limit: int | None
    weeks_since_asked: int | None


class FairnessOut(Schema):
    people: list[Carrier]
    people_by_places: list[int]
    """How many people have 0, 1, 2... places."""
