"""A child who had a place and did not come counts like one given back late: seen by staff, reminded, never kept out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.notify.models import Message
from scheduling.attendance.children import arrive
from scheduling.bookings.late import remind_of_tomorrow, times_late
from scheduling.bookings.models import Booking
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_awaited
from tests.bookings.factories import book_for, make_reading
from tests.support.make import MONDAY, make_child, make_person
from tests.support.queries import count_queries

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db


def beside(booking: Booking) -> Booking:
    """Another child of the same session."""
    return Booking.objects.create(
        session=booking.session, participant=make_child().person, state="booked",
        created_at=booking.created_at, changed_at=booking.changed_at,
    )  # fmt: skip


def test_who_did_not_come_where_others_did(at_time: AtTime) -> None:
    missing, unknown = make_awaited(), make_awaited()
    there = beside(missing)
    people = [row.participant_id for row in (missing, there, unknown)]
    at_time(at(NINE))
    arrive(booking=there.pk, by=make_person())
    at_time(at(HALF_PAST_TEN) - dt.timedelta(seconds=1))
    assert [times_late(people)[pk] for pk in people] == [0, 0, 0]
    at_time(at(HALF_PAST_TEN))
    assert [times_late(people)[pk] for pk in people] == [1, 0, 0], "nobody noted anything of the third one's session"
    assert count_queries(lambda: times_late(people)) == count_queries(lambda: times_late(people[:1]))
    at_time(at(HALF_PAST_TEN) + dt.timedelta(days=91))
    assert times_late(people).total() == 0


def test_twice_brings_a_reminder_and_nothing_else(at_time: AtTime) -> None:
    child = make_child()
    for start in (NINE, NINE + 240):
        there = beside(make_awaited(child=child, start=start))
        at_time(at(start))
        arrive(booking=there.pk, by=make_person())
    at_time(at(NINE + 600))
    day = MONDAY + dt.timedelta(days=2)
    assert book_for(make_reading(day=day), child).state == Booking.State.BOOKED
    Message.objects.all().delete()
    at_time(at(17 * 60) + dt.timedelta(days=1))
    assert remind_of_tomorrow() == 1
    assert [one.to_id for one in Message.objects.all()] == [child.family.guardian_id]
