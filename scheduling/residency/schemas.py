"""What the API says of ledgers. Times are minutes."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import AfterValidator

from scheduling.residency.ledger import Phase, Standing
from scheduling.residency.months import month_of

IndicatorCode = Literal["sessions", "visits", "people", "casework", "volunteer_minutes"]
FigureCode = Literal["sessions", "visits", "people", "casework", "volunteer_minutes", "room_minutes"]
SideCode = Literal["agency", "hub"]
LedgerMonthDay = Annotated[dt.date, AfterValidator(month_of), Field(ge=dt.date(2000, 1, 1), lt=dt.date(2100, 1, 1))]
Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), lt=dt.date(2100, 1, 1))]
Number = Annotated[int, Field(ge=0, le=1_000_000)]


class LedgerLine(Schema):
    indicator: IndicatorCode
    done: int
    pending: int
    coming: int
    corrected: int
    owed: int | None
    standing: Standing
    missing: int


class LedgerRooms(Schema):
    used: int
    coming: int
    corrected: int
    granted: int | None


class LedgerYes(Schema):
    """Who said yes, and when."""

    by: str
    at: dt.datetime


class LedgerMonth(Schema):
    month: dt.date
    phase: Phase
    agreed: bool
    """Something is agreed on for it."""
    lines: list[LedgerLine]
    rooms: LedgerRooms
    yes: dict[SideCode, LedgerYes]
    closed_at: dt.datetime | None


class LedgerStay(Schema):
    residency: int
    agency: str
    hub: str
    starts_on: dt.date | None
    ends_on: dt.date | None


class LedgerOfStay(LedgerStay):
    of_month: LedgerMonth


class LedgerOverview(Schema):
    month: dt.date
    stays: list[LedgerOfStay]
    """Where most is missing first."""


class LedgerRoom(Schema):
    id: int
    name: str
    site: str


class LedgerAgreement(Schema):
    valid_from: dt.date
    rooms: list[int]
    room_minutes: int | None
    owed: dict[IndicatorCode, int]
    by: str
    at: dt.datetime


class LedgerDetail(LedgerStay):
    months: list[LedgerMonth]
    """The newest first."""
    first_month: dt.date
    agreements: list[LedgerAgreement]
    """The newest first."""
    suggested: LedgerTerms
    """What the agreement editor begins with: what held last, or what the workbook says."""
    rooms: list[LedgerRoom]
    sides: list[SideCode]
    """For whom one may speak."""


class LedgerTerms(Schema):
    valid_from: LedgerMonthDay
    starts_on: Day | None = None
    ends_on: Day | None = None
    rooms: list[int] = Field(default_factory=list, max_length=200)
    room_minutes: Annotated[int, Field(ge=0, le=50_000)] | None = None
    owed: dict[IndicatorCode, Number]


class LedgerSource(Schema):
    id: int | None
    title: str
    site: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    over: bool
    on_record: bool
    children: int
    booked: int
    counted: int | None
    newcomers: int
    volunteer_minutes: int
    unconfirmed_minutes: int
    room_minutes: int
    may_count: bool


class LedgerCasework(Schema):
    id: int
    day: dt.date
    count: int
    by: str
    confirmed_by: str
    mine: bool
    """A second person confirms it."""


class LedgerCorrection(Schema):
    id: int
    figure: FigureCode
    change: int
    reason: str
    side: SideCode
    by: str
    at: dt.datetime
    confirmed_by: str
    confirmed_at: dt.datetime | None
    refused_by: str
    refused_at: dt.datetime | None
    refusal: str
    mine: bool


class LedgerMonthDetail(LedgerStay):
    of_month: LedgerMonth
    sources: list[LedgerSource]
    casework: list[LedgerCasework]
    corrections: list[LedgerCorrection]
    seen: str
    """What a yes to these figures names."""
    sides: list[SideCode]


class LedgerCaseworkIn(Schema):
    day: Day
    count: int = Field(ge=1, le=1000)


class LedgerTurnoutIn(Schema):
    visits: int = Field(ge=0, le=100_000)
    newcomers: int = Field(0, ge=0, le=100_000)


class LedgerYesIn(Schema):
    side: SideCode
    seen: str = Field(max_length=64)


class LedgerCorrectionIn(Schema):
    side: SideCode
    figure: FigureCode
    change: int = Field(ge=-1_000_000, le=1_000_000)
    reason: str = Field(min_length=2, max_length=200, pattern=r"\S")


class LedgerSideIn(Schema):
    side: SideCode


class LedgerRefusalIn(LedgerSideIn):
    reason: str = Field(min_length=2, max_length=200, pattern=r"\S")


class LedgerLagging(LedgerStay):
    lines: list[LedgerLine]
    """Those that lag, of the running month."""
