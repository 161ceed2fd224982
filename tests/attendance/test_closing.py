"""Closing a session, by staff and by time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.people.models import Role
from scheduling.attendance import attendance
from scheduling.attendance.closing import ASSUMED_AFTER, assume_forgotten, close_session
from scheduling.attendance.models import Attendance
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_device, make_place, seen, tell
from tests.signups.factories import make_regular, take
from tests.support.make import make_person
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]


def test_staff_close_over_who_forgot_to_sign_out(at_time: AtTime) -> None:
    forgot, by = make_place(), make_person(Role.COORDINATOR)
    early = take(forgot.need, make_regular())
    absent = take(forgot.need, make_regular())
    at_time(at(NINE + 10))
    for place in (forgot, early):
        attendance.sign_in(assignment=place.pk, by=by)
    at_time(at(NINE + 40))
    attendance.sign_out(assignment=early.pk, by=by)
    assert not ServiceRecord.objects.exists()
    with pytest.raises(Refused, match="not_over_yet"):
        close_session(session=forgot.session_id, by=by)
    at_time(at(HALF_PAST_TEN))
    for _ in range(2):
        close_session(session=forgot.session_id, by=by)
    minutes = dict(ServiceRecord.objects.values_list("volunteer", "minutes"))
    assert minutes == {forgot.volunteer_id: 80, early.volunteer_id: 30}
    assert Attendance.objects.get(assignment=forgot).how_out == "hand"
    assert not Attendance.objects.filter(assignment=absent, signed_in_at__isnull=False).exists()


def test_half_a_day_later_the_end_is_assumed_and_says_so(at_time: AtTime) -> None:
    place, absent = make_place(), make_place()
    device, _ = make_device(hub=place.session.hub)
    at_time(at(NINE))
    tell(device, seen(place.volunteer, NINE - 3))
    at_time(at(HALF_PAST_TEN) + ASSUMED_AFTER - dt.timedelta(seconds=1))
    assert assume_forgotten() == 0
    at_time(at(HALF_PAST_TEN) + ASSUMED_AFTER)
    assert [assume_forgotten(), assume_forgotten()] == [1, 0]
    row = Attendance.objects.get(assignment=place)
    assert (row.signed_out_at, row.how, row.how_out) == (at(HALF_PAST_TEN), "device", "assumed")
    record = ServiceRecord.objects.get()
    assert (record.volunteer, record.minutes, record.source, record.entered_by) == (
        place.volunteer,
        90,
        "assumed",
        None,
    )
    assert not Attendance.objects.filter(assignment=absent).exists()


def test_nobody_vouches_for_their_own_hours(at_time: AtTime) -> None:
    mine, by = make_place(), make_person(Role.COORDINATOR)
    at_time(at(NINE))
    attendance.sign_in(assignment=mine.pk, by=by)
    at_time(at(HALF_PAST_TEN))
    close_session(session=mine.session_id, by=mine.volunteer.person)
    assert Attendance.objects.get().signed_out_at is None
    assert not ServiceRecord.objects.exists()
