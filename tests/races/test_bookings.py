"""Real connections at the same moment: no place is given twice, and those who wait stand in one order."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub import clock
from hub.errors import Refused
from hub.live.models import Event
from scheduling.bookings.bookings import book, book_together, cancel_booking
from scheduling.bookings.line import pass_silent
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.series import book_series
from scheduling.bookings.tasks import look
from scheduling.bookings.turns import accept_turn, decline_turn
from scheduling.sessions.models import Claim
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import MONDAY, make_child, make_hub, make_program

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
State = Booking.State


def outcome(result: object) -> str:
    if isinstance(result, Booking):
        return result.state
    return result.code if isinstance(result, Refused) else repr(result)


def test_sixty_children_for_twelve_places(at_once: AtOnce) -> None:
    session = make_reading(places=12)
    children = [make_child() for _ in range(60)]
    calls = [partial(book, session=session.pk, child=one.pk, by=one.family.guardian) for one in children]

    results = at_once(calls)

    assert Counter(map(outcome, results)) == {"booked": 12, "waiting": 48}
    rows = Booking.objects.filter(session=session)
    assert len(set(rows.values_list("participant", flat=True))) == 60
    assert Claim.objects.filter(session=session).count() == 12
    # One order: who came first has the places, by the row's number and by its time alike.
    order = list(rows.order_by("created_at", "pk").values_list("pk", "state"))
    assert [state for _, state in order] == ["booked"] * 12 + ["waiting"] * 48
    seqs = Event.objects.filter(topic__name=f"hub:{session.hub_id}").order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 61))


def test_one_child_for_two_sessions_at_the_same_time(at_once: AtOnce) -> None:
    guardian, (child,) = make_guardian()
    sessions = [make_reading(start=540 + 30 * step) for step in range(2)]
    calls = [partial(book, session=session.pk, child=child.pk, by=guardian) for session in sessions] * 4
    found = Counter(map(outcome, at_once(calls)))
    assert found["booked"] == 1, found
    assert set(found) == {"booked", "child_clash", "already_booked"}


def test_places_given_back_at_once_go_to_the_first_who_wait(at_once: AtOnce) -> None:
    session = make_reading(places=6)
    rows = [book_for(session) for _ in range(20)]
    newcomers = [make_child() for _ in range(6)]
    calls = [partial(cancel_booking, booking=row.pk, by=row.booked_by) for row in rows[:6]]
    calls += [partial(book, session=session.pk, child=one.pk, by=one.family.guardian) for one in newcomers]

    results = at_once(calls)

    assert Counter(map(outcome, results)) == {"cancelled": 6, "waiting": 6}
    offered = Booking.objects.filter(session=session, state=State.OFFERED)
    assert set(offered.values_list("pk", flat=True)) == {row.pk for row in rows[6:12]}
    assert Booking.objects.filter(session=session, state__in=Booking.HOLDING).count() == 6
    assert Claim.objects.filter(session=session).count() == 0


def test_siblings_all_or_none_never_part(at_once: AtOnce) -> None:
    """Pairs want to come together, singles take what is left, some give back: nobody is split, nothing is oversold."""
    session = make_reading(places=7)
    holders = [book_for(session) for _ in range(4)]
    pairs = [make_guardian(2) for _ in range(8)]
    singles = [make_child() for _ in range(4)]
    calls: list[Callable[[], object]] = [
        partial(book_together, session=session.pk, children=[one.pk for one in pair], by=guardian, all_or_none=True)
        for guardian, pair in pairs
    ]
    calls += [partial(cancel_booking, booking=row.pk, by=row.booked_by) for row in holders]
    calls += [partial(book, session=session.pk, child=one.pk, by=one.family.guardian) for one in singles]

    results = at_once(calls)

    assert [one for one in results if isinstance(one, Exception)] == []
    assert Booking.objects.filter(session=session, state__in=Booking.HOLDING).count() <= 7
    for _, pair in pairs:
        people = [one.person for one in pair]
        assert len(set(Booking.objects.filter(participant__in=people).values_list("state", flat=True))) == 1
    assert look() == 0, "every freed place was offered at once"


def test_the_last_moment_of_an_offer(at_once: AtOnce) -> None:
    """Yes, no, time running out and other people's taps at once: one place, one holder."""
    for _ in range(3):
        session = make_reading(places=1)
        first, mine, following = (book_for(session) for _ in range(3))
        cancel_booking(booking=first.pk, by=first.booked_by)
        turn = mine.turn_id
        Turn.objects.filter(pk=turn).update(answer_by=clock.now())
        newcomer = make_child()
        results = at_once(
            [
                partial(accept_turn, turn=turn, by=mine.booked_by),
                partial(decline_turn, turn=turn, by=mine.booked_by),
                partial(pass_silent, session=session.pk),
                partial(pass_silent, session=session.pk),
                partial(book, session=session.pk, child=newcomer.pk, by=newcomer.family.guardian),
            ]
        )
        assert [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)] == []
        held = Booking.objects.filter(session=session, state__in=Booking.HOLDING)
        assert [row.pk for row in held] in ([mine.pk], [following.pk])


def test_two_families_book_each_others_weeks_crosswise(at_once: AtOnce) -> None:
    """Series lock many sessions: in one order, so that nobody waits in a ring."""
    program, hub = make_program(kind="reading"), make_hub()
    sessions = [
        make_reading(program=program, hub=hub, places=3, day=MONDAY + dt.timedelta(weeks=weeks)) for weeks in range(4)
    ]
    children = [make_child() for _ in range(6)]
    calls = [
        partial(book_series, session=sessions[0].pk, children=[one.pk], by=one.family.guardian) for one in children
    ]
    results = at_once(calls)
    assert [one for one in results if isinstance(one, Exception)] == []
    for session in sessions:
        rows = Booking.objects.filter(session=session).values_list("state", flat=True)
        assert Counter(rows) == {State.BOOKED: 3, State.WAITING: 3}
