"""/api/attendance/children: children coming and going, whom to call for one that waits, what guardians wish to hear."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from hub import clock
from hub.access.operations import acting, guardians, schedulers
from hub.access.rules import fetch
from hub.places.models import Hub
from scheduling.attendance import children
from scheduling.attendance.children_day import Came, ChildHere, came_today, children_of_day, loose_children
from scheduling.attendance.comings import hears_of_comings, wish_comings
from scheduling.attendance.late_pickups import late_for, numbers_to_call
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking

router = Router()


class ChildStanding(Schema):
    booking: int
    arrived_at: dt.datetime | None
    left_at: dt.datetime | None
    fetched_by: int | None
    went_with: str
    """Empty where the child went alone."""
    code_said: bool
    by: str
    """Empty where the tablet noted it."""
    doubt: str


class FetchingOut(Schema):
    person: int
    name: str
    relation: str
    has_code: bool


class ChildHereOut(ChildStanding):
    session: int
    child: int
    name: str
    fetching: list[FetchingOut]
    may_go_alone: bool
    no_photo: bool
    has_note: bool
    wrong_codes: int


class LooseChildOut(Schema):
    """What a tablet told of a child that does not fit."""

    id: int
    kind: Literal["in", "out"]
    name: str
    at: dt.datetime
    device: str
    went_with: str
    doubt: str


class LeaveIn(Schema):
    fetched_by: int | None
    """Nobody: the child goes home alone."""
    code: str = Field("", max_length=12)
    known: bool = False
    """Without a code, by whom staff know."""


class ChildTimesIn(Schema):
    arrived_at: AwareDatetime | None = None
    left_at: AwareDatetime | None = None
    fetched_by: int | None = None
    """With whom the child went; nobody: alone."""


class LateChild(Schema):
    booking: int
    name: str
    program: str
    hub: str
    ends_at: dt.datetime


class NumberOut(Schema):
    name: str
    relation: str
    phone: str


class CameOut(Schema):
    booking: int
    name: str
    program: str
    hub: str
    arrived_at: dt.datetime | None
    left_at: dt.datetime | None
    went_with: str
    relation: str
    doubt: str


class ComingsOut(Schema):
    told: bool
    """By a message, each time."""
    today: list[CameOut]


class ComingsIn(Schema):
    told: bool


def _booking(request: HttpRequest, booking_id: int) -> Booking:
    return fetch(acting(request), "note_children", Booking.objects.select_related("session"), booking_id)


@router.get("/attendance/children/day", response=list[ChildHereOut], auth=schedulers)
def get_children(request: HttpRequest, response: HttpResponse, hub: int, day: dt.date | None = None) -> Any:
    """The day's children at a hub, those of one's own sessions."""
    actor = acting(request)
    place = fetch(actor, "receive", Hub.objects.all(), hub)
    response["Cache-Control"] = "no-store"
    found = children_of_day(actor=actor, hub=place.pk, day=day or clock.today())
    return [_here_out(one) for rows in found.values() for one in rows]


@router.get("/attendance/children/loose", response=list[LooseChildOut], auth=schedulers)
def get_loose(request: HttpRequest, response: HttpResponse, hub: int, day: dt.date | None = None) -> Any:
    """What a tablet told of children that does not fit: set aside once it was looked at."""
    actor = acting(request)
    place = fetch(actor, "receive", Hub.objects.all(), hub)
    response["Cache-Control"] = "no-store"
    return [_loose_out(one) for one in loose_children(actor=actor, hub=place.pk, day=day or clock.today())]


@router.post("/attendance/children/{int:booking_id}/arrive", response=ChildStanding, auth=schedulers)
def post_arrive(request: HttpRequest, booking_id: int) -> ChildStanding:
    row = _booking(request, booking_id)
    return _standing(children.arrive(booking=row.pk, by=acting(request).person))


@router.post("/attendance/children/{int:booking_id}/leave", response=ChildStanding, auth=schedulers)
def post_leave(request: HttpRequest, booking_id: int, wish: LeaveIn) -> ChildStanding:
    row = _booking(request, booking_id)
    found = children.leave(
        booking=row.pk, fetched_by=wish.fetched_by, code=wish.code, known=wish.known, by=acting(request).person
    )
    return _standing(found)


@router.post("/attendance/children/{int:booking_id}/take-back", response=ChildStanding, auth=schedulers)
def post_take_back(request: HttpRequest, booking_id: int) -> ChildStanding:
    """It was another child."""
    row = _booking(request, booking_id)
    return _standing(children.take_back(booking=row.pk, by=acting(request).person))


@router.put("/attendance/children/{int:booking_id}/times", response=ChildStanding, auth=schedulers)
def put_child_times(request: HttpRequest, booking_id: int, times: ChildTimesIn) -> ChildStanding:
    """What was noted before stays on record; these times stand."""
    row = _booking(request, booking_id)
    return _standing(children.correct(booking=row.pk, **times.dict(), by=acting(request).person))


@router.get("/attendance/children/late", response=list[LateChild], auth=schedulers)
def get_late(request: HttpRequest) -> list[LateChild]:
    """Children of one's own sessions whom nobody fetched for long."""
    return [_late_out(one) for one in late_for(acting(request))]


@router.post("/attendance/children/{int:booking_id}/numbers", response=list[NumberOut], auth=schedulers)
def post_numbers(request: HttpRequest, response: HttpResponse, booking_id: int) -> list[NumberOut]:
    """Whom to call. Logged."""
    response["Cache-Control"] = "no-store"
    found = numbers_to_call(booking=_booking(request, booking_id), actor=acting(request))
    return [NumberOut(name=one.person.name, relation=one.relation, phone=one.person.phone) for one in found]


@router.get("/attendance/children/mine", response=ComingsOut, auth=guardians)
def get_mine(request: HttpRequest) -> ComingsOut:
    """My children's coming and going today, and whether I am told of it by message."""
    return _comings(request)


@router.put("/attendance/children/mine", response=ComingsOut, auth=guardians)
def put_mine(request: HttpRequest, wish: ComingsIn) -> ComingsOut:
    wish_comings(guardian=acting(request).person, told=wish.told)
    return _comings(request)


def _comings(request: HttpRequest) -> ComingsOut:
    actor = acting(request)
    return ComingsOut(told=hears_of_comings(actor.person), today=[_came_out(one) for one in came_today(actor)])


def _standing(row: ChildAttendance) -> ChildStanding:
    return ChildStanding(
        booking=row.booking_id,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        fetched_by=row.fetched_by_id,
        went_with=row.fetched_by.name if row.fetched_by else "",
        code_said=row.code_said,
        by=row.by.name if row.by else "",
        doubt=row.doubt,
    )


def _here_out(one: ChildHere) -> ChildHereOut:
    return ChildHereOut(
        **_standing(one.attendance).dict(),
        session=one.booking.session_id,
        child=one.booking.participant.child.pk,
        name=one.booking.participant.name,
        fetching=[
            FetchingOut(person=who.person.pk, name=who.person.name, relation=who.relation, has_code=bool(who.code))
            for who in one.fetching
        ],
        may_go_alone=one.may_go_alone,
        no_photo=one.no_photo,
        has_note=one.has_note,
        wrong_codes=one.wrong_codes,
    )


def _loose_out(event: AttendanceEvent) -> LooseChildOut:
    return LooseChildOut(
        id=event.pk,
        kind=cast(Literal["in", "out"], event.kind),
        name=event.booking.participant.name if event.booking else "",
        at=event.at,
        device=event.device.name if event.device else "",
        went_with=event.fetched_by.name if event.fetched_by else "",
        doubt=event.doubt,
    )


def _late_out(row: ChildAttendance) -> LateChild:
    session = row.booking.session
    return LateChild(
        booking=row.booking_id,
        name=row.booking.participant.name,
        program=session.program.name,
        hub=session.hub.name,
        ends_at=session.ends_at,
    )


def _came_out(one: Came) -> CameOut:
    row = one.attendance
    session = row.booking.session
    return CameOut(
        booking=row.booking_id,
        name=row.booking.participant.name,
        program=session.program.name,
        hub=session.hub.name,
        arrived_at=row.arrived_at,
        left_at=row.left_at,
        went_with=row.fetched_by.name if row.fetched_by else "",
        relation=one.relation,
        doubt=row.doubt,
    )
