"""What the API of series takes and says."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from ninja import Field, Schema

from hub.places.working_days import unannounced
from scheduling.series.outcome import Outcome, Reason
from scheduling.sessions.api import SessionNeed
from scheduling.sessions.look_api import LookOffer
from scheduling.sessions.naming import named


class SeriesDays(Schema):
    """When it is held, and what it holds."""

    first_day: dt.date
    rule: str = Field(max_length=200)
    until: dt.date | None = None
    count: int | None = Field(None, ge=1, le=200)
    term: int | None = None
    holidays: Literal["skip", "move", "keep"] = "skip"
    makeup: bool = True
    start: int = Field(ge=0, lt=1440)
    """Minutes after local midnight."""
    minutes: int = Field(ge=1, le=1440)
    hub: int
    room: int | None = None
    places: int | None = Field(None, ge=0, le=10_000)
    group_only: bool = False
    """A closed group: staff enrol who comes, once for all sessions. Set before it is published."""
    duty_worker: int | None = None
    note: str = Field("", max_length=2000)
    needs: list[SessionNeed] = Field(default_factory=list, max_length=20)


class RowChoice(Schema):
    """What is chosen for one row that clashes."""

    row: str = Field(max_length=20)
    """Its key."""
    room: int | None = None
    starts_at: dt.datetime | None = None
    """None: time and place as they were wished."""
    borne: list[str] = Field(default_factory=list, max_length=10)


class RowsSettled(Schema):
    """How what clashes is settled, and what was seen of it."""

    choices: list[RowChoice] = Field(default_factory=list, max_length=200)
    borne: list[str] = Field(default_factory=list, max_length=10)
    """The clashes, by code, that are borne on every row, where whoever saves may do so."""
    borne_reason: str = Field("", max_length=200)
    seen: str = Field("", max_length=40)
    """Of the preview that is to be saved; none asks for one."""


class SeriesNew(SeriesDays, RowsSettled):
    program: int
    draft: bool = False


class SeriesChange(SeriesDays, RowsSettled):
    revision: int
    since: dt.date | None = None
    """This and the following: the day by the rule. None: all."""
    over_own: bool = False
    """Over what was edited by hand, too."""
    reason: str = Field("", max_length=200)
    """Told to whoever had a place in what is cancelled."""


class SeriesSeen(RowsSettled):
    revision: int


class SeriesUndo(SeriesSeen):
    reason: str = Field("", max_length=200)


class SeriesRevision(Schema):
    revision: int


class OutcomeReason(Schema):
    code: str
    facts: dict[str, Any]


class RowReason(OutcomeReason):
    borne: bool
    """It clashed, and is held all the same."""


class OutcomeRow(Schema):
    key: str
    """By which a choice names it."""
    day: dt.date
    """By the rule."""
    what: Literal["added", "kept", "moved", "edited", "cancelled", "removed", "not_held", "stays"]
    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    session: int | None
    title: str
    """Where the rows are of several programs."""
    people: int
    """Who has a place and is told."""
    reasons: list[RowReason]
    room_name: str
    """Where a room was chosen for this row."""
    wished_at: dt.datetime | None
    """Of what clashes: when it was to be; the offers are instead of it."""
    wished_room: int | None
    offers: list[LookOffer]
    bearable: list[str]
    """The codes of all that hinders it, where whoever asks may bear every one, with a reason."""


class SeriesOutcome(Schema):
    saved: bool
    """False: this is how it would come out; nothing was written."""
    seen: str
    series: int | None
    rows: list[OutcomeRow]
    unannounced: list[int]
    """Years of these days whose make-up days are not known yet."""


class SeriesLine(Schema):
    id: int
    revision: int
    program: str
    hub: str
    room: str
    first_day: dt.date
    rule: str
    until: dt.date | None
    count: int | None
    term: str
    start: int
    minutes: int
    draft: bool
    editable: bool
    next_at: dt.datetime | None
    """Its next session; none when all are over, or there are none."""
    ahead: int
    """Sessions to come."""
    undo_until: dt.datetime | None
    """The last change took sessions away, and may be taken back until then."""


class SeriesOccurrence(Schema):
    day: dt.date
    session: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool
    own: bool
    """Edited by hand."""
    days_left: int | None
    """Of a rule that counts its days: how many there are from this one on, those that are not held among them."""


class SeriesFull(SeriesDays):
    id: int
    revision: int
    program: int
    program_name: str
    draft: bool
    editable: bool
    undo_until: dt.datetime | None
    occurrences: list[SeriesOccurrence]
    """Those with a session, in order of the days."""


class TermIn(Schema):
    name: str = Field(max_length=60)
    hub: int | None = None
    first_day: dt.date
    last_day: dt.date


class TermOut(TermIn):
    id: int
    editable: bool


class EnrolIn(Schema):
    children: list[int] = Field(max_length=50)
    guardian_phone: str = Field("", max_length=40)
    """As said at the desk, where the child is not known here yet."""


class EnrolledOut(Schema):
    left_out: int
    """Places that could not be had: busy elsewhere then, or without the consent to keep their data."""


class Member(Schema):
    child: int
    name: str
    since: dt.datetime


class WeekTemplateIn(Schema):
    hub: int
    week: dt.date
    name: str = Field(max_length=60)


class WeekTemplateOut(Schema):
    id: int
    hub: int
    name: str
    sessions: int
    created_at: dt.datetime


class LayIn(RowsSettled):
    week: dt.date


def outcome_out(outcome: Outcome) -> dict[str, Any]:
    reasons = [(row, one) for row in outcome.rows for one in row.reasons]
    said: dict[int, list[RowReason]] = {}
    for (row, one), facts in zip(reasons, named(one.facts for _, one in reasons), strict=True):
        said.setdefault(id(row), []).append(_reason(one, facts))
    return {
        "saved": outcome.saved,
        "seen": outcome.seen,
        "series": outcome.series,
        "unannounced": unannounced({row.day.year for row in outcome.rows}),
        "rows": [
            {
                **{name: getattr(row, name) for name in _PLAIN},
                "reasons": said.get(id(row), []),
                "room_name": row.room.name if row.room else "",
                "wished_at": row.wish.starts_at if row.wish else None,
                "wished_room": row.wish.room.pk if row.wish and row.wish.room else None,
                "offers": [LookOffer.of(one) for one in row.offers],
                "bearable": list(row.bearable),
            }
            for row in outcome.rows
        ],
    }


_PLAIN = ("key", "day", "what", "starts_at", "ends_at", "session", "title", "people")


def _reason(one: Reason, facts: dict[str, Any]) -> RowReason:
    return RowReason(code=one.code, facts=facts, borne=one.borne)
