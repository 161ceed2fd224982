"""The demo's doors: whoever began today has been seen, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.people.models import Role
from programs.demo.doors import open_doors
from scheduling.attendance.models import Attendance, AttendanceEvent, Device
from tests.attendance.factories import NINE, at, make_place
from tests.signups.factories import make_regular, take
from tests.support.make import make_person


@pytest.mark.django_db
def test_who_began_today_was_seen(at_time: Callable[[dt.datetime], None]) -> None:
    make_person(Role.ADMINISTRATOR)
    place = make_place()
    for _ in range(8):
        take(place.need, make_regular())
    later = make_place(start=NINE + 120)
    at_time(at(NINE + 45))
    for _ in range(2):
        open_doors()
    assert [device.hub for device in Device.objects.all()] == [place.session.hub]
    here = Attendance.objects.filter(signed_in_at__isnull=False, signed_out_at=None, how="device")
    assert 5 <= here.count() == AttendanceEvent.objects.count() <= 9
    assert not here.filter(assignment=later).exists()
