"""A closed group: enrolled once, there every time."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from hub.errors import Refused
from hub.notify.models import Message
from scheduling.bookings.activities import coming_sessions
from scheduling.bookings.bookings import book
from scheduling.bookings.models import Booking
from scheduling.series.enrolments import enrol, leave_group
from scheduling.series.models import Enrolment, Series
from tests.series.factories import TUESDAY, add, change, make_wish, sessions_of
from tests.support.make import make_child, make_person, make_program

pytestmark = pytest.mark.django_db
WEEK = dt.timedelta(days=7)


def places(child: object) -> list[tuple[dt.datetime, str]]:
    rows = Booking.objects.filter(participant=child.person).order_by("session__starts_at")  # type: ignore[attr-defined]
    return list(rows.values_list("session__starts_at", "state"))


def test_enrolled_once_for_all_sessions_and_told_once() -> None:
    series, child, by = add(make_wish(group_only=True)), make_child(), make_person()
    assert enrol(series_id=series.pk, children=[child.pk], by=by) == 0
    assert places(child) == [(one.starts_at, "booked") for one in sessions_of(series)]
    assert list(Message.objects.values_list("template", "to_id")) == [("booking_many", child.family.guardian_id)]
    assert enrol(series_id=series.pk, children=[child.pk], by=by) == 0
    assert (Enrolment.objects.count(), Message.objects.count()) == (1, 1)


def test_new_sessions_have_their_places_too() -> None:
    wish = make_wish(group_only=True)
    series, child = add(wish), make_child()
    enrol(series_id=series.pk, children=[child.pk], by=make_person())
    outcome = change(series, replace(wish, count=8))
    assert [(row.what, row.people) for row in outcome.rows] == [("kept", 0)] * 6 + [("added", 1)] * 2
    assert [state for _, state in places(child)] == ["booked"] * 8


def test_what_follows_a_split_has_the_same_members() -> None:
    wish = make_wish(group_only=True)
    series, child = add(wish), make_child()
    enrol(series_id=series.pk, children=[child.pk], by=make_person())
    since = TUESDAY + WEEK * 3
    ours = change(series, replace(wish, first_day=since, count=4), since=since).series
    assert [state for _, state in places(child)] == ["booked"] * 7
    assert list(Enrolment.objects.values_list("series", "participant")) == [
        (series.pk, child.person_id),
        (ours, child.person_id),
    ]


def test_leaving_gives_every_place_back_and_is_told_once() -> None:
    series, child, by = add(make_wish(group_only=True)), make_child(), make_person()
    enrol(series_id=series.pk, children=[child.pk], by=by)
    Message.objects.all().delete()
    leave_group(series_id=series.pk, child=child.pk, by=by)
    assert [state for _, state in places(child)] == ["cancelled"] * 6
    assert list(Message.objects.values_list("template", flat=True)) == ["booking_series_left"]
    with pytest.raises(Refused) as refused:
        leave_group(series_id=series.pk, child=child.pk, by=by)
    assert refused.value.code == "not_found"


def test_one_that_clashes_is_left_out_and_counted() -> None:
    child, by = make_child(), make_person()
    other = add(make_wish(count=1))
    book(session=sessions_of(other)[0].pk, child=child.pk, by=child.family.guardian)
    series = add(make_wish(group_only=True))
    assert enrol(series_id=series.pk, children=[child.pk], by=by) == 1
    assert [
        one.session_id for one in Booking.objects.filter(session__group_only=True).order_by("session__starts_at")
    ] == [one.pk for one in sessions_of(series)[1:]]


def test_a_family_can_neither_see_nor_book_it() -> None:
    program = make_program(kind="reading", age_min=6, age_max=12)
    series = add(make_wish(group_only=True), program=program)
    child = make_child()
    with pytest.raises(Refused) as refused:
        book(session=sessions_of(series)[0].pk, child=child.pk, by=child.family.guardian)
    assert refused.value.code == "closed_group"
    assert coming_sessions().count() == 0


def test_only_a_group_has_members() -> None:
    with pytest.raises(Refused) as refused:
        enrol(series_id=add().pk, children=[make_child().pk], by=make_person())
    assert refused.value.code == "no_group"


def test_whether_it_is_a_group_is_settled_when_it_is_published() -> None:
    wish = make_wish(group_only=True)
    series = add(wish)
    change(series, replace(wish, group_only=False, start=600))
    assert Series.objects.get(pk=series.pk).group_only is True
