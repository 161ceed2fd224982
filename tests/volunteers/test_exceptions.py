"""Days that differ from the usual week, and weeks that were spoken of before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Person
from tests.support.make import make_volunteer
from tests.volunteers.factories import make_own_week
from volunteers.availability import by_day, times_in
from volunteers.exceptions import add_absence, add_extra_time, remove_absence, remove_extra_time
from volunteers.models import Absence, ExtraTime, Volunteer

pytestmark = pytest.mark.django_db
DAY = 1440
HOUR = dt.timedelta(hours=1)


def monday() -> dt.date:
    return clock.monday_of(clock.today()) + dt.timedelta(weeks=1)


def free(volunteer: Volunteer) -> list[list[int]]:
    return by_day(times_in(Volunteer.objects.get(pk=volunteer.pk), monday()).free)


def test_an_absence_counts_before_the_week_and_an_extra_time_before_it() -> None:
    me = make_volunteer(availability=[[0, 480, 720], [2, 480, 720]])
    add_absence(volunteer=me, starts_at=clock.at(monday()), ends_at=clock.at(monday(), 3 * DAY), by=me.person)
    assert free(me) == []
    add_extra_time(
        volunteer=me, starts_at=clock.at(monday(), DAY + 600), ends_at=clock.at(monday(), DAY + 660), by=me.person
    )
    assert free(me) == [[1, 600, 660]]
    entries = Entry.objects.order_by("pk").values_list("action", "facts")
    assert list(entries) == [("absence.added", {"volunteer": me.pk}), ("extra_time.added", {"volunteer": me.pk})]


def test_an_absence_said_later_cuts_an_extra_time() -> None:
    me = make_volunteer(availability=[])
    start = clock.at(monday(), 480)
    add_extra_time(volunteer=me, starts_at=start, ends_at=start + 4 * HOUR, by=me.person)
    add_absence(volunteer=me, starts_at=start + HOUR, ends_at=start + 2 * HOUR, by=me.person)
    assert free(me) == [[0, 480, 540], [0, 600, 720]]


def test_what_is_said_after_a_weeks_own_word_changes_it_and_back() -> None:
    me = make_volunteer(availability=[[0, 0, DAY]])
    make_own_week(me, [[0, 480, 720]], week=monday())
    away = add_absence(volunteer=me, starts_at=clock.at(monday(), 600), ends_at=clock.at(monday(), DAY), by=me.person)
    assert free(me) == [[0, 480, 600]]
    extra = add_extra_time(
        volunteer=me, starts_at=clock.at(monday(), 900), ends_at=clock.at(monday(), 960), by=me.person
    )
    assert free(me) == [[0, 480, 600], [0, 900, 960]]
    for one in (extra, ExtraTime.objects.get()):
        remove_extra_time(extra=one, by=me.person)
    assert free(me) == [[0, 480, 600]]
    remove_absence(absence=away, by=me.person)
    assert free(me) == [[0, 480, 720]], "what they said for the week, not what they usually say"
    assert not Absence.objects.exists()


def test_whatever_is_said_of_a_week_and_taken_back_leaves_its_word() -> None:
    me = make_volunteer(availability=[[0, 0, DAY], [3, 0, DAY]])
    first = add_absence(volunteer=me, starts_at=clock.at(monday()), ends_at=clock.at(monday(), DAY), by=me.person)
    make_own_week(me, [[0, 480, 720]], week=monday())
    second = add_absence(volunteer=me, starts_at=clock.at(monday(), 540), ends_at=clock.at(monday(), 660), by=me.person)
    third = add_absence(volunteer=me, starts_at=clock.at(monday(), 600), ends_at=clock.at(monday(), 690), by=me.person)
    extra = add_extra_time(
        volunteer=me, starts_at=clock.at(monday(), 600), ends_at=clock.at(monday(), 630), by=me.person
    )
    assert free(me) == [[0, 480, 540], [0, 600, 630], [0, 690, 720]]
    remove_absence(absence=second, by=me.person)
    assert free(me) == [[0, 480, 630], [0, 690, 720]]
    remove_extra_time(extra=extra, by=me.person)
    assert free(me) == [[0, 480, 600], [0, 690, 720]]
    for absence in (first, third):
        remove_absence(absence=absence, by=me.person)
    assert free(me) == [[0, 480, 720]]


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [
        (2, 1, "times_wrong"),
        (-3, -2, "span_over"),
        (1, 24 * 400, "span_too_long"),
        (24 * 800, 24 * 801, "span_too_far"),
    ],
)
def test_spans_that_make_no_sense(start: int, end: int, code: str) -> None:
    me, now = make_volunteer(), clock.now()
    with pytest.raises(Refused, match=code):
        add_absence(volunteer=me, starts_at=now + start * HOUR, ends_at=now + end * HOUR, by=me.person)
    assert not Absence.objects.exists()


def test_over_the_api(sign_in: Callable[[Person], Client]) -> None:
    me = make_volunteer()
    client = sign_in(me.person)
    start, end = clock.at(monday()).isoformat(), clock.at(monday(), DAY).isoformat()
    for address, name in (("absences", "absences"), ("extra-times", "extra_times")):
        body = {"starts_at": start, "ends_at": end}
        record = client.post(f"/api/volunteers/me/{address}", body, content_type="application/json").json()
        assert len(record[name]) == 1
        record = client.delete(f"/api/volunteers/{address}/{record[name][0]['id']}").json()
        assert record[name] == []
    for start, end, code in (
        ("2026-12-14T10:00:00", "2026-12-14T12:00:00", "times_wrong"),
        ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "span_too_far"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T01:00:00+14:00", "span_over"),
    ):
        body = {"starts_at": start, "ends_at": end}
        for address in ("absences", "extra-times"):
            answer = client.post(f"/api/volunteers/me/{address}", body, content_type="application/json")
            assert (answer.status_code, answer.json()["code"]) == (409, code)
