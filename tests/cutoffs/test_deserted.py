"""A session that no child is left in: cancelled with its reason at the next step, unless adults or staff step in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.notify.models import Message
from hub.people.models import Role
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.models import Booking
from scheduling.bookings.tasks import look
from scheduling.callouts.models import CallOut
from scheduling.cutoffs.cutoffs import step_in
from scheduling.cutoffs.due import look_at_due
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Session
from tests.bookings.factories import book_for
from tests.cutoffs.factories import HOUR, place_in, short_session
from tests.support.make import MONDAY, make_hub, make_person

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_week_before(at_time: AtTime) -> None:
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))


def templates_to(person: int | None) -> list[str]:
    rows = Message.objects.filter(to_id=person).exclude(template__startswith="callout")
    return list(rows.order_by("pk").values_list("template", flat=True))


def test_when_the_last_family_had_to_go_its_adults_are_told_once(at_time: AtTime) -> None:
    hub = make_hub()
    session, need = short_session(hub=hub, duty_worker=None, places=1)
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    volunteer = place_in(need)
    booked, waiting = book_for(session), book_for(session)
    for hours in (24, 20, 7):
        at_time(session.starts_at - hours * HOUR)
        look_at_due()
    session.refresh_from_db()
    assert (session.state, session.cancel_reason) == ("cancelled", "大人没凑齐，报名的孩子都去了别的场次")
    assert look_at_due() == 0
    assert templates_to(volunteer.volunteer.person_id) == ["session_cancelled"]
    assert templates_to(coordinator.pk) == ["cutoff_cancelled"]
    assert templates_to(booked.booked_by_id)[1:] == ["booking_uncovered_alone"]
    assert templates_to(waiting.booked_by_id)[1:] == ["booking_session_cancelled"]
    assert CallOut.objects.get().state == CallOut.State.STOPPED


def test_children_who_left_by_themselves_leave_time_to_find_adults_for_the_line(at_time: AtTime) -> None:
    session, need = short_session(places=1)
    booked, waiting = book_for(session), book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    cancel_booking(booking=booked.pk, by=booked.booked_by)
    assert look() == 0
    place_in(need)
    at_time(session.starts_at - 20 * HOUR)
    assert look() == 1
    assert CutOff.objects.get().state == CutOff.State.COVERED
    assert look() == 1
    waiting.refresh_from_db()
    assert waiting.state == Booking.State.OFFERED


def test_staff_who_step_in_keep_it(at_time: AtTime) -> None:
    session, _ = short_session()
    booked = book_for(session)
    at_time(session.starts_at - 24 * HOUR)
    look_at_due()
    step_in(session=session.pk, by=make_person())
    cancel_booking(booking=booked.pk, by=booked.booked_by)
    at_time(session.starts_at - HOUR)
    assert (look_at_due(), Session.objects.get(pk=session.pk).state) == (0, "planned")
