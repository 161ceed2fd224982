"""/api/hubs/{id}/open-calendar: what a hub announces to everybody, and letting it."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from ninja import Router, Schema

from hub.access.operations import acting, anyone, planners
from hub.access.rules import fetch, visible
from hub.places.models import Hub
from scheduling.calendars.models import OpenCalendar
from scheduling.calendars.opening import close_calendar, coming, coming_weeks, find_open, open_calendar, page_of
from scheduling.closures.closed import spans_in
from scheduling.closures.schemas import ClosedSpan
from scheduling.sessions.models import Session

router = Router()


class OpenHubOut(Schema):
    """A hub whose calendar I may open to everybody."""

    hub_id: int
    hub: str
    since: dt.datetime | None
    """Since when everybody may read it; none: nobody may."""
    path: str
    """Of its page."""


class OpenSessionOut(Schema):
    title: str
    agency: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    cancelled: bool


class OpenCalendarOut(Schema):
    hub: str
    address: str
    opening: str
    path: str
    """Of the calendar, to subscribe to."""
    closures: list[ClosedSpan]
    sessions: list[OpenSessionOut]
    """Of the coming two weeks, both."""


def open_hub_out(hub: Hub, calendar: OpenCalendar | None) -> OpenHubOut:
    return OpenHubOut(hub_id=hub.pk, hub=hub.name, since=calendar.since if calendar else None, path=page_of(hub))


@router.get("/open-calendars", response=list[OpenHubOut], auth=planners)
def get_open_calendars(request: HttpRequest) -> list[OpenHubOut]:
    """One's own hubs, and which of them everybody may read."""
    opened = {one.hub_id: one for one in OpenCalendar.objects.all()}
    hubs = visible(acting(request), "open_calendar", Hub.objects.order_by("parent_id", "pk"))
    return [open_hub_out(hub, opened.get(hub.pk)) for hub in hubs]


@router.put("/hubs/{int:hub_id}/open-calendar", response=OpenHubOut, auth=planners)
def put_open_calendar(request: HttpRequest, hub_id: int) -> OpenHubOut:
    actor = acting(request)
    hub = fetch(actor, "open_calendar", Hub.objects.all(), hub_id)
    return open_hub_out(hub, open_calendar(hub=hub, by=actor.person))


@router.delete("/hubs/{int:hub_id}/open-calendar", response=OpenHubOut, auth=planners)
def delete_open_calendar(request: HttpRequest, hub_id: int) -> OpenHubOut:
    actor = acting(request)
    hub = fetch(actor, "open_calendar", Hub.objects.all(), hub_id)
    close_calendar(hub=hub, by=actor.person)
    return open_hub_out(hub, None)


@router.get("/hubs/{int:hub_id}/open-calendar", response=OpenCalendarOut, auth=anyone)
def get_open_calendar(request: HttpRequest, hub_id: int) -> OpenCalendarOut:
    """What a hub announces, for everybody; no child and no volunteer stands in it."""
    hub = find_open(hub_id)
    return OpenCalendarOut(
        hub=hub.name,
        address=hub.address,
        opening=hub.opening_text,
        path=reverse("open_calendar", args=[hub.pk]),
        closures=[ClosedSpan(**one) for one in spans_in(hub.pk, *coming_weeks())],
        sessions=[
            OpenSessionOut(
                title=one.program.name,
                agency=one.program.agency.name,
                room=one.room.name if one.room else "",
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                cancelled=one.state == Session.State.CANCELLED,
            )
            for one in coming(hub)
        ],
    )
