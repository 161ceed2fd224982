"""What a hub's tablet tells, and what it is told."""

from __future__ import annotations

import datetime as dt
from typing import Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AwareDatetime

from scheduling.attendance.children_sheet import AwaitedFamily
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.attendance.schemas import SiteName
from scheduling.attendance.sheet import Expected
from scheduling.bookings.models import Booking
from scheduling.signups.models import Assignment


class PairIn(Schema):
    code: str = Field(max_length=20)


class PairedOut(Schema):
    token: str
    code_key: str
    """What pick-up codes are bound to on this tablet: told this once."""
    hub: SiteName
    device: str


class SentIn(Schema):
    uid: UUID
    counter: int = Field(ge=0, lt=2**31)
    card: str = Field(max_length=200)
    at: AwareDatetime


class ChildSentIn(Schema):
    uid: UUID
    counter: int = Field(ge=0, lt=2**31)
    at: AwareDatetime
    kind: Literal["in", "out", "try"]
    booking: int = Field(ge=0, lt=2**63)
    proof: str = Field("", max_length=64)
    guardian: str = Field("", max_length=64)
    card: str = Field("", max_length=200)


class SyncIn(Schema):
    now: AwareDatetime
    """By the tablet's clock, at the moment of sending."""
    events: list[SentIn] = Field(default_factory=list, max_length=200)
    children: list[ChildSentIn] = Field(default_factory=list, max_length=200)


class ExpectedPlaceOut(Schema):
    title: str
    role: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    signed_in_at: dt.datetime | None
    signed_out_at: dt.datetime | None


class ExpectedOut(Schema):
    name: str
    number: str
    proof: str
    places: list[ExpectedPlaceOut]


class ChildPlaceOut(Schema):
    booking: int
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    arrived_at: dt.datetime | None
    left_at: dt.datetime | None


class AwaitedChildOut(Schema):
    name: str
    may_go_alone: bool
    places: list[ChildPlaceOut]


class GuardianOut(Schema):
    id: str
    relation: str


class AwaitedFamilyOut(Schema):
    number: str
    proof: str
    guardians: list[GuardianOut]
    salt: str
    codes: list[str]
    """Each: HMAC, under the tablet's key, of the day and the code as stretched with `salt` in `rounds`."""
    children: list[AwaitedChildOut]


class SyncOut(Schema):
    now: dt.datetime
    hub: SiteName
    device: int
    door_key: str
    door: str
    """What stands before a code in its address."""
    taken: list[UUID]
    day: dt.date
    expected: list[ExpectedOut]
    rounds: int
    families: list[AwaitedFamilyOut]
    complete: bool
    """Some codes are still to come where not: ask again."""


def expected_out(one: Expected) -> ExpectedOut:
    return ExpectedOut(
        name=one.name,
        number=one.number,
        proof=one.proof,
        places=[_expected_place(row, attendance) for row, attendance in one.places],
    )


def _expected_place(row: Assignment, attendance: Attendance | None) -> ExpectedPlaceOut:
    return ExpectedPlaceOut(
        title=row.session.program.name,
        role=row.need.role,
        starts_at=row.session.starts_at,
        ends_at=row.session.ends_at,
        signed_in_at=attendance.signed_in_at if attendance else None,
        signed_out_at=attendance.signed_out_at if attendance else None,
    )


def family_out(one: AwaitedFamily) -> AwaitedFamilyOut:
    return AwaitedFamilyOut(
        number=one.number,
        proof=one.proof,
        guardians=[GuardianOut(id=guardian, relation=relation) for guardian, relation in one.guardians],
        salt=one.salt,
        codes=list(one.codes),
        children=[
            AwaitedChildOut(
                name=child.child.person.name,
                may_go_alone=child.may_go_alone,
                places=[_child_place(row, attendance) for row, attendance in child.places],
            )
            for child in one.children
        ],
    )


def _child_place(row: Booking, attendance: ChildAttendance | None) -> ChildPlaceOut:
    return ChildPlaceOut(
        booking=row.pk,
        title=row.session.program.name,
        starts_at=row.session.starts_at,
        ends_at=row.session.ends_at,
        arrived_at=attendance.arrived_at if attendance else None,
        left_at=attendance.left_at if attendance else None,
    )
