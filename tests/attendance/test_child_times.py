"""Children's times said afterwards: they stand in the place of what was noted, and nothing is erased."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Child, Person, Role
from scheduling.attendance.children import arrive, correct, leave
from scheduling.attendance.late_pickups import awaited_children
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.bookings.models import Booking
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_awaited, make_pickup
from tests.support.make import make_child, make_person

AtTime = Callable[[dt.datetime], None]
SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
NEXT_MORNING = NINE + 24 * 60


def guardian_of(booking: Booking) -> Person:
    child: Child = booking.participant.child
    return child.family.guardian


def kinds(booking: Booking) -> list[str]:
    return list(AttendanceEvent.objects.filter(booking=booking).order_by("pk").values_list("kind", flat=True))


def test_what_nobody_noted_is_said_the_next_morning(at_time: AtTime, sign_in: SignIn) -> None:
    booking = make_awaited()
    worker = make_person(Role.COORDINATOR, hub=booking.session.hub)
    guardian = guardian_of(booking)
    at_time(at(NEXT_MORNING))
    times = {"arrived_at": at(NINE + 5).isoformat(), "left_at": at(HALF_PAST_TEN + 10).isoformat()}
    answer = sign_in(worker).put(
        f"/api/attendance/children/{booking.pk}/times",
        times | {"fetched_by": guardian.pk},
        content_type="application/json",
    )
    told = answer.json()
    assert (told["went_with"], told["fetched_by"], told["by"]) == (guardian.name, guardian.pk, worker.name)
    found = ChildAttendance.objects.get(booking=booking)
    assert (found.arrived_at, found.left_at) == (at(NINE + 5), at(HALF_PAST_TEN + 10))
    assert kinds(booking) == ["corrected", "in", "out"]
    deeds = Entry.objects.filter(action__startswith="child.").order_by("pk")
    assert list(deeds.values_list("action", "actor_id", "for_id")) == [
        (f"child.{kind}", worker.pk, booking.participant_id) for kind in ("corrected", "in", "out")
    ]


def test_a_going_that_was_forgotten_keeps_nobody_waiting_and_nothing_is_erased(at_time: AtTime) -> None:
    booking, by = make_awaited(), make_person()
    at_time(at(NINE))
    arrive(booking=booking.pk, by=by)
    at_time(at(HALF_PAST_TEN + 60))
    assert awaited_children().count() == 1
    said = {"arrived_at": at(NINE), "left_at": at(HALF_PAST_TEN + 5), "fetched_by": guardian_of(booking).pk}
    correct(booking=booking.pk, by=by, **said)
    assert (awaited_children().count(), kinds(booking)) == (0, ["in", "corrected", "in", "out"])


def test_a_code_that_was_said_stays_said_where_the_time_alone_was_wrong(at_time: AtTime) -> None:
    booking, by = make_awaited(), make_person()
    grandmother = make_pickup(booking.participant.child)
    other = make_pickup(booking.participant.child, relation="姨妈", code="135790")
    at_time(at(NINE))
    arrive(booking=booking.pk, by=by)
    at_time(at(HALF_PAST_TEN))
    leave(booking=booking.pk, fetched_by=grandmother.pk, code="204816", by=by)

    def said_of(person: Person) -> bool:
        times = {"arrived_at": at(NINE), "left_at": at(HALF_PAST_TEN - 5)}
        return correct(booking=booking.pk, fetched_by=person.pk, by=by, **times).code_said

    assert [said_of(grandmother), said_of(other), said_of(grandmother)] == [True, False, False]


def test_no_times_at_all_say_that_nothing_is_known(at_time: AtTime) -> None:
    booking, by = make_awaited(), make_person()
    at_time(at(NINE))
    arrive(booking=booking.pk, by=by)
    found = correct(booking=booking.pk, arrived_at=None, left_at=None, fetched_by=None, by=by)
    assert (found.arrived_at, found.left_at, kinds(booking)) == (None, None, ["in", "corrected"])


@pytest.mark.parametrize(
    ("came", "went", "code"),
    [
        (NINE - 31, None, "too_early"),
        (NINE, NEXT_MORNING + 1, "in_future"),
        (NINE, HALF_PAST_TEN + 8 * 60 + 1, "too_late"),
        (None, HALF_PAST_TEN, "not_here"),
        (NINE + 5, NINE, "out_before_in"),
    ],
)
def test_times_that_cannot_be_true(at_time: AtTime, came: int | None, went: int | None, code: str) -> None:
    booking = make_awaited()
    at_time(at(NEXT_MORNING))
    arrived_at, left_at = (None if minute is None else at(minute) for minute in (came, went))
    with pytest.raises(Refused) as refused:
        correct(
            booking=booking.pk,
            arrived_at=arrived_at,
            left_at=left_at,
            fetched_by=guardian_of(booking).pk,
            by=make_person(),
        )
    assert (refused.value.code, kinds(booking)) == (code, [])


@pytest.mark.parametrize(("stranger", "code"), [(True, "not_a_pickup"), (False, "home_alone_not_allowed")])
def test_with_whom_a_child_went_is_held_to_the_list_afterwards_too(at_time: AtTime, stranger: bool, code: str) -> None:
    booking = make_awaited()
    fetched_by: Any = make_pickup(make_child()).pk if stranger else None
    at_time(at(NEXT_MORNING))
    times = {"arrived_at": at(NINE), "left_at": at(HALF_PAST_TEN)}
    with pytest.raises(Refused) as refused:
        correct(booking=booking.pk, fetched_by=fetched_by, by=make_person(), **times)
    assert (refused.value.code, kinds(booking)) == (code, [])
