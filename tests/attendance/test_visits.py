"""The door's code on a volunteer's own phone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from scheduling.attendance.models import AttendanceEvent
from scheduling.attendance.visits import Stop, go_early, may_join, pass_door
from scheduling.signups.models import Assignment
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_place
from tests.signups.factories import make_regular
from tests.support.make import make_hub, make_need, make_session
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]


def visit(place: Assignment) -> list[Stop]:
    volunteer = place.volunteer
    return pass_door(volunteer=volunteer, hub=place.session.hub_id, by=volunteer.person)


def done(stops: list[Stop]) -> list[tuple[int, str]]:
    return [(stop.assignment.pk, stop.done) for stop in stops]


def test_in_at_the_beginning_out_at_the_end(at_time: AtTime) -> None:
    place = make_place()
    for minute, what in [
        (NINE - 31, ""),
        (NINE - 30, "in"),
        (NINE - 29, ""),
        (NINE + 40, ""),
        (HALF_PAST_TEN - 15, "out"),
        (HALF_PAST_TEN, ""),
    ]:
        at_time(at(minute))
        assert done(visit(place)) == [(place.pk, what)], minute
    assert not ServiceRecord.objects.exists()
    (stop,) = visit(place)
    assert (stop.attendance.signed_in_at, stop.attendance.signed_out_at) == (at(NINE - 30), at(HALF_PAST_TEN - 15))
    assert (stop.attendance.how, stop.attendance.how_out) == ("qr", "qr")


def test_hours_are_entered_at_the_end(at_time: AtTime) -> None:
    place = make_place()
    at_time(at(NINE + 6))
    visit(place)
    at_time(at(HALF_PAST_TEN + 3))
    visit(place)
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.source, record.entered_by) == (84, "scan", None)


def test_going_early_is_asked_for(at_time: AtTime) -> None:
    place = make_place()
    me, hub = place.volunteer, place.session.hub_id

    def leave() -> list[Stop]:
        return go_early(volunteer=me, hub=hub, assignment=place.pk, by=me.person)

    at_time(at(NINE))
    with pytest.raises(Refused, match="not_signed_in"):
        leave()
    visit(place)
    at_time(at(NINE + 30))
    assert done(leave()) == [(place.pk, "out")]
    with pytest.raises(Refused, match="already_out"):
        leave()
    with pytest.raises(Refused, match="not_found"):
        go_early(volunteer=make_regular(), hub=hub, assignment=place.pk, by=me.person)
    with pytest.raises(Refused, match="not_found"):
        go_early(volunteer=me, hub=make_hub().pk, assignment=place.pk, by=me.person)


def test_between_two_shifts_one_visit_ends_one_and_begins_the_other(at_time: AtTime) -> None:
    first = make_place()
    second = make_place(hub=first.session.hub, volunteer=first.volunteer, start=HALF_PAST_TEN + 15)
    at_time(at(NINE))
    assert done(visit(first)) == [(first.pk, "in"), (second.pk, "")]
    at_time(at(HALF_PAST_TEN - 14))
    assert done(visit(first)) == [(first.pk, "out"), (second.pk, "in")]


def test_late_for_the_first_is_not_early_for_the_second(at_time: AtTime) -> None:
    first = make_place()
    second = make_place(hub=first.session.hub, volunteer=first.volunteer, start=HALF_PAST_TEN + 15)
    at_time(at(HALF_PAST_TEN - 10))
    assert done(visit(first)) == [(first.pk, "in"), (second.pk, "")]
    at_time(at(HALF_PAST_TEN - 8))
    assert done(visit(first)) == [(first.pk, ""), (second.pk, "")]


def test_another_hub_and_another_day_are_not_visited(at_time: AtTime) -> None:
    place = make_place()
    me = place.volunteer
    at_time(at(NINE))
    assert pass_door(volunteer=me, hub=make_hub().pk, by=me.person) == []
    at_time(at(NINE + 24 * 60))
    assert visit(place) == []
    assert not AttendanceEvent.objects.exists()


def test_who_has_no_place_is_offered_what_sign_up_would_give(at_time: AtTime) -> None:
    hub, me = make_hub(), make_regular()
    here, later = (make_need(session=make_session(hub=hub, start=start)) for start in (NINE, NINE + 24 * 60))
    elsewhere = make_need(session=make_session())
    assert {here.session.hub_id, later.session.hub_id} != {elsewhere.session.hub_id}
    at_time(at(NINE - 20))
    assert [shift.need for shift in may_join(person=me.person_id, hub=hub.pk)] == [here]
    at_time(at(NINE))
    assert may_join(person=me.person_id, hub=hub.pk) == []
