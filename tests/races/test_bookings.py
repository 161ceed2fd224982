"""Real connections at the same moment: no place is given twice, and those who wait stand in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from hub.live.models import Event
from scheduling.bookings.bookings import book, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Claim
from tests.bookings.factories import book_for, make_guardian, make_reading
from tests.support.make import make_child

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
    booked = Booking.objects.filter(session=session, state=State.BOOKED)
    assert set(booked.values_list("pk", flat=True)) == {row.pk for row in rows[6:12]}
    assert Claim.objects.filter(session=session).count() == 6
