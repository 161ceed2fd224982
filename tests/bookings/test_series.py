"""Every week at this time: each session judged alone, all told at once; given back one by one or all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.bookings.bookings import book_outing, cancel_booking
from scheduling.bookings.late import remind_of_tomorrow
from scheduling.bookings.models import Booking
from scheduling.bookings.series import book_series, cancel_series
from scheduling.sessions.models import Session
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import MONDAY, make_child, make_hub, make_person, make_program

pytestmark = pytest.mark.django_db
State = Booking.State
WEEK = dt.timedelta(weeks=1)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(MONDAY - WEEK, 12 * 60))


def weekly(weeks: int, **values: object) -> list[Session]:
    common = {"program": make_program(kind="reading", age_min=6, age_max=12), "hub": make_hub()} | values
    return [make_reading(day=MONDAY + number * WEEK, **common) for number in range(weeks)]


def test_each_session_is_judged_alone_and_all_are_told_at_once() -> None:
    sessions = weekly(9, places=1)
    beside = {"program": sessions[0].program, "hub": sessions[0].hub}
    make_reading(day=MONDAY + dt.timedelta(1), **beside)
    make_reading(day=MONDAY + WEEK, program=sessions[0].program)
    book_for(sessions[1])
    guardian, (child,) = make_guardian()
    book_for(make_reading(day=MONDAY + 2 * WEEK), child)
    Message.objects.all().delete()

    judged = book_series(session=sessions[0].pk, children=[child.pk], by=guardian)

    found = [(one.session.pk, [row.state for row in one.rows], one.refused and one.refused.code) for one in judged]
    expected: list[tuple[int, list[str], str | None]] = [(one.pk, [State.BOOKED], None) for one in sessions[:8]]
    expected[1] = (sessions[1].pk, [State.WAITING], None)
    expected[2] = (sessions[2].pk, [], "child_clash")
    assert found == expected
    message = Message.objects.get()
    told = {name: message.variables[name] for name in ("booked", "waits", "starts_at")}
    assert (message.template, message.to_id) == ("booking_many", guardian.pk)
    assert told == {"booked": "6", "waits": "1", "starts_at": sessions[0].starts_at.astimezone(dt.UTC).isoformat()}


def test_another_time_of_the_same_day_is_another_series() -> None:
    """This week's may begin a little later; the afternoon's is no part of it, booked or given back."""
    first, *_ = weekly(1, start=9 * 60)
    beside = {"program": first.program, "hub": first.hub}
    later = make_reading(day=MONDAY + WEEK, start=9 * 60 + 59, **beside)
    afternoon = [
        make_reading(day=MONDAY + number * WEEK, start=start, **beside) for number, start in ((0, 840), (1, 600))
    ]
    guardian, (child, other) = make_guardian(2)
    judged = book_series(session=first.pk, children=[child.pk], by=guardian)
    assert [one.session.pk for one in judged] == [first.pk, later.pk]
    kept = [book_for(session, other) for session in afternoon]
    mine = book_for(afternoon[0], child)
    left = cancel_series(booking=Booking.objects.get(session=first, participant=child.person).pk, by=guardian)
    assert [row.session_id for row in left] == [first.pk, later.pk]
    for row in (*kept, mine):
        row.refresh_from_db()
        assert row.state == State.BOOKED


def test_given_back_from_one_on_the_earlier_ones_stay() -> None:
    sessions = weekly(4)
    guardian, (child, sibling) = make_guardian(2)
    book_series(session=sessions[0].pk, children=[child.pk, sibling.pk], by=guardian)
    second = Booking.objects.get(session=sessions[1], participant=child.person)
    left = cancel_series(booking=second.pk, by=guardian)
    assert [row.session_id for row in left] == [one.pk for one in sessions[1:]]
    kept = Booking.objects.filter(state=State.BOOKED).order_by("session", "pk").values_list("session", "participant")
    assert list(kept) == [
        (sessions[0].pk, child.person_id),
        *((one.pk, sibling.person_id) for one in sessions),
    ]
    message = Message.objects.get(template="booking_series_left")
    assert (message.variables["count"], message.to_id) == ("3", guardian.pk)


def test_a_series_is_for_ones_own_children() -> None:
    (session,) = weekly(1)
    with pytest.raises(Refused, match="not_your_child"):
        book_series(session=session.pk, children=[make_child().pk], by=make_person(Role.GUARDIAN))
    with pytest.raises(Refused, match="not_your_child"):
        cancel_series(booking=book_for(session).pk, by=make_person(Role.GUARDIAN))


def test_an_outing_is_booked_whole_or_not_at_all() -> None:
    one, other = make_reading(places=1), make_reading(places=1)
    guardian, (first, second) = make_guardian(2)
    taken = book_for(other)
    with pytest.raises(Refused, match="places_short"):
        book_outing(places={one.pk: [first.pk], other.pk: [second.pk]}, by=guardian)
    assert list(Booking.objects.values_list("pk", flat=True)) == [taken.pk]
    with pytest.raises(Refused, match="nobody_chosen"):
        book_outing(places={one.pk: [first.pk], other.pk: [first.pk]}, by=guardian)
    rows = book_outing(places={one.pk: [first.pk], make_reading().pk: [second.pk]}, by=guardian)
    assert [(row.participant_id, row.state) for row in rows] == [
        (first.person_id, State.BOOKED),
        (second.person_id, State.BOOKED),
    ]
    assert Message.objects.filter(to_id=guardian.pk).count() == 1


def test_late_is_noted_and_only_brings_a_reminder(at_time: Callable[[dt.datetime], None]) -> None:
    sessions = weekly(3)
    guardian, (child,) = make_guardian()
    book_series(session=sessions[0].pk, children=[child.pk], by=guardian)
    for number, session in enumerate(sessions[:2]):
        at_time(session.starts_at - dt.timedelta(hours=24 if number == 0 else 1) + dt.timedelta(seconds=1))
        mine = Booking.objects.get(session=session, participant=child.person, state=State.BOOKED)
        assert cancel_booking(booking=mine.pk, by=guardian).late
    evening = clock.at(clock.local(sessions[2].starts_at).date() - dt.timedelta(days=1), 17 * 60)
    other = book_for(sessions[2])
    at_time(evening - dt.timedelta(minutes=1))
    assert remind_of_tomorrow() == 0
    at_time(evening)
    for _ in range(2):
        assert remind_of_tomorrow() == 1
    assert [one.to_id for one in Message.objects.filter(template="booking_reminder")] == [guardian.pk]
    assert other.booked_by_id != guardian.pk
    assert book_for(make_reading(day=MONDAY + 4 * WEEK), child).state == State.BOOKED


def test_in_time_or_from_the_line_or_by_staff_nothing_is_late(at_time: Callable[[dt.datetime], None]) -> None:
    session = make_reading(places=2)
    early, by_staff, waiting = (book_for(session) for _ in range(3))
    at_time(session.starts_at - dt.timedelta(hours=24))
    assert not cancel_booking(booking=early.pk, by=early.booked_by).late
    at_time(session.starts_at - dt.timedelta(hours=1))
    assert not cancel_booking(booking=waiting.pk, by=waiting.booked_by).late
    assert not cancel_booking(booking=by_staff.pk, by=make_person(), as_staff=True).late
