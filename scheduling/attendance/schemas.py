"""What the API says about attendance."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from ninja import Field, Schema
from pydantic import AwareDatetime

from scheduling.attendance.day import Awaited, DayAtDoor
from scheduling.attendance.models import Attendance, AttendanceEvent, Device
from scheduling.attendance.visits import Stop

Noted = Literal["", "qr", "device", "hand", "assumed"]


class SiteName(Schema):
    id: int
    name: str


class AttendanceOut(Schema):
    assignment: int
    signed_in_at: dt.datetime | None
    signed_out_at: dt.datetime | None
    how: Noted
    how_out: Noted
    by: str
    """Who noted it by hand."""
    missed: bool
    doubts: list[str]
    hours_entered: bool


class PassedOut(Schema):
    """When a volunteer came and went."""

    assignment: int
    signed_in_at: dt.datetime | None
    signed_out_at: dt.datetime | None


class AwaitedOut(AttendanceOut):
    volunteer: int
    name: str
    role: str


class DoorSessionOut(Schema):
    id: int
    title: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    people: list[AwaitedOut]


class LooseOut(Schema):
    """A sighting that fits no place."""

    id: int
    name: str
    at: dt.datetime
    device: str
    doubt: str
    """not_expected, when nothing else is the matter."""


class DayOut(Schema):
    day: dt.date
    hubs: list[SiteName]
    hub: int | None
    head: int
    sessions: list[DoorSessionOut]
    loose: list[LooseOut]


class DoorOut(Schema):
    address: str
    seconds: int
    """Until the next one."""


class DeviceOut(Schema):
    id: int
    hub: int
    hub_name: str
    name: str
    paired: bool
    paired_by: str
    last_seen_at: dt.datetime | None
    skew_seconds: int
    lost: int


class PairingOut(Schema):
    id: int
    code: str
    """Shown this once."""


class TimesIn(Schema):
    signed_in_at: AwareDatetime | None = None
    signed_out_at: AwareDatetime | None = None


class VisitShiftOut(Schema):
    assignment: int
    program: str
    role: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    signed_in_at: dt.datetime | None
    signed_out_at: dt.datetime | None
    done: Literal["", "in", "out"]


class VisitOut(Schema):
    name: str
    hub: SiteName
    shifts: list[VisitShiftOut]


class DoorTokenIn(Schema):
    token: str = Field(max_length=100)


class VisitedHubOut(Schema):
    hub: SiteName


class CardOut(Schema):
    name: str
    number: str
    text: str
    """What its QR says."""


def attendance_out(row: Attendance) -> AttendanceOut:
    return AttendanceOut(
        assignment=row.assignment_id,
        signed_in_at=row.signed_in_at,
        signed_out_at=row.signed_out_at,
        how=cast(Noted, row.how),
        how_out=cast(Noted, row.how_out),
        by=row.by.name if row.by else "",
        missed=row.missed,
        doubts=row.doubts,
        hours_entered=row.hours_entered_at is not None,
    )


def day_out(found: DayAtDoor) -> DayOut:
    return DayOut(
        day=found.day,
        hubs=[SiteName(id=hub.pk, name=hub.name) for hub in found.hubs],
        hub=found.hub.pk if found.hub else None,
        head=found.head,
        sessions=[
            DoorSessionOut(
                id=session.pk,
                title=session.program.name,
                room=session.room.name if session.room else "",
                starts_at=session.starts_at,
                ends_at=session.ends_at,
                people=[_awaited(one) for one in people],
            )
            for session, people in found.sessions
        ],
        loose=[_loose(one) for one in found.loose],
    )


def _awaited(one: Awaited) -> AwaitedOut:
    row = one.assignment
    return AwaitedOut(
        **attendance_out(one.attendance).dict(),
        volunteer=row.volunteer_id,
        name=row.volunteer.person.name,
        role=row.need.role,
    )


def _loose(event: AttendanceEvent) -> LooseOut:
    return LooseOut(
        id=event.pk,
        name=event.volunteer.person.name if event.volunteer else "",
        at=event.at,
        device=event.device.name if event.device else "",
        doubt=event.doubt or "not_expected",
    )


def device_out(device: Device) -> DeviceOut:
    return DeviceOut(
        id=device.pk,
        hub=device.hub_id,
        hub_name=device.hub.name,
        name=device.name,
        paired=device.token_hash is not None,
        paired_by=device.paired_by.name if device.paired_by else "",
        last_seen_at=device.last_seen_at,
        skew_seconds=device.skew_seconds,
        lost=device.lost,  # type: ignore[attr-defined]
    )


def passed_out(row: Attendance) -> PassedOut:
    return PassedOut(assignment=row.assignment_id, signed_in_at=row.signed_in_at, signed_out_at=row.signed_out_at)


def visit_shift_out(stop: Stop) -> VisitShiftOut:
    row = stop.assignment
    session = row.session
    return VisitShiftOut(
        assignment=row.pk,
        program=session.program.name,
        role=row.need.role,
        room=session.room.name if session.room else "",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        signed_in_at=stop.attendance.signed_in_at,
        signed_out_at=stop.attendance.signed_out_at,
        done=cast(Literal["", "in", "out"], stop.done),
    )
