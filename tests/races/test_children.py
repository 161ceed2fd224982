"""Several people at the door note the same child at the same moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest

from hub.notify.models import Message
from hub.people.models import PickupCode
from scheduling.attendance.children import arrive, leave
from scheduling.attendance.children_sheet import stretch_awaited
from scheduling.attendance.comings import wish_comings
from scheduling.attendance.late_pickups import tell_families
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from tests.attendance.factories import (
    HALF_PAST_TEN,
    NINE,
    at,
    child_seen,
    make_awaited,
    make_device,
    make_pickup,
    tell_children,
)
from tests.support.make import make_child, make_person

AtOnce = Callable[..., list[object]]
AtTime = Callable[[dt.datetime], None]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_a_child_comes_once_and_goes_once_and_its_guardian_hears_once(at_once: AtOnce, at_time: AtTime) -> None:
    child = make_child()
    booking, pickup = make_awaited(child=child), make_pickup(child)
    wish_comings(guardian=child.family.guardian, told=True)
    at_time(at(NINE))
    came = at_once([partial(arrive, booking=booking.pk, by=make_person()) for _ in range(6)])
    at_time(at(HALF_PAST_TEN))
    going = partial(leave, booking=booking.pk, fetched_by=pickup.pk, code="204816")
    went = at_once([partial(going, by=make_person()) for _ in range(6)])
    assert [one for one in [*came, *went] if isinstance(one, Exception)] == []
    assert list(AttendanceEvent.objects.order_by("pk").values_list("kind", flat=True)) == ["in", "out"]
    assert list(Message.objects.order_by("pk").values_list("template", flat=True)) == ["child_arrived", "child_fetched"]


def test_who_is_fetched_as_the_message_goes_out_hangs_no_one_up(at_once: AtOnce, at_time: AtTime) -> None:
    child = make_child()
    booking = make_awaited(child=child)
    at_time(at(NINE))
    arrive(booking=booking.pk, by=make_person())
    at_time(at(HALF_PAST_TEN + 20))
    going = partial(leave, booking=booking.pk, fetched_by=child.family.guardian_id, by=make_person())
    results = at_once([tell_families, going, tell_families])
    assert [one for one in results if isinstance(one, Exception)] == []
    told = ChildAttendance.objects.exclude(late_told_at=None).count()
    assert (Message.objects.filter(template="child_waits").count(), ChildAttendance.objects.get().left_at) == (
        told,
        at(HALF_PAST_TEN + 20),
    )


def test_two_tablets_and_staff_tell_crosswise_and_nobody_waits_in_a_ring(at_once: AtOnce, at_time: AtTime) -> None:
    at_time(at(NINE))
    child = make_child()
    first = make_awaited(child=child)
    rows = [first, *(make_awaited(session=first.session) for _ in range(3))]
    make_pickup(child)
    wish_comings(guardian=child.family.guardian, told=True)
    tablets = [make_device(hub=first.session.hub)[0] for _ in range(2)]
    at_once([partial(stretch_awaited, most=9) for _ in tablets])
    at_time(at(HALF_PAST_TEN - 1))
    came = [child_seen(row, "in", NINE, number) for number, row in enumerate(rows, 1)]
    went = child_seen(first, "out", NINE + 60, 9, code="204816")
    results = at_once(
        [
            *[partial(tell_children, tablets[0], *some) for some in ([*came, went], [went, *came[::-1]], came[1:3])],
            *[partial(tell_children, tablets[1], child_seen(row, "in", NINE + 1, 1)) for row in rows],
            *[partial(arrive, booking=row.pk, by=make_person()) for row in rows[1:]],
        ]
    )
    assert [one for one in results if isinstance(one, Exception)] == []
    standing = ChildAttendance.objects.order_by("booking").values_list("arrived_at", "left_at")
    assert list(standing) == [(at(NINE), at(NINE + 60)), *[(at(NINE), None)] * 3]
    assert AttendanceEvent.objects.filter(device=tablets[0]).count() == len(came) + 1
    assert Message.objects.filter(template="child_fetched").count() == 1
    assert PickupCode.objects.filter(until=None).count() == 1
