"""What the API says of hours."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

RecordState = Literal["awaiting", "entered", "confirmed", "disputed", "rejected"]
RecordSource = Literal["scan", "card", "hand", "assumed", "back_entry"]
Key = Annotated[int, Field(ge=1, lt=2**63)]
Words = Annotated[str, Field(max_length=300)]


class HoursRecord(Schema):
    id: int
    title: str
    role: str
    hub: str
    program: str
    kind: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    state: RecordState
    source: RecordSource
    late: bool
    """Entered after its time."""
    mine_confirmed: bool
    hub_confirmed: bool
    silent_until: dt.datetime
    words: str
    """What an open dispute says."""


class HoursStars(Schema):
    level: int
    most: int
    next_minutes: int | None


class HoursByProgram(Schema):
    name: str
    kind: str
    times: int
    minutes: int


class HoursMine(Schema):
    minutes: int
    prior_minutes: int
    this_year: int
    open_minutes: int
    stars: HoursStars
    programs: list[HoursByProgram]
    records: list[HoursRecord]
    to_answer: int
    """How many records wait for my word."""
    before: int | None
    """Where older records begin; none at the end."""


class HoursCorrection(Schema):
    started_at: dt.datetime
    ended_at: dt.datetime
    minutes: int
    reason: str
    by: str
    at: dt.datetime
    decided_by: str
    approved: bool | None
    rejection: str


class HoursDispute(Schema):
    words: str
    at: dt.datetime
    answer: str
    answered_by: str


class HoursRecordDetail(HoursRecord):
    """With all that was ever said of it."""

    volunteer: str
    volunteer_no: str
    started_at: dt.datetime
    ended_at: dt.datetime
    entered_by: str
    entered_at: dt.datetime
    reason: str
    rejection: str
    approved_by: str
    confirmed_by: str
    corrections: list[HoursCorrection]
    disputes: list[HoursDispute]


class HoursDeskRecord(Schema):
    id: int
    volunteer: str
    minutes: int
    source: RecordSource
    late: bool
    reason: str
    words: str
    by_me: bool
    """Entered or corrected by who looks: somebody else has to approve."""


class HoursDeskSession(Schema):
    """The records of one session."""

    session_uid: UUID
    title: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    records: list[HoursDeskRecord]


class HoursOwed(Schema):
    volunteer_id: int
    volunteer: str
    session_uid: UUID
    title: str
    role: str
    hub: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    due_on: dt.date
    late: bool


class HoursDesk(Schema):
    to_confirm: list[HoursDeskSession]
    to_confirm_count: int
    awaiting: list[HoursDeskSession]
    disputed: list[HoursDeskSession]
    owed: list[HoursOwed]
    late: int


class HoursConfirm(Schema):
    records: list[Key] = Field(max_length=500)


class HoursConfirmed(Schema):
    confirmed: int


class HoursWords(Schema):
    words: Words


class HoursTimes(Schema):
    started_at: AwareDatetime
    ended_at: AwareDatetime
    reason: Annotated[str, Field(max_length=200)]


class HoursBackEntry(HoursTimes):
    session_uid: UUID
    volunteer_id: Key


class HoursExport(Schema):
    id: int
    made_at: dt.datetime
    made_by: str
    records: int
    uploaded_at: dt.datetime | None
    uploaded_by: str


class HoursExports(Schema):
    columns: list[str]
    available: list[str]
    waiting: int
    """Confirmed and not uploaded yet."""
    exports: list[HoursExport]


class HoursColumns(Schema):
    columns: list[str] = Field(max_length=40)


class HoursExportWish(Schema):
    again: bool = False
    """Also what was uploaded before."""


class HoursFigures(Schema):
    valid_from: dt.date
    star_hours: list[int]
    silence_days: int
    entry_working_days: int


class HoursFiguresWish(Schema):
    valid_from: dt.date
    star_hours: list[Annotated[int, Field(ge=1, le=100_000)]] = Field(min_length=1, max_length=9)
    silence_days: int = Field(ge=1, le=60)
    entry_working_days: int = Field(ge=1, le=60)
