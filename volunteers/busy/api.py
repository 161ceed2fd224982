"""/api/volunteers/me/calendars: calendars of my own that say when I am busy."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Q
from django.http import HttpRequest
from ninja import Field, File, Router, Schema, Status, UploadedFile

from hub import clock
from hub.access.operations import acting, volunteers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from volunteers.busy.calendars import import_file, remove, subscribe
from volunteers.busy.fetching import LONGEST_ADDRESS
from volunteers.busy.reading import MAX_BYTES, Reading
from volunteers.models import BusyCalendar
from volunteers.profile import profile_of

router = Router()


class BusyCalendarOut(Schema):
    id: int
    name: str
    is_address: bool
    """Read again by itself."""
    read_at: dt.datetime
    problem: str
    """Why it could not be read lately; empty when it could."""
    ahead: int
    """Spans of time in which it keeps them busy from now on."""


class CalendarTakenOut(Schema):
    """What a calendar came to."""

    calendars: list[BusyCalendarOut]
    entries: int
    spans: int
    skipped: int
    """Entries that could not be read."""


class AddressIn(Schema):
    address: str = Field(max_length=LONGEST_ADDRESS)


def _mine(request: HttpRequest) -> list[BusyCalendarOut]:
    ahead = Count("absences", filter=Q(absences__ends_at__gt=clock.now()))
    rows = visible(acting(request), "view", BusyCalendar.objects.annotate(ahead=ahead))
    return [
        BusyCalendarOut(
            id=one.pk,
            name=one.name,
            is_address=bool(one.address),
            read_at=one.read_at,
            problem=one.problem,
            ahead=one.ahead,
        )
        for one in rows.order_by("pk")
    ]


def _taken(request: HttpRequest, reading: Reading) -> CalendarTakenOut:
    return CalendarTakenOut(
        calendars=_mine(request), entries=reading.entries, spans=len(reading.spans), skipped=len(reading.skipped)
    )


@router.get("/volunteers/me/calendars", response=list[BusyCalendarOut], auth=volunteers)
def get_calendars(request: HttpRequest) -> list[BusyCalendarOut]:
    return _mine(request)


@router.post("/volunteers/me/calendars/file", response=CalendarTakenOut, auth=volunteers)
def post_file(request: HttpRequest, file: File[UploadedFile]) -> CalendarTakenOut:
    """A calendar file: when it says I am busy I can't come. One of the same name takes its place."""
    if (file.size or 0) > MAX_BYTES:
        raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    actor = acting(request)
    volunteer = profile_of(actor.person.pk)
    _, reading = import_file(volunteer=volunteer, name=file.name or "", data=file.read(), by=actor.person)
    return _taken(request, reading)


@router.post("/volunteers/me/calendars/address", response=CalendarTakenOut, auth=volunteers)
def post_address(request: HttpRequest, wish: AddressIn) -> CalendarTakenOut:
    """The address of a calendar, read now and every few hours."""
    actor = acting(request)
    _, reading = subscribe(volunteer=profile_of(actor.person.pk), address=wish.address, by=actor.person)
    return _taken(request, reading)


@router.delete("/volunteers/me/calendars/{int:calendar_id}", response={204: None}, auth=volunteers)
def delete_calendar(request: HttpRequest, calendar_id: int) -> Status[None]:
    actor = acting(request)
    calendars = BusyCalendar.objects.select_related("volunteer")
    remove(calendar=fetch(actor, "remove", calendars, calendar_id), by=actor.person)
    return Status(204, None)
