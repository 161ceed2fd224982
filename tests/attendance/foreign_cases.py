"""Doors, places and tablets of other hubs, and other volunteers' shifts."""

from __future__ import annotations

from hub.people.models import Person, Role
from scheduling.attendance.models import AttendanceEvent
from tests.access.foreign import Foreign, foreign
from tests.attendance.factories import (
    NINE,
    child_seen,
    make_awaited,
    make_device,
    make_place,
    make_regular,
    seen,
    tell,
    tell_children,
)
from tests.support.make import make_hub, make_person, make_session


def coordinator() -> Person:
    return make_person(Role.COORDINATOR)


@foreign(
    "POST /api/attendance/places/{assignment_id}/in",
    "POST /api/attendance/places/{assignment_id}/out",
    "PUT /api/attendance/places/{assignment_id}/times",
    "POST /api/attendance/places/{assignment_id}/missed",
)
def place_at_another_hub() -> Foreign:
    return Foreign(coordinator(), {"assignment_id": make_place().pk})


@foreign(
    "POST /api/attendance/places/{assignment_id}/in",
    "POST /api/attendance/places/{assignment_id}/out",
    "PUT /api/attendance/places/{assignment_id}/times",
    "POST /api/attendance/places/{assignment_id}/missed",
)
def place_at_another_agencys_session() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"assignment_id": make_place().pk})


@foreign("POST /api/attendance/sessions/{session_id}/close")
def session_at_another_hub() -> Foreign:
    return Foreign(coordinator(), {"session_id": make_session().pk})


@foreign("GET /api/attendance/door/{hub_id}")
def door_of_another_hub() -> Foreign:
    return Foreign(coordinator(), {"hub_id": make_hub().pk})


@foreign("GET /api/attendance/door/{hub_id}")
def door_where_their_agency_has_nothing_to_do() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"hub_id": make_hub().pk})


@foreign("POST /api/attendance/sightings/{event_id}/set-aside")
def sighting_at_another_hub() -> Foreign:
    tell(make_device()[0], seen(make_regular(), NINE))
    return Foreign(coordinator(), {"event_id": AttendanceEvent.objects.get().pk})


@foreign("POST /api/attendance/sightings/{event_id}/set-aside")
def child_of_another_agencys_session_that_does_not_fit() -> Foreign:
    booking = make_awaited()
    tell_children(make_device(hub=booking.session.hub)[0], child_seen(booking, "in", NINE - 40))
    return Foreign(make_person(Role.SOCIAL_WORKER), {"event_id": AttendanceEvent.objects.get().pk})


@foreign("DELETE /api/attendance/devices/{device_id}")
def tablet_of_another_hub() -> Foreign:
    return Foreign(coordinator(), {"device_id": make_device()[0].pk})


@foreign("POST /api/attendance/visit/leave/{assignment_id}")
def shift_of_another_volunteer() -> Foreign:
    return Foreign(make_regular().person, {"assignment_id": make_place().pk})


CHILD = (
    "POST /api/attendance/children/{booking_id}/arrive",
    "POST /api/attendance/children/{booking_id}/leave",
    "POST /api/attendance/children/{booking_id}/take-back",
    "PUT /api/attendance/children/{booking_id}/times",
    "POST /api/attendance/children/{booking_id}/numbers",
)


@foreign(*CHILD)
def child_at_another_hub() -> Foreign:
    return Foreign(coordinator(), {"booking_id": make_awaited().pk}, {"fetched_by": None})


@foreign(*CHILD)
def child_at_another_agencys_session() -> Foreign:
    return Foreign(make_person(Role.SOCIAL_WORKER), {"booking_id": make_awaited().pk}, {"fetched_by": None})
