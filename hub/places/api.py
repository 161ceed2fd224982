"""/api/places: the district's sites with their rooms. /api/working-days: which days are worked."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Router, Schema, Status

from hub.access.operations import acting, administrators, signed_in, staff
from hub.access.rules import visible
from hub.places.models import Hub, MarkedDay
from hub.places.robots_api import router as robots_router
from hub.places.working_days import YEARS, mark_day, marked_days

router = Router()
router.add_router("", robots_router)


class PlaceRoom(Schema):
    id: int
    name: str
    capacity: int | None


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


@router.get("/places", response=list[Place], auth=signed_in)
def get_places(request: HttpRequest) -> Any:
    """Every site, hubs first, canteens and meal points after."""
    return visible(acting(request), "view", Hub.objects.order_by("parent_id", "pk").prefetch_related("rooms"))


class MarkedDayOut(Schema):
    """A day that is not what its weekday says."""

    day: dt.date
    works: bool
    by_hand: bool
    """Marked here; else as published."""


class DayIn(Schema):
    works: bool | None
    """None: as published."""


Year = Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]


@router.get("/working-days", response=list[MarkedDayOut], auth=staff)
def get_working_days(request: HttpRequest, year: Year) -> list[MarkedDayOut]:
    """The days off on weekdays and the days worked on weekends, of a year."""
    by_hand = set(MarkedDay.objects.filter(day__year=year).values_list("day", flat=True))
    marked = marked_days(year, year)
    return [MarkedDayOut(day=day, works=marked[day], by_hand=day in by_hand) for day in sorted(marked)]


@router.put("/working-days/{day}", response={204: None}, auth=administrators)
def put_working_day(request: HttpRequest, day: dt.date, wish: DayIn) -> Status[None]:
    mark_day(day=day, works=wish.works, by=acting(request).person)
    return Status(204, None)
