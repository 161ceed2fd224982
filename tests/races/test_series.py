"""Changing what repeats, at the same moment: nobody's change is lost, and nobody has a place in what is taken away."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from hub.errors import Refused
from scheduling.bookings.bookings import book
from scheduling.bookings.models import Booking
from scheduling.series.models import Series
from scheduling.series.outcome import Outcome
from scheduling.series.series import change_series
from scheduling.series.week_templates import lay_template, save_template
from scheduling.sessions.models import Session
from tests.series.factories import add, make_wish, sessions_of
from tests.sessions.factories import added, moved
from tests.support.make import MONDAY, make_child, make_person, make_program, make_room

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def outcome(result: object) -> str:
    if isinstance(result, Outcome):
        return "saved" if result.saved else "shown"
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_of_two_who_save_one_series_the_later_is_told(at_once: AtOnce) -> None:
    wish, by = make_wish(count=3), make_person()
    series = add(wish)
    starts = [9 * 60, 10 * 60, 11 * 60]
    calls = []
    for start in starts:
        change = partial(change_series, series_id=series.pk, revision=1, wish=replace(wish, start=start), by=by)
        calls.append(partial(change, seen=change(seen="").seen))
    assert Counter(map(outcome, at_once(calls))) == {"saved": 1, "series_outdated": 2}
    held = Series.objects.get(pk=series.pk)
    assert held.revision == 2
    assert {(one.starts_at.hour + 8) * 60 for one in sessions_of(series)} == {held.start}


def test_booked_while_it_is_taken_away(at_once: AtOnce) -> None:
    """Either the place comes first, and is shown to the editor, or the session is gone for the family."""
    by = make_person()
    for _ in range(4):
        wish, child = make_wish(count=2), make_child()
        series = add(wish)
        last = sessions_of(series)[-1].pk
        change = partial(change_series, series_id=series.pk, revision=1, wish=replace(wish, count=1), by=by)
        calls = [
            partial(change, seen=change(seen="").seen),
            partial(book, session=last, child=child.pk, by=child.family.guardian),
        ]
        found = tuple(map(outcome, at_once(calls)))
        assert found in {("saved", "not_found"), ("shown", "Booking"), ("people_changed", "Booking")}
        assert Session.objects.filter(pk=last).exists() == (found[1] == "Booking")
        assert Booking.objects.filter(participant=child.person).count() == (found[1] == "Booking")


def test_a_week_is_laid_while_a_session_leaves_its_room(at_once: AtOnce) -> None:
    """Both hold the site and the room, in one order: neither waits for the other."""
    room, program, by = make_room(), make_program(), make_person()
    added(room=room, program=program)
    added(hub=room.hub, program=program, start=14 * 60)
    template = save_template(hub=room.hub, week=MONDAY, name="平常", by=by)
    for ahead in range(1, 7):
        week = MONDAY + dt.timedelta(days=7 * ahead)
        leaving = added(room=room, program=program, day=week + dt.timedelta(days=1))
        lay = partial(lay_template, template_id=template.pk, week=week, by=by)
        calls = [
            partial(lay, seen=lay(seen="").seen),
            partial(moved, leaving, day=week, start=18 * 60, hub=room.hub, room=None),
        ]
        assert list(map(outcome, at_once(calls))) == ["saved", "Session"]
    assert Session.objects.count() == 2 + 6 * 3
