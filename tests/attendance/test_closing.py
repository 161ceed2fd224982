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


def test_what_the_hours_refuse_is_tried_once_and_stays_in_doubt(at_time: AtTime) -> None:
    place, by = make_place(), make_person(Role.COORDINATOR)
    at_time(at(HALF_PAST_TEN) + dt.timedelta(days=2))
    row = attendance.correct(assignment=place.pk, signed_in_at=at(NINE), signed_out_at=at(HALF_PAST_TEN - 5), by=by)
    assert row.doubts == []
    assert [assume_forgotten(), assume_forgotten()] == [1, 0]
    row.refresh_from_db()
    assert row.doubts == ["back_entry_needed"]
    device, _ = make_device(hub=place.session.hub)
    tell(device, seen(place.volunteer, NINE + 2))
    row.refresh_from_db()
    assert row.doubts == ["seen_after_correction", "back_entry_needed"]
    row = attendance.correct(assignment=place.pk, signed_in_at=None, signed_out_at=None, by=by)
    assert row.doubts == []


def test_what_waits_longest_is_closed_first(at_time: AtTime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scheduling.attendance.closing.AT_ONCE", 1)
    by = make_person(Role.COORDINATOR)
    late, early = make_place(start=NINE + 60), make_place()
    at_time(at(NINE + 60))
    for place in (late, early):
        attendance.sign_in(assignment=place.pk, by=by)
    at_time(at(NINE + 60 + 90) + ASSUMED_AFTER)
    closed = []
    while assume_forgotten():
        closed.append(ServiceRecord.objects.latest("pk").session_uid)
    assert closed == [early.session.uid, late.session.uid]


def test_nobody_vouches_for_their_own_hours(at_time: AtTime) -> None:
    mine, by = make_place(), make_person(Role.COORDINATOR)
    at_time(at(NINE))
    attendance.sign_in(assignment=mine.pk, by=by)
    at_time(at(HALF_PAST_TEN))
    close_session(session=mine.session_id, by=mine.volunteer.person)
    assert Attendance.objects.get().signed_out_at is None
    assert not ServiceRecord.objects.exists()
