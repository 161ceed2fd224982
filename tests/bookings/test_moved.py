"""A session moves to a time at which some of its children are elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.models import Booking
from scheduling.bookings.turns import accept_turn
from scheduling.sessions.models import Claim, Session
from scheduling.sessions.sessions import move_session
from tests.bookings.factories import book_for, make_reading, offered_to
from tests.support.make import MONDAY, make_child, make_hub, make_person

pytestmark = pytest.mark.django_db
State = Booking.State
HOUR = dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_week_before(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))


def move(session: Session, by: dt.timedelta) -> None:
    session.refresh_from_db()
    move_session(
        session_id=session.pk, revision=session.revision, hub=session.hub, room=None, by=make_person(),
        starts_at=session.starts_at + by, ends_at=session.ends_at + by, confirmed=True,
    )  # fmt: skip


def state(row: Booking) -> str:
    return Booking.objects.get(pk=row.pk).state


def test_who_is_elsewhere_then_keeps_the_other_place_and_hears_of_it() -> None:
    hub = make_hub()
    moving, staying = make_reading(hub=hub, places=2), make_reading(hub=hub, start=14 * 60)
    both, child = make_child(), make_child()
    here, there = book_for(moving, both), book_for(staying, both)
    other, waiting = book_for(moving, child), book_for(moving)
    Message.objects.all().delete()
    move(moving, 5 * HOUR)
    assert [state(row) for row in (here, there, other, waiting)] == [
        State.CANCELLED, State.BOOKED, State.BOOKED, State.OFFERED,
    ]  # fmt: skip
    told = Message.objects.order_by("template", "pk").values_list("template", "to_id")
    assert list(told) == [
        ("booking_offered", waiting.booked_by_id),
        ("booking_session_clashes", both.family.guardian_id),
        ("booking_session_moved", child.family.guardian_id),
        ("booking_session_moved", waiting.booked_by_id),
    ]
    assert set(Claim.objects.values_list("session", "resource")) == {
        (staying.pk, f"person:{both.person_id}"), (moving.pk, f"person:{child.person_id}"),
    }  # fmt: skip


def test_an_offer_that_a_move_brought_onto_another_place_is_refused_until_that_is_given_back() -> None:
    child = make_child()
    offer = offered_to(child)
    other = make_reading(start=14 * 60, places=1)
    holder = book_for(other)
    line = book_for(other, child)
    move(other, -5 * HOUR)
    assert state(line) == State.CANCELLED, "a place is held for the child at that time"
    accept_turn(turn=offer.turn_id or 0, by=child.family.guardian)

    sibling = make_child(guardian=child.family.guardian)
    second = offered_to(sibling, start=14 * 60)
    booked = book_for(make_reading(start=18 * 60), sibling)
    Session.objects.filter(pk=booked.session_id).update(
        starts_at=second.session.starts_at, ends_at=second.session.ends_at
    )
    with pytest.raises(Refused, match="child_clash"):
        accept_turn(turn=second.turn_id or 0, by=child.family.guardian)
    cancel_booking(booking=booked.pk, by=child.family.guardian)
    assert [row.state for row in accept_turn(turn=second.turn_id or 0, by=child.family.guardian)] == [State.BOOKED]
    assert state(holder) == State.BOOKED


def test_an_offer_ends_where_the_session_now_begins() -> None:
    offer = offered_to(make_child(), day=MONDAY)
    move(offer.session, dt.timedelta(days=-6, hours=-20))
    offer.refresh_from_db()
    assert offer.turn
    assert offer.turn.answer_by == Session.objects.get(pk=offer.session_id).starts_at
