"""/api/places: the district's sites with their rooms. /api/working-days: which days are worked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, administrators, signed_in, staff
from hub.access.rules import visible
from hub.places.models import Hub, MarkedDay
from hub.places.notice import LONGEST, NoticeDay, take_notice
from hub.places.robots_api import router as robots_router
from hub.places.rooms_api import router as rooms_router
from hub.places.working_days import YEARS, makeup_days, mark_day, marked_days

router = Router()
router.add_router("", rooms_router)
router.add_router("", robots_router)


class PlaceRoom(Schema):
    id: int
    name: str
    capacity: int | None
    equipment: list[str]
    setup_minutes: int
    clearup_minutes: int


class PlaceKit(Schema):
    id: int
    name: str


class Place(Schema):
    id: int
    name: str
    kind: str
    parent_id: int | None
    subdistrict: str
    community: str
    address: str
    opening_text: str
    longitude: float | None
    latitude: float | None
    rooms: list[PlaceRoom]
    kits: list[PlaceKit]
    editable: bool
    """One keeps its rooms and kits, and closes it."""


@router.get("/places", response=list[Place], auth=signed_in)
def get_places(request: HttpRequest) -> Any:
    """Every site, hubs first, canteens and meal points after."""
    actor = acting(request)
    ours = visible(actor, "furnish", Hub.objects.filter(pk=OuterRef("pk")))
    hubs = Hub.objects.order_by("parent_id", "pk").prefetch_related("rooms", "kits").annotate(editable=Exists(ours))
    return visible(actor, "view", hubs)


class MarkedDayOut(Schema):
    """A day that is not what its weekday says."""

    day: dt.date
    works: bool
    by_hand: bool
    """Marked here; else as published."""
    instead_of: dt.date | None
    """The day off that it makes up for: its weekday's timetable is followed."""


class DayIn(Schema):
    works: bool | None
    """None: as published."""
    instead_of: dt.date | None = None


Year = Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]


@router.get("/working-days", response=list[MarkedDayOut], auth=staff)
def get_working_days(request: HttpRequest, year: Year) -> list[MarkedDayOut]:
    """The days off on weekdays and the days worked on weekends, of a year."""
    by_hand = set(MarkedDay.objects.filter(day__year=year).values_list("day", flat=True))
    marked, makeup = marked_days(year, year), makeup_days(year, year)
    return [
        MarkedDayOut(day=day, works=marked[day], by_hand=day in by_hand, instead_of=makeup.get(day))
        for day in sorted(marked)
    ]


class NoticeIn(Schema):
    text: Annotated[str, Field(max_length=LONGEST)]
    write: bool = False
    """From now on its days hold; else they are only shown."""


class NoticeDayOut(Schema):
    day: dt.date
    works: bool
    instead_of: dt.date | None
    new: bool
    """Other than it was known before."""


@router.post("/working-days/notice", response=list[NoticeDayOut], auth=administrators)
def post_notice(request: HttpRequest, wish: NoticeIn) -> list[NoticeDay]:
    """The yearly notice's days off and days worked, pasted as it was published."""
    return take_notice(text=wish.text, write=wish.write, by=acting(request).person)


@router.put("/working-days/{day}", response={204: None}, auth=administrators)
def put_working_day(request: HttpRequest, day: dt.date, wish: DayIn) -> Status[None]:
    mark_day(day=day, works=wish.works, instead_of=wish.instead_of, by=acting(request).person)
    return Status(204, None)
