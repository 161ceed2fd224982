"""/api/attendance for staff: the day at the door, signing in and out by hand, the tablets."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router, Schema, Status

from hub import clock
from hub.access.operations import acting, planners, schedulers
from hub.access.rules import fetch, visible
from hub.places.models import Hub
from scheduling.attendance import attendance, children_api, device_api, visits_api
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.closing import close_session
from scheduling.attendance.day import day_at_door
from scheduling.attendance.devices import devices_at, offer_pairing, revoke
from scheduling.attendance.door import PERIOD, door_address
from scheduling.attendance.models import AttendanceEvent, Device
from scheduling.attendance.schemas import (
    AttendanceOut,
    CardOut,
    DayOut,
    DeviceOut,
    DoorOut,
    PairingOut,
    TimesIn,
    attendance_out,
    day_out,
    device_out,
)
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.models import Volunteer

router = Router()
router.add_router("", visits_api.router)
router.add_router("", device_api.router)
router.add_router("", children_api.router)


class DeviceIn(Schema):
    hub: int
    name: str


@router.get("/attendance/day", response=DayOut, auth=schedulers)
def get_day(request: HttpRequest, hub: int | None = None, day: dt.date | None = None) -> DayOut:
    """Who is awaited at one of the actor's hubs, who is in and who went; today when no day is given."""
    return day_out(day_at_door(actor=acting(request), day=day or clock.today(), hub_id=hub))


@router.get("/attendance/door/{hub_id}", response=DoorOut, auth=schedulers)
def get_door(request: HttpRequest, hub_id: int) -> DoorOut:
    """The code for a hub's screen, and how long it is shown."""
    hub = fetch(acting(request), "receive", Hub.objects.all(), hub_id)
    now = clock.now()
    return DoorOut(address=door_address(hub.pk, now), seconds=PERIOD - int(now.timestamp()) % PERIOD)


@router.post("/attendance/places/{assignment_id}/in", response=AttendanceOut, auth=schedulers)
def post_in(request: HttpRequest, assignment_id: int) -> AttendanceOut:
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return attendance_out(attendance.sign_in(assignment=row.pk, by=actor.person))


@router.post("/attendance/places/{assignment_id}/out", response=AttendanceOut, auth=schedulers)
def post_out(request: HttpRequest, assignment_id: int) -> AttendanceOut:
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return attendance_out(attendance.sign_out(assignment=row.pk, by=actor.person))


@router.put("/attendance/places/{assignment_id}/times", response=AttendanceOut, auth=schedulers)
def put_times(request: HttpRequest, assignment_id: int, times: TimesIn) -> AttendanceOut:
    """What was noted before stays on record; these times stand."""
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return attendance_out(
        attendance.correct(
            assignment=row.pk,
            signed_in_at=times.signed_in_at,
            signed_out_at=times.signed_out_at,
            by=actor.person,
        )
    )


@router.post("/attendance/places/{assignment_id}/missed", response=AttendanceOut, auth=schedulers)
def post_missed(request: HttpRequest, assignment_id: int) -> AttendanceOut:
    """未到, once the session is over."""
    actor = acting(request)
    row = fetch(actor, "edit", Assignment.objects.all(), assignment_id)
    return attendance_out(attendance.mark_missed(assignment=row.pk, by=actor.person))


@router.post("/attendance/sessions/{session_id}/close", response=list[AttendanceOut], auth=schedulers)
def post_close(request: HttpRequest, session_id: int) -> list[AttendanceOut]:
    """Who came and was not signed out stayed to the planned end."""
    actor = acting(request)
    session = fetch(actor, "edit", Session.objects.all(), session_id)
    return [attendance_out(row) for row in close_session(session=session.pk, by=actor.person)]


@router.post("/attendance/sightings/{event_id}/set-aside", response={204: None}, auth=schedulers)
def post_set_aside(request: HttpRequest, event_id: int) -> Status[None]:
    """Staff looked at a sighting that fits no place."""
    actor = acting(request)
    event = fetch(actor, "set_aside", AttendanceEvent.objects.select_related("hub"), event_id)
    attendance.set_aside(event=event, by=actor.person)
    return Status(204, None)


@router.get("/attendance/volunteers/{volunteer_id}/card", response=CardOut, auth=schedulers)
def get_card_of(request: HttpRequest, volunteer_id: int) -> CardOut:
    """To print for somebody without a phone."""
    volunteer = fetch(acting(request), "view", Volunteer.objects.select_related("person"), volunteer_id)
    card = card_of(volunteer)
    return CardOut(name=volunteer.person.name, number=card.number, text=card_text(card))


@router.get("/attendance/devices", response=list[DeviceOut], auth=planners)
def get_devices(request: HttpRequest) -> list[DeviceOut]:
    return [device_out(one) for one in devices_at(visible(acting(request), "pair", Hub.objects.all()))]


@router.post("/attendance/devices", response=PairingOut, auth=planners)
def post_device(request: HttpRequest, wish: DeviceIn) -> PairingOut:
    """A place for a tablet, and the code that pairs it."""
    actor = acting(request)
    hub = fetch(actor, "pair", Hub.objects.all(), wish.hub)
    device, code = offer_pairing(hub=hub, name=wish.name, by=actor.person)
    return PairingOut(id=device.pk, code=code)


@router.delete("/attendance/devices/{device_id}", response={204: None}, auth=planners)
def delete_device(request: HttpRequest, device_id: int) -> Status[None]:
    actor = acting(request)
    revoke(device=fetch(actor, "revoke", Device.objects.all(), device_id), by=actor.person)
    return Status(204, None)
