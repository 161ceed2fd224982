"""What an import leaves to those who wait."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.live.models import Event
from hub.notify.models import Message
from hub.workbook.confirm import import_workbook
from scheduling.bookings.models import Booking
from scheduling.bookings.tasks import look
from tests.workbook.files import workbook

pytestmark = pytest.mark.django_db


def states() -> dict[str, str]:
    rows = Booking.objects.filter(session__code="A1").exclude(state="cancelled")
    return dict(rows.values_list("participant__name", "state"))


def test_a_place_that_the_file_gives_back_goes_to_the_first_who_waits(
    at_time: Callable[[dt.datetime], None],
) -> None:
    at_time(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))
    one_place = ("场次", "G2", 1)
    import_workbook(data=workbook(one_place), file_name="week.xlsx")
    assert states() == {"梁佳琪": "booked", "梁浩然": "waiting"}
    outcome = import_workbook(data=workbook(one_place, ("家庭", "J2", "A2")), file_name="week.xlsx")
    assert outcome.book.faults == []
    assert look() == 1
    assert states() == {"梁浩然": "offered"}
    theirs = Booking.objects.get(session__code="A1", state="offered")
    assert Message.objects.get(template="booking_offered").to_id == theirs.booked_by_id
    assert Event.objects.filter(topic__name=f"person:{theirs.booked_by_id}", kind="booking.changed").exists()
