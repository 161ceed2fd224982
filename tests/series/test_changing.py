"""This and the following, or all: who has a place keeps it, and is told once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Person
from hub.places.models import MarkedDay
from scheduling.bookings.bookings import book, cancel_booking
from scheduling.bookings.models import Booking
from scheduling.series.models import Occurrence, Series
from scheduling.series.series import change_series, undo_change
from scheduling.series.wishes import Wish
from scheduling.sessions.models import Need, Session
from scheduling.sessions.sessions import cancel_session, edit_session
from scheduling.signups.models import Assignment
from tests.series.factories import TUESDAY, add, booked, change, make_wish, session_on, sessions_of
from tests.sessions.factories import added, moved
from tests.signups.factories import take
from tests.support.make import make_child, make_person, make_room

pytestmark = pytest.mark.django_db
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
THURSDAYS = {"rule": "FREQ=WEEKLY;BYDAY=TH"}


def identities(series: Series) -> list[tuple[int, object, int]]:
    return [(one.pk, one.uid, one.sequence) for one in sessions_of(series)]


def starts(series: Series) -> list[dt.datetime]:
    return [one.starts_at for one in sessions_of(series) if one.state == Session.State.PLANNED]


def undo(series: Series, by: Person | None = None) -> Any:
    series.refresh_from_db()
    wanted: dict[str, Any] = {"series_id": series.pk, "revision": series.revision, "by": by or make_person()}
    shown = undo_change(seen="", **wanted)
    return undo_change(seen=shown.seen, **wanted)


def test_all_move_and_stay_who_they_are() -> None:
    wish = make_wish(room=make_room())
    series = add(wish)
    before = identities(series)
    outcome = change(series, replace(wish, start=17 * 60, **THURSDAYS))
    assert [row.what for row in outcome.rows] == ["moved"] * 6
    assert identities(series) == [(pk, uid, sequence + 1) for pk, uid, sequence in before]
    assert starts(series) == [clock.at(TUESDAY + 2 * DAY + WEEK * number, 17 * 60) for number in range(6)]


def test_the_family_and_the_volunteer_are_told_once_of_all() -> None:
    wish = make_wish()
    series = add(wish)
    child, need_of = make_child(), {need.session_id: need for need in Need.objects.all()}
    volunteer = None
    for one in sessions_of(series):
        booking = Booking.objects.filter(participant=child.person).first()
        assert booking is None or booking.session_id != one.pk
        book(session=one.pk, child=child.pk, by=child.family.guardian)
        volunteer = take(need_of[one.pk], volunteer).volunteer
    Message.objects.all().delete()
    outcome = change(series, replace(wish, start=15 * 60))
    assert [row.people for row in outcome.rows] == [2] * 6
    told = Message.objects.order_by("template").values_list("template", "to_id")
    assert volunteer is not None
    assert list(told) == [
        ("booking_session_moved_many", child.family.guardian_id),
        ("session_moved_many", volunteer.person_id),
    ]
    assert {message.variables["count"] for message in Message.objects.all()} == {"6"}
    assert set(Booking.objects.values_list("state", flat=True)) == {"booked"}
    assert set(Assignment.objects.values_list("state", flat=True)) == {"published"}


def test_this_and_the_following_become_a_series_of_their_own() -> None:
    wish = make_wish()
    series = add(wish)
    before = {one.pk: one.uid for one in sessions_of(series)}
    since = TUESDAY + WEEK * 3
    outcome = change(series, replace(wish, first_day=since, count=3, start=10 * 60), since=since)
    ours = Series.objects.get(pk=outcome.series)
    series.refresh_from_db()
    assert (ours.continues, series.until, series.count, ours.count) == (series, since - DAY, None, 3)
    assert {one.pk: one.uid for one in (*sessions_of(series), *sessions_of(ours))} == before
    assert starts(series) == [clock.at(TUESDAY + WEEK * number, 16 * 60) for number in range(3)]
    assert starts(ours) == [clock.at(since + WEEK * number, 10 * 60) for number in range(3)]


def test_since_the_first_is_all() -> None:
    wish = make_wish()
    series = add(wish)
    assert change(series, replace(wish, start=600), since=TUESDAY).series == series.pk
    assert Series.objects.count() == 1


def test_the_following_do_not_reach_before_what_stays() -> None:
    wish = make_wish()
    series = add(wish)
    for wrong, since, code in (
        (wish, TUESDAY + WEEK * 3, "first_day_too_early"),
        (wish, TUESDAY + DAY, "no_such_day"),
    ):
        with pytest.raises(Refused) as refused:
            change_series(series_id=series.pk, revision=1, wish=wrong, since=since, seen="", by=make_person())
        assert refused.value.code == code


def test_what_ends_vanishes_where_nobody_has_a_place_and_is_cancelled_where_somebody_has() -> None:
    wish = make_wish()
    series = add(wish)
    booking = booked(session_on(series, TUESDAY + WEEK * 5))
    Message.objects.all().delete()
    outcome = change(series, replace(wish, count=None, until=TUESDAY + WEEK * 3))
    assert [(row.what, row.people) for row in outcome.rows[4:]] == [("removed", 0), ("cancelled", 1)]
    booking.refresh_from_db()
    booking.session.refresh_from_db()
    assert (booking.state, booking.session.state, booking.session.cancel_reason) == (
        "cancelled",
        "cancelled",
        "场地维修",
    )
    assert len(sessions_of(series)) == 5
    assert list(Message.objects.values_list("template", flat=True)) == ["booking_session_cancelled"]


def test_a_session_in_which_somebody_once_had_a_place_does_not_vanish() -> None:
    wish = make_wish()
    series = add(wish)
    booking = booked(session_on(series, TUESDAY + WEEK * 5))
    cancel_booking(booking=booking.pk, by=booking.booked_by)
    outcome = change(series, replace(wish, count=5))
    assert (outcome.rows[-1].what, outcome.rows[-1].people) == ("cancelled", 0)


def test_cancelling_people_wants_a_reason() -> None:
    wish = make_wish()
    series = add(wish)
    booked(session_on(series, TUESDAY + WEEK * 5))
    wanted: dict[str, Any] = {
        "series_id": series.pk,
        "revision": 1,
        "wish": replace(wish, count=3),
        "by": make_person(),
    }
    shown = change_series(seen="", **wanted)
    with pytest.raises(Refused) as refused:
        change_series(seen=shown.seen, reason=" ", **wanted)
    assert refused.value.code == "reason_missing"
    assert len(sessions_of(series)) == 6


def test_somebody_who_booked_since_it_was_seen_is_seen_first() -> None:
    wish = make_wish()
    series = add(wish)
    wanted: dict[str, Any] = {
        "series_id": series.pk,
        "revision": 1,
        "wish": replace(wish, start=600),
        "by": make_person(),
    }
    shown = change_series(seen="", **wanted)
    booked(session_on(series, TUESDAY))
    assert change_series(seen=shown.seen, **wanted).saved is False
    less = wanted | {"wish": replace(wish, count=5)}
    shown = change_series(seen="", **less)
    booked(session_on(series, TUESDAY + WEEK * 5))
    assert change_series(seen=shown.seen, **less).rows[-1].what == "cancelled"


def test_of_two_editors_the_later_is_told_what_the_first_did() -> None:
    wish = make_wish()
    series = add(wish)
    change(series, replace(wish, start=600))
    with pytest.raises(Refused) as refused:
        change_series(series_id=series.pk, revision=1, wish=wish, seen="", by=make_person())
    assert (refused.value.code, refused.value.facts["revision"], refused.value.facts["start"]) == (
        "series_outdated",
        2,
        600,
    )


def test_what_was_edited_by_hand_stays_so_unless_told() -> None:
    wish = make_wish()
    series = add(wish)
    alone = session_on(series, TUESDAY + WEEK)
    moved(alone, day=TUESDAY + WEEK + DAY, start=9 * 60)
    outcome = change(series, replace(wish, start=15 * 60, places=8))
    alone.refresh_from_db()
    assert (alone.starts_at, alone.places) == (clock.at(TUESDAY + WEEK + DAY, 9 * 60), 8)
    assert [(one.code, one.facts) for one in outcome.rows[1].reasons] == [
        ("edited_by_hand", {"fields": ["starts_at", "ends_at"]})
    ]
    assert [row.what for row in outcome.rows] == ["moved", "edited", "moved", "moved", "moved", "moved"]
    change(series, replace(wish, start=15 * 60, places=8), over_own=True)
    alone.refresh_from_db()
    assert alone.starts_at == clock.at(TUESDAY + WEEK, 15 * 60)


def test_a_cancelled_one_stays_cancelled() -> None:
    wish = make_wish()
    series = add(wish)
    gone = session_on(series, TUESDAY + WEEK)
    cancel_session(session_id=gone.pk, revision=1, reason="停电", by=None)
    outcome = change(series, replace(wish, start=15 * 60, **THURSDAYS))
    assert [row.what for row in outcome.rows] == ["moved", "stays", "moved", "moved", "moved", "moved"]
    assert (len(sessions_of(series)), len(starts(series))) == (6, 5)


def test_what_is_over_stays_as_it_was(at_time: Any) -> None:
    wish = make_wish()
    series = add(wish)
    at_time(clock.at(TUESDAY + WEEK * 2, 18 * 60))
    change(series, replace(wish, start=9 * 60))
    assert [clock.local(one).hour for one in starts(series)] == [16, 16, 16, 9, 9, 9]


def test_of_a_weeks_two_the_one_with_people_goes_on() -> None:
    wish = make_wish(rule="FREQ=WEEKLY;BYDAY=TU,TH", count=4)
    series = add(wish)
    booking = booked(session_on(series, TUESDAY + 2 * DAY))
    outcome = change(series, replace(wish, rule="FREQ=WEEKLY;BYDAY=FR", count=2))
    booking.refresh_from_db()
    assert booking.state == "booked"
    assert booking.session.starts_at == clock.at(TUESDAY + 3 * DAY, 16 * 60)
    assert sorted(row.what for row in outcome.rows) == ["moved", "moved", "removed", "removed"]


def test_a_clash_leaves_it_where_it_is_and_says_so() -> None:
    room = make_room()
    wish = make_wish(room=room)
    series = add(wish)
    added(room=room, day=TUESDAY + WEEK, start=18 * 60)
    outcome = change(series, replace(wish, start=18 * 60))
    assert [row.what for row in outcome.rows] == ["moved", "stays", "moved", "moved", "moved", "moved"]
    assert [clock.local(one).hour for one in starts(series)] == [18, 16, 18, 18, 18, 18]
    second = change(series, replace(wish, start=19 * 60))
    assert [row.what for row in second.rows] == ["moved"] * 6


def test_needs_are_kept_with_who_serves_in_them() -> None:
    wish = make_wish()
    series = add(wish)
    place = take(session_on(series, TUESDAY).needs.get())
    change(series, replace(wish, needs=[replace(wish.needs[0], target=4, min=2)]))
    place.need.refresh_from_db()
    assert (place.need.session_id, place.need.target, Need.objects.filter(target=4).count()) == (place.session_id, 4, 6)
    outcome = change(series, replace(wish, needs=[]))
    assert outcome.rows[0].what == "stays"
    assert [one.code for one in outcome.rows[0].reasons] == ["need_in_use"]


def test_a_day_declared_off_since_is_seen_when_it_is_looked_at_next() -> None:
    wish = make_wish()
    series = add(wish)
    MarkedDay.objects.create(day=TUESDAY + WEEK, works=False)
    outcome = change(series, wish)
    assert [(row.what, [one.code for one in row.reasons]) for row in outcome.rows[:2]] == [
        ("kept", []),
        ("removed", ["holiday_skipped"]),
    ]


def test_what_was_taken_away_comes_back_as_it_was_within_ten_minutes() -> None:
    wish = make_wish()
    series = add(wish)
    own = session_on(series, TUESDAY + WEEK * 4)
    edit_session(session_id=own.pk, revision=1, by=None, places=3, duty_worker=None, note="只要三个")
    before = [(one.uid, one.starts_at, one.places, one.note) for one in sessions_of(series)]
    booked(session_on(series, TUESDAY + WEEK * 5))
    change(series, replace(wish, count=2))
    assert len(sessions_of(series)) == 3
    outcome = undo(series)
    assert outcome.saved
    assert [row.what for row in outcome.rows] == ["kept", "kept", "added", "added", "added", "stays"]
    assert [(one.uid, one.starts_at, one.places, one.note) for one in sessions_of(series)] == before
    assert [one.sequence for one in sessions_of(series)] == [0, 0, 1, 1, 1, 1]
    assert [one.state for one in sessions_of(series)] == ["planned"] * 5 + ["cancelled"]
    with pytest.raises(Refused) as refused:
        undo(series)
    assert refused.value.code == "undo_over"


def test_undoing_tells_why_to_whom_it_takes_a_place_from() -> None:
    wish = make_wish(rule="FREQ=WEEKLY;BYDAY=TU,TH", count=4)
    series = add(wish)
    change(series, replace(wish, rule="FREQ=WEEKLY;BYDAY=TU", count=6))
    booked(session_on(series, TUESDAY + WEEK * 5))
    series.refresh_from_db()
    wanted: dict[str, Any] = {"series_id": series.pk, "revision": series.revision, "by": make_person()}
    shown = undo_change(seen="", **wanted)
    with pytest.raises(Refused) as refused:
        undo_change(seen=shown.seen, **wanted)
    assert refused.value.code == "reason_missing"
    assert undo_change(seen=shown.seen, reason="改回原来", **wanted).saved
    assert session_on(series, TUESDAY + WEEK * 5).cancel_reason == "改回原来"


def test_after_ten_minutes_it_is_too_late(at_time: Any) -> None:
    wish = make_wish()
    series = add(wish)
    change(series, replace(wish, count=2))
    at_time(clock.now() + dt.timedelta(minutes=11))
    with pytest.raises(Refused) as refused:
        undo(series)
    assert refused.value.code == "undo_over"


def test_the_following_are_the_same_as_all_after_the_split() -> None:
    """Two series alike: one changed from the third on, the other wholly."""
    wish = make_wish()
    split, whole = add(wish), add(replace(wish, hub=wish.hub))
    since = TUESDAY + WEEK * 2
    ours = change(split, replace(wish, first_day=since, count=4, start=600, **THURSDAYS), since=since).series
    change(whole, replace(wish, start=600, **THURSDAYS))
    assert starts(Series.objects.get(pk=ours)) == starts(whole)[2:]


def test_every_occurrence_keeps_one_day_and_one_session() -> None:
    wish: Wish = make_wish(rule="FREQ=WEEKLY;BYDAY=TU,WE", count=8)
    series = add(wish)
    change(series, replace(wish, rule="FREQ=WEEKLY;BYDAY=WE,TH"))
    rows = list(Occurrence.objects.filter(series=series))
    assert len({row.day for row in rows}) == len(rows) == 8
    assert all(row.session is not None and row.session.uid == row.uid for row in rows)
