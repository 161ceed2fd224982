"""预借: one line at each hub, first come first served; fetched by a day or at a session; passed on when not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from programs.lending.circulation.holds import arrive, cancel_hold, miss
from programs.lending.circulation.loans import lend, lose, take_back
from programs.lending.circulation.models import Hold, LendingFigures
from programs.lending.circulation.upkeep import look
from programs.lending.models import Copy
from scheduling.bookings.bookings import cancel_booking
from scheduling.sessions.sessions import cancel_session
from tests.bookings.factories import book_for, make_reading
from tests.circulation.factories import hold_for, lend_to, make_copies, make_keeper
from tests.closures.factories import make_closure
from tests.lending.factories import make_copy
from tests.support.make import make_child, make_hub, make_room

pytestmark = pytest.mark.django_db
At = Callable[[dt.datetime], None]
TODAY = dt.date(2026, 12, 9)
DAY = dt.timedelta(days=1)
State = Hold.State


@pytest.fixture(autouse=True)
def _today(at_time: At) -> None:
    at_time(clock.at(TODAY, 600))


def code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.code


def state(hold: Hold) -> str:
    return Hold.objects.get(pk=hold.pk).state


def back(copy: Copy, hub: int | None = None) -> None:
    take_back(copy=copy.pk, hub=hub or copy.hub_id, by=make_keeper())


def test_on_the_shelf_it_is_set_aside_at_once() -> None:
    copy = make_copy()
    hold = hold_for(copy)
    copy.refresh_from_db()
    assert (hold.state, hold.copy, hold.fetch_by) == (State.READY, copy, TODAY + 7 * DAY)
    assert copy.state == Copy.State.SET_ASIDE
    assert code(lambda: lend_to(copy)) == "set_aside_for_another"
    lend(copy=copy.pk, reader=hold.reader_id, by=make_keeper())
    assert state(hold) == State.FETCHED


def test_a_sibling_fetches_it() -> None:
    child = make_child()
    copy = make_copy()
    hold = hold_for(copy, child)
    lend_to(copy, make_child(guardian=child.family.guardian))
    assert state(hold) == State.FETCHED


def test_first_come_first_served() -> None:
    copy = make_copy()
    lend_to(copy)
    first, second = hold_for(copy), hold_for(copy)
    back(copy)
    assert (state(first), state(second)) == (State.READY, State.WAITING)
    cancel_hold(hold=first.pk, by=first.family.guardian)
    assert (state(first), state(second)) == (State.CANCELLED, State.READY)


def test_what_is_not_held() -> None:
    LendingFigures.objects.create(most_loans=1)
    copy, child = make_copy(), make_child()
    hold_for(copy, child)
    assert code(lambda: hold_for(copy, child)) == "already_held"
    assert code(lambda: hold_for(make_copy(), child)) == "too_many_holds"
    assert code(lambda: hold_for(copy, hub=make_hub().pk)) == "no_copy_here"
    lent = make_copy()
    loan = lend_to(lent)
    assert code(lambda: hold_for(lent, loan.reader.child)) == "has_it"


def test_not_fetched_it_passes_on_and_both_are_told(at_time: At) -> None:
    copy = make_copy()
    first = hold_for(copy)
    second = hold_for(copy)
    look()
    at_time(clock.at(TODAY + 7 * DAY, 600))
    look()
    assert (state(first), state(second)) == (State.READY, State.WAITING)
    at_time(clock.at(TODAY + 8 * DAY, 600))
    look()
    assert (state(first), state(second)) == (State.EXPIRED, State.READY)
    look()
    told = list(Message.objects.order_by("pk").values_list("template", "to_id"))
    mine, next_one = first.family.guardian_id, second.family.guardian_id
    assert sorted(told) == sorted([("hold_ready", mine), ("hold_expired", mine), ("hold_ready", next_one)])


def test_one_message_for_a_family() -> None:
    child = make_child()
    hub = make_hub()
    copies = [make_copy(hub=hub) for _ in range(4)]
    for copy in copies:
        hold_for(copy, make_child(guardian=child.family.guardian))
    look()
    message = Message.objects.get()
    names = " / ".join([*(copy.title.name for copy in copies[:3]), "..."])
    assert message.variables == {"books": names, "hub": hub.name, "day": (TODAY + 7 * DAY).isoformat()}


def test_given_back_elsewhere_it_is_brought_to_who_waits_where_none_is_left() -> None:
    copy = make_copy()
    home, elsewhere = copy.hub, make_hub()
    lend_to(copy)
    hold = hold_for(copy)
    # While the hub has another copy, the line there waits for that one.
    spare = make_copy(title=copy.title, hub=home, state=Copy.State.LENT)
    back(copy, elsewhere.pk)
    copy.refresh_from_db()
    assert (state(hold), copy.hub, copy.state) == (State.WAITING, elsewhere, Copy.State.ON_SHELF)
    spare.delete()
    look()
    copy.refresh_from_db()
    assert (state(hold), copy.hub, copy.state) == (State.TRAVELING, home, Copy.State.SET_ASIDE)
    ready = arrive(hold=hold.pk, by=make_keeper())
    assert (arrive(hold=hold.pk, by=make_keeper()).state, ready.fetch_by) == (State.READY, TODAY + 7 * DAY)


def test_who_waits_here_comes_before_who_waits_elsewhere() -> None:
    here, there = make_copy(), None
    lend_to(here)
    away = hold_for(here)
    there = make_copy(title=here.title)
    lend_to(there)
    near = hold_for(there)
    back(here, there.hub_id)
    assert (state(near), state(away)) == (State.READY, State.WAITING)


def test_damaged_or_missing_when_it_was_to_be_set_aside() -> None:
    (copy, other) = make_copies(2)
    first = hold_for(copy)
    lend_to(other)
    second = hold_for(copy)
    missed = miss(hold=first.pk, damaged=True, by=make_keeper())
    assert (missed.state, Copy.objects.get(pk=copy.pk).state) == (State.WAITING, Copy.State.DAMAGED)
    back(other)
    assert (state(first), state(second)) == (State.READY, State.WAITING)


def test_lost_with_a_line_before_it() -> None:
    copy = make_copy()
    loan = lend_to(copy)
    hold = hold_for(copy)
    far = make_copy(title=copy.title)
    lose(loan=loan.pk, by=make_keeper())
    far.refresh_from_db()
    assert (state(hold), far.hub, far.state) == (State.TRAVELING, copy.hub, Copy.State.SET_ASIDE)


def with_session(days: int = 5) -> tuple[Hold, object]:
    child = make_child()
    copy = make_copy()
    booking = book_for(make_reading(day=TODAY + days * DAY, hub=copy.hub), child)
    return hold_for(copy, child, with_session=True), booking


def test_it_goes_with_the_next_booked_session() -> None:
    hold, booking = with_session()
    assert (hold.session, hold.fetch_by) == (booking.session, TODAY + 5 * DAY)
    look()
    message = Message.objects.exclude(template__startswith="booking_").get()
    assert (message.template, message.variables["starts_at"]) == (
        "hold_with_session",
        booking.session.starts_at.isoformat(),
    )


def test_not_with_one_too_far_ahead_or_elsewhere() -> None:
    hold, _booking = with_session(days=15)
    child = hold.reader.child
    book_for(make_reading(day=TODAY + 2 * DAY), child)
    assert (hold.session, hold.fetch_by) == (None, TODAY + 7 * DAY)


def test_whose_last_day_is_closed_has_until_the_next_and_is_told() -> None:
    hold = hold_for(make_copy())
    look()
    make_closure(room=make_room(hub=hold.hub), day=TODAY + 7 * DAY)
    assert look() == 0
    make_closure(hold.hub, day=TODAY + 6 * DAY, end=2 * 1440)
    look()
    hold.refresh_from_db()
    assert (hold.fetch_by, hold.state, look()) == (TODAY + 8 * DAY, State.READY, 0)
    days = [
        one["day"]
        for one in Message.objects.filter(template="hold_ready").order_by("pk").values_list("variables", flat=True)
    ]
    assert days == [(TODAY + ahead * DAY).isoformat() for ahead in (7, 8)]


def test_given_back_the_book_follows() -> None:
    hold, booking = with_session()
    look()
    later = book_for(make_reading(day=TODAY + 8 * DAY, hub=hold.hub), hold.reader.child)
    cancel_booking(booking=booking.pk, by=hold.family.guardian)
    look()
    hold.refresh_from_db()
    assert (hold.session, hold.fetch_by) == (later.session, TODAY + 8 * DAY)
    cancel_session(session_id=later.session_id, revision=1, reason="雨", by=make_keeper())
    look()
    hold.refresh_from_db()
    assert (hold.session, hold.fetch_by, hold.state) == (None, TODAY + 7 * DAY, State.READY)
    told = Message.objects.filter(template__startswith="hold_").order_by("pk").values_list("template", flat=True)
    assert list(told) == ["hold_with_session", "hold_with_session", "hold_ready"]
    assert look() == 0
