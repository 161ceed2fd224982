"""Who vouches for a record, and what a dispute does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.notify.models import Message
from tests.hours.factories import make_record, make_work
from tests.support.make import make_person, make_volunteer
from volunteers.hours.by_hand import approve, back_enter
from volunteers.hours.confirming import answer, confirm_for_hub, confirm_mine, confirm_silent, dispute
from volunteers.hours.models import ServiceRecord
from volunteers.hours.tasks import confirm_silent_records

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def actions(record: ServiceRecord) -> list[str]:
    subject = f"hours.servicerecord:{record.pk}"
    return list(Entry.objects.filter(subject=subject).order_by("pk").values_list("action", flat=True))


def test_it_takes_both() -> None:
    staff = make_person()
    record = make_record()
    confirm_for_hub(records=[record.pk], by=staff)
    record.refresh_from_db()
    assert (record.state, record.hub_confirmed_by) == ("entered", staff)
    confirm_mine(record=record.pk, by=record.volunteer.person)
    record.refresh_from_db()
    assert record.state == "confirmed"

    other = make_record()
    confirm_mine(record=other.pk, by=other.volunteer.person)
    other.refresh_from_db()
    assert other.state == "entered"
    confirm_for_hub(records=[other.pk], by=staff)
    other.refresh_from_db()
    assert other.state == "confirmed"


def test_a_session_is_confirmed_at_once_and_again_is_harmless() -> None:
    staff, work = make_person(), make_work()
    records = [make_record(work=work) for _ in range(3)]
    keys = [one.pk for one in records]
    assert len(confirm_for_hub(records=keys, by=staff)) == 3
    assert confirm_for_hub(records=keys, by=staff) == []
    for record in records:
        confirm_mine(record=record.pk, by=record.volunteer.person)
        confirm_mine(record=record.pk, by=record.volunteer.person)
        assert actions(record) == ["record.entered", "record.hub_confirmed", "record.volunteer_confirmed"]


def test_nobody_confirms_their_own_hours_for_the_hub() -> None:
    record = make_record()
    with pytest.raises(Refused, match="own_record"):
        confirm_for_hub(records=[record.pk], by=record.volunteer.person)


def test_seven_days_without_a_word_confirm(at_time: Callable[[dt.datetime], None]) -> None:
    entered = clock.now()
    at_time(entered)
    silent, disputed, done = make_record(), make_record(), make_record()
    confirm_for_hub(records=[done.pk], by=make_person())
    confirm_mine(record=done.pk, by=done.volunteer.person)
    dispute(record=disputed.pk, words="我待到了四点", by=disputed.volunteer.person)
    at_time(entered + 7 * DAY - dt.timedelta(seconds=1))
    assert confirm_silent() == 0
    at_time(entered + 7 * DAY)
    assert confirm_silent() == 1
    silent.refresh_from_db()
    disputed.refresh_from_db()
    assert (silent.state, silent.hub_confirmed_by, disputed.state) == ("confirmed", None, "disputed")
    assert actions(silent) == ["record.entered", "record.confirmed_by_silence"]


def test_silence_is_looked_after_from_the_first_record_on() -> None:
    make_record()
    make_record()
    waiting = DBTaskResult.objects.filter(task_path="volunteers.hours.tasks.confirm_silent_records")
    assert waiting.count() == 1
    assert confirm_silent_records.call() == 0
    assert waiting.count() == 1


def test_silence_is_looked_after_from_an_approved_back_entry_on() -> None:
    work = make_work(day=clock.today() - dt.timedelta(days=3))
    record = back_enter(
        volunteer=make_volunteer(), work=work, started_at=work.starts_at, ended_at=work.ends_at,
        reason="忘了签到", by=make_person(),
    )  # fmt: skip
    waiting = DBTaskResult.objects.filter(task_path="volunteers.hours.tasks.confirm_silent_records")
    assert waiting.count() == 0
    approve(record=record.pk, by=make_person())
    assert waiting.count() == 1


def test_a_dispute_stops_the_clock_until_it_is_answered(at_time: Callable[[dt.datetime], None]) -> None:
    staff, entered = make_person(), clock.now()
    at_time(entered)
    record = make_record()
    dispute(record=record.pk, words=" 我待到了四点 ", by=record.volunteer.person)
    assert [one.words for one in record.disputes.all()] == ["我待到了四点"]
    at_time(entered + 8 * DAY)
    answer(record=record.pk, words="签退记录是三点", by=staff)
    record.refresh_from_db()
    assert (record.state, record.volunteer_confirmed_at, record.hub_confirmed_by) == ("entered", None, staff)
    assert record.silent_until == entered + 15 * DAY
    assert [(one.words, one.answer) for one in record.disputes.all()] == [("我待到了四点", "签退记录是三点")]
    message = Message.objects.get(template="hours_answered")
    assert (message.to_id, message.variables["days"]) == (record.volunteer.person_id, "7")


def test_what_was_confirmed_can_still_be_disputed() -> None:
    record = make_record()
    confirm_for_hub(records=[record.pk], by=make_person())
    confirm_mine(record=record.pk, by=record.volunteer.person)
    dispute(record=record.pk, words="不是我", by=record.volunteer.person)
    record.refresh_from_db()
    assert record.state == "disputed"


def test_refusals_leave_everything_as_it_was() -> None:
    me = make_volunteer()
    record = make_record(volunteer=me)
    with pytest.raises(Refused, match="words_missing"):
        dispute(record=record.pk, words="  ", by=me.person)
    with pytest.raises(Refused, match="record_not_open"):
        answer(record=record.pk, words="没有异议", by=make_person())
    dispute(record=record.pk, words="不对", by=me.person)
    for refused in (
        lambda: dispute(record=record.pk, words="还是不对", by=me.person),
        lambda: confirm_mine(record=record.pk, by=me.person),
    ):
        with pytest.raises(Refused, match="record_not_open"):
            refused()
    with pytest.raises(Refused, match="own_record"):
        answer(record=record.pk, words="就这样", by=me.person)
    with pytest.raises(Refused, match="not_found"):
        confirm_mine(record=10**9, by=me.person)
    assert actions(record) == ["record.entered", "record.disputed"]
