"""What the board's API says. Times are ISO 8601 in UTC."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from ninja import Schema

Standing = Literal["full", "short", "empty", "cancelled"]


class BoardRoom(Schema):
    id: int
    name: str
    capacity: int | None


class BoardSite(Schema):
    id: int
    name: str
    kind: str
    parent: int | None
    rooms: list[BoardRoom]


class BoardNeed(Schema):
    id: int
    role: str
    skill: str
    min: int
    target: int
    filled: int


class Adults(Schema):
    required: int
    present: int


class BoardSession(Schema):
    id: int
    revision: int
    state: Standing
    missing: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    hub: int
    room: int | None
    program: int
    title: str
    kind: str
    agency: str
    duty_worker: str | None
    places: int | None
    booked: int
    waiting: int
    needs: list[BoardNeed]
    adults: Adults | None
    """Only where children take the places."""
    editable: bool


class Board(Schema):
    week: dt.date
    today: dt.date
    heads: dict[str, int]
    """Live topics and where they stood when this was read."""
    sites: list[BoardSite]
    sessions: list[BoardSession]


class BoardDay(Schema):
    day: dt.date
    heads: dict[str, int]
    sites: list[BoardSite]
    sessions: list[BoardSession]


class BoardPlace(Schema):
    """A place somebody serves in: an assignment, or staff in a volunteer's place."""

    id: int
    need: int
    state: Literal["published", "accepted", "staff"]
    name: str


class PanelRole(Schema):
    id: int
    role: str
    min: int
    target: int
    priority: int
    skill_id: int | None
    skill: str
    clearance: str
    mode: Literal["instant", "approval", "plan", "invited"]


class PanelPerson(Schema):
    assignment: int
    need: int
    volunteer: int
    name: str
    phone: str
    state: Literal["published", "accepted", "declined"]
    source: str
    reason: str
    cleared: bool
    for_them: bool
    """Staff wrote down what they said."""


class PanelWanting(Schema):
    """Somebody who asked for a place."""

    assignment: int
    need: int
    name: str
    phone: str
    state: Literal["requested", "wished", "waiting", "offered", "agreed"]
    since: dt.datetime
    answer_by: dt.datetime | None
    party: int | None


class PanelStandby(Schema):
    id: int
    volunteer: int
    name: str
    phone: str
    state: Literal["ready", "declined"]
    reason: str


class PanelStaff(Schema):
    """Staff in a volunteer's place; without a need, as one more adult."""

    id: int
    need: int | None
    name: str
    phone: str


class PanelWorker(Schema):
    id: int
    name: str
    phone: str


class PanelEntry(Schema):
    id: int
    action: str
    by: str
    at: dt.datetime
    changed: list[str]


class PanelSeries(Schema):
    series: int
    day: dt.date
    """By the series' rule."""


class PanelKit(Schema):
    id: int
    name: str


class PanelOverride(Schema):
    """A clash that somebody bore, and why."""

    code: str
    reason: str
    by: str


class SessionPanel(BoardSession):
    hub_name: str
    room_name: str
    room_capacity: int | None
    for_children: bool
    note: str
    group_only: bool
    """Its places are a closed group's."""
    series: PanelSeries | None
    cancel_reason: str
    kits: list[PanelKit]
    overrides: list[PanelOverride]
    worker: PanelWorker | None
    roles: list[PanelRole]
    people: list[PanelPerson]
    staff: list[PanelStaff]
    standbys: list[PanelStandby]
    wanting: list[PanelWanting]
    calls: bool
    """Whether this person may see names in full and phones."""
    history: list[PanelEntry]


class BookedPlace(Schema):
    id: int
    state: Literal["booked", "offered", "waiting"]
    name: str
    child: bool
    late: int
    """Places given back late within the last months."""
