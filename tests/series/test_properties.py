"""Whatever is done to a series: identities stay, no day is held twice, nobody's place is lost without a word.

The oracle is dateutil's expansion with the days off taken out: what a reader of the rule and of the holidays' table
would expect to be there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub import clock
from hub.notify.models import Message
from hub.people.models import Role
from hub.places.models import MarkedDay
from scheduling.bookings.models import Booking
from scheduling.series.models import Occurrence, Series
from scheduling.series.outcome import Outcome
from scheduling.series.series import add_series
from scheduling.series.settling import Choice, Settled
from scheduling.series.wishes import Wish
from scheduling.sessions.conflicts import clashes
from scheduling.sessions.known import known_of, wish_of
from scheduling.sessions.models import Claim, Session
from tests.series.factories import TUESDAY, add, booked, change, make_wish, sessions_of
from tests.sessions.factories import added
from tests.support.make import make_hub, make_person, make_program, make_room

pytestmark = pytest.mark.django_db
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
WEEKS = 4
LAST = TUESDAY + WEEK * WEEKS

rules = st.sampled_from(
    [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=WEEKLY;BYDAY=TU,TH",
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
    ]
)
starts = st.sampled_from([9 * 60, 15 * 60])
days_off = st.sets(st.sampled_from([TUESDAY + DAY * number for number in range(28) if number % 7 < 4]), max_size=3)


@st.composite
def edits(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "rule": draw(rules),
        "start": draw(starts),
        "places": draw(st.sampled_from([12, 8])),
        "until": TUESDAY + WEEK * draw(st.integers(1, WEEKS)),
    }


def expected(wish: Wish, off: set[dt.date]) -> list[dt.date]:
    assert wish.until is not None
    first, last = (dt.datetime.combine(day, dt.time()) for day in (wish.first_day, wish.until))
    oracle = rrulestr(wish.rule, dtstart=first).between(first, last, inc=True)
    return [one.date() for one in oracle if one.date() not in off]


@dataclass
class Known:
    """What was there before, to be found again."""

    uids: dict[int, Any] = field(default_factory=dict)
    booked: dict[int, int] = field(default_factory=dict)
    """Booking -> its session."""

    def learn(self) -> None:
        self.uids |= dict(Session.objects.values_list("pk", "uid"))
        self.booked |= dict(Booking.objects.filter(state="booked").values_list("pk", "session"))

    def check(self) -> None:
        now = dict(Session.objects.values_list("pk", "uid"))
        assert all(self.uids.get(pk, uid) == uid for pk, uid in now.items())
        for pk, session in self.booked.items():
            booking = Booking.objects.select_related("session").get(pk=pk)
            assert booking.session_id == session
            # Who has a place no more knows why: their session was cancelled, and they were told.
            if booking.state != "booked":
                assert booking.session.state == Session.State.CANCELLED
                assert booking.session.cancel_reason
        for row in Occurrence.objects.filter(session__isnull=False).select_related("session"):
            assert row.session is not None
            assert row.session.uid == row.uid
        assert all(count == 1 for count in Counter(Occurrence.objects.values_list("series", "day")).values())
        planned = Session.objects.filter(state=Session.State.PLANNED)
        held = Counter((clock.local(one.starts_at).date(), one.room_id) for one in planned)
        assert all(count == 1 for count in held.values())
        assert set(Claim.objects.filter(resource__startswith="room:").values_list("session", flat=True)) == set(
            planned.values_list("pk", flat=True)
        )


def days_held(*series: Series) -> list[dt.date]:
    return sorted(
        clock.local(one.starts_at).date()
        for each in series
        for one in sessions_of(each)
        if one.state == Session.State.PLANNED
    )


PROPERTY = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@PROPERTY
@given(off=days_off, steps=st.lists(edits(), min_size=1, max_size=3), guests=st.lists(st.integers(0, 20), max_size=3))
def test_all_of_a_series(off: set[dt.date], steps: list[dict[str, Any]], guests: list[int]) -> None:
    with transaction.atomic():
        MarkedDay.objects.bulk_create(MarkedDay(day=day, works=False) for day in off)
        wish = make_wish(room=make_room(), until=LAST)
        series = add(wish)
        known = Known()
        known.learn()
        assert days_held(series) == expected(wish, off)
        for step, edit in enumerate(steps):
            there = [one for one in sessions_of(series) if one.state == Session.State.PLANNED]
            if there and step < len(guests):
                booked(there[guests[step] % len(there)])
            known.learn()
            wish = replace(wish, **edit)
            change(series, wish)
            known.check()
            stays_cancelled = Session.objects.filter(occurrence__series=series, state=Session.State.CANCELLED)
            wanted = expected(wish, off)
            # A cancelled one stands for its day, or for one of its week: it isn't brought back.
            gone = len(wanted) - len(days_held(series))
            assert set(days_held(series)) <= set(wanted)
            assert 0 <= gone <= stays_cancelled.count()
        transaction.set_rollback(True)


@PROPERTY
@given(off=days_off, edit=edits(), at=st.integers(0, WEEKS - 1), guest=st.integers(0, WEEKS - 1))
def test_this_and_the_following_is_all_of_a_series_that_begins_there(
    off: set[dt.date], edit: dict[str, Any], at: int, guest: int
) -> None:
    """A twin that never had the days before is changed as a whole: both come out alike, day by day."""
    with transaction.atomic():
        MarkedDay.objects.bulk_create(MarkedDay(day=day, works=False) for day in off)
        since = TUESDAY + WEEK * at
        wish = make_wish(room=make_room(), until=LAST)
        whole, twin = add(wish), add(replace(wish, first_day=since, room=make_room(hub=wish.hub)))
        rest = [one for one in sessions_of(whole) if clock.local(one.starts_at).date() >= since]
        for one, other in list(zip(rest, sessions_of(twin), strict=True))[guest : guest + 1]:
            booked(one)
            booked(other)
        known = Known()
        known.learn()
        before = [day for day in days_held(whole) if day < since]
        wanted = replace(wish, first_day=since, **edit | {"until": max(edit["until"], since)})
        ours = Series.objects.get(pk=change(whole, wanted, since=since).series)
        change(twin, replace(wanted, room=twin.room))
        known.check()
        assert outcome_of(ours, since) == outcome_of(twin, since)
        assert [day for day in days_held(*{whole, ours}) if day < since] == before
        told = Counter(Message.objects.filter(template__startswith="booking_session").values_list("to_id", flat=True))
        assert all(count == 1 for count in told.values())
        transaction.set_rollback(True)


@settings(PROPERTY, max_examples=6)
@given(
    taken=st.lists(st.tuples(st.integers(0, WEEKS - 1), st.sampled_from([14, 15, 16])), max_size=4),
    closes=st.sampled_from([17 * 60, 20 * 60]),
    rule=st.sampled_from(["FREQ=WEEKLY;BYDAY=TU", "FREQ=WEEKLY;BYDAY=TU,WE"]),
)
def test_what_is_offered_date_by_date_breaks_nothing(taken: list[tuple[int, int]], closes: int, rule: str) -> None:
    """Whoever takes the first of what is offered for each date ends with every date held, or with nothing to offer."""
    with transaction.atomic():
        room = make_room(hub=make_hub(opening=[[weekday, 8 * 60, closes] for weekday in range(5)]))
        for week, hour in set(taken):
            added(room=room, day=TUESDAY + WEEK * week, start=hour * 60)
        by, program = make_person(Role.ADMINISTRATOR), make_program()
        wish = make_wish(room=room, rule=rule, until=LAST, start=16 * 60)
        choices: dict[str, Choice] = {}

        def post(seen: str = "") -> Outcome:
            return add_series(program=program, wish=wish, seen=seen, settled=Settled(choices), by=by)

        shown = post()
        held = {row.key for row in shown.rows if row.what == "added"}
        while offered := [row for row in shown.rows if row.offers]:
            for row in offered:
                choices[row.key] = Choice(row.offers[0].room, row.offers[0].starts_at)
            shown = post()
            now = {row.key for row in shown.rows if row.what == "added"}
            # Of two that were offered the same hour one has it.
            assert now > held
            held = now
        outcome = post(shown.seen)
        assert (outcome.saved, len(held)) == (True, Session.objects.filter(occurrence__isnull=False).count())
        for session in Session.objects.filter(occurrence__isnull=False).select_related("hub", "room", "program"):
            wished = wish_of(session)
            assert clashes(wished, known_of(wished, session=session.pk)) == []
        transaction.set_rollback(True)


def outcome_of(series: Series, since: dt.date) -> list[tuple[dt.datetime, str, int | None, int]]:
    return [
        (one.starts_at, one.state, one.places, one.bookings.filter(state="booked").count())
        for one in sessions_of(series)
        if clock.local(one.starts_at).date() >= since
    ]
