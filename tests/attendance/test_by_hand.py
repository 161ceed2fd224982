"""Staff sign people in and out, put right what is wrong, and confirm who did not come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.people.models import Person, Role
from scheduling.attendance import attendance
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.signups.models import Assignment
from scheduling.signups.signups import decline
from tests.attendance.factories import HALF_PAST_TEN, NINE, at, make_device, make_place, seen, tell
from tests.support.make import make_person
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db
AtTime = Callable[[dt.datetime], None]


@pytest.fixture
def by() -> Person:
    return make_person(Role.COORDINATOR)


def times(row: Attendance) -> tuple[dt.datetime | None, dt.datetime | None]:
    return row.signed_in_at, row.signed_out_at


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as error:
        call()
    return error.value.code


def test_in_and_out_are_marked_as_by_whom(at_time: AtTime, by: Person) -> None:
    place = make_place()
    at_time(at(NINE - 5))
    row = attendance.sign_in(assignment=place.pk, by=by)
    assert (times(row), row.how, row.by) == ((at(NINE - 5), None), "hand", by)
    at_time(at(NINE + 1))
    assert times(attendance.sign_in(assignment=place.pk, by=by)) == (at(NINE - 5), None)
    at_time(at(HALF_PAST_TEN + 2))
    row = attendance.sign_out(assignment=place.pk, by=by)
    assert (times(row), row.how_out) == ((at(NINE - 5), at(HALF_PAST_TEN + 2)), "hand")
    record = ServiceRecord.objects.get()
    assert (record.minutes, record.source, record.entered_by, record.session_uid) == (90, "hand", by, place.session.uid)
    assert record.in_charge == place.session.duty_worker


def test_what_can_not_be_is_refused(at_time: AtTime, by: Person) -> None:
    place, other = make_place(), make_place()
    at_time(at(NINE - 31))
    assert refused(lambda: attendance.sign_in(assignment=place.pk, by=by)) == "too_early"
    at_time(at(NINE + 10))
    assert refused(lambda: attendance.sign_out(assignment=place.pk, by=by)) == "not_signed_in"
    assert refused(lambda: attendance.sign_in(assignment=place.pk, by=by, at=at(NINE + 11))) == "in_future"
    attendance.sign_in(assignment=place.pk, by=by)
    assert refused(lambda: attendance.sign_out(assignment=place.pk, by=by, at=at(NINE))) == "out_before_in"
    at_time(at(HALF_PAST_TEN))
    assert refused(lambda: attendance.sign_in(assignment=other.pk, by=by)) == "over_say_when"
    at_time(at(HALF_PAST_TEN + 121))
    assert refused(lambda: attendance.sign_out(assignment=place.pk, by=by)) == "too_late"
    me = place.volunteer.person
    assert refused(lambda: attendance.sign_out(assignment=place.pk, by=me)) == "not_for_oneself"


def test_who_gave_the_place_back_is_not_signed_in(at_time: AtTime, by: Person) -> None:
    place = make_place()
    decline(assignment=place.pk, by=None)
    at_time(at(NINE))
    assert refused(lambda: attendance.sign_in(assignment=place.pk, by=by)) == "no_place"
    assert refused(lambda: attendance.sign_in(assignment=0, by=by)) == "not_found"


def test_a_correction_appends(at_time: AtTime, by: Person) -> None:
    place = make_place()
    at_time(at(NINE + 20))
    attendance.sign_in(assignment=place.pk, by=by)
    at_time(at(HALF_PAST_TEN - 20))
    attendance.sign_out(assignment=place.pk, by=by)
    before = set(AttendanceEvent.objects.values_list("pk", flat=True))
    at_time(at(HALF_PAST_TEN + 5))

    def correct(came: int | None, went: int | None) -> Attendance:
        return attendance.correct(
            assignment=place.pk,
            signed_in_at=at(came) if came else None,
            signed_out_at=at(went) if went else None,
            by=by,
        )

    assert refused(lambda: correct(None, NINE)) == "not_signed_in"
    assert refused(lambda: correct(NINE + 1, NINE)) == "out_before_in"
    row = correct(NINE + 2, HALF_PAST_TEN - 20)
    assert times(row) == (at(NINE + 2), at(HALF_PAST_TEN - 20))
    assert before < set(AttendanceEvent.objects.values_list("pk", flat=True))
    assert times(correct(None, None)) == (None, None)


def test_a_change_after_hours_were_entered_is_shown(at_time: AtTime, by: Person) -> None:
    place = make_place()
    at_time(at(HALF_PAST_TEN + 1))
    attendance.sign_in(assignment=place.pk, by=by, at=at(NINE))
    row = attendance.sign_out(assignment=place.pk, by=by)
    assert (row.doubts, ServiceRecord.objects.get().minutes) == ([], 90)
    row = attendance.correct(assignment=place.pk, signed_in_at=at(NINE + 30), signed_out_at=at(HALF_PAST_TEN), by=by)
    assert (row.doubts, ServiceRecord.objects.get().minutes) == (["hours_differ"], 90)


def test_missed_is_confirmed_after_the_end_and_taken_back(at_time: AtTime, by: Person) -> None:
    place, other = make_place(), make_place()
    at_time(at(NINE))
    attendance.sign_in(assignment=other.pk, by=by)
    assert refused(lambda: attendance.mark_missed(assignment=place.pk, by=by)) == "not_over_yet"
    at_time(at(HALF_PAST_TEN))
    assert refused(lambda: attendance.mark_missed(assignment=other.pk, by=by)) == "was_here"
    for _ in range(2):
        assert attendance.mark_missed(assignment=place.pk, by=by).missed
    assert AttendanceEvent.objects.filter(kind="missed").count() == 1
    assert not attendance.correct(assignment=place.pk, signed_in_at=None, signed_out_at=None, by=by).missed
    assert not ServiceRecord.objects.exists()


def test_who_was_marked_missing_and_had_been_seen_is_shown(at_time: AtTime, by: Person) -> None:
    place = make_place()
    device, _ = make_device(hub=place.session.hub)
    at_time(at(HALF_PAST_TEN))
    attendance.mark_missed(assignment=place.pk, by=by)
    tell(device, seen(place.volunteer, NINE))
    row = Attendance.objects.get()
    assert (row.missed, row.signed_in_at, row.doubts) == (False, at(NINE), ["missed_but_seen"])
    assert Assignment.objects.get().state == "accepted"
