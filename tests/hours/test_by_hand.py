"""Back-entries and corrections: a reason, a second person, nothing overwritten."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.notify.models import Message
from hub.people.models import Person
from tests.hours.factories import HOUR, make_record, make_work
from tests.support.make import make_person, make_volunteer
from volunteers.hours.by_hand import approve, back_enter, correct, reject
from volunteers.hours.confirming import confirm_for_hub, confirm_mine, dispute
from volunteers.hours.models import Export, ServiceRecord
from volunteers.hours.records import Work, enter

pytestmark = pytest.mark.django_db
PAST = dt.date(2026, 3, 2)


def enter_late(by: Person, work: Work | None = None, **values: Any) -> ServiceRecord:
    work = work or make_work(day=PAST)
    defaults = {"volunteer": make_volunteer(), "started_at": work.starts_at, "ended_at": work.ends_at}
    return back_enter(**defaults | {"work": work, "reason": "忘了签到", "by": by} | values)


def test_a_back_entry_counts_once_a_second_person_approves() -> None:
    first, second = make_person(), make_person()
    record = enter_late(first)
    assert (record.state, record.source, record.is_late) == ("awaiting", "back_entry", True)
    with pytest.raises(Refused, match="second_person_needed"):
        approve(record=record.pk, by=first)
    with pytest.raises(Refused, match="own_record"):
        approve(record=record.pk, by=record.volunteer.person)
    approve(record=record.pk, by=second)
    record.refresh_from_db()
    assert (record.state, record.approved_by, record.hub_confirmed_by) == ("entered", second, second)
    confirm_mine(record=record.pk, by=record.volunteer.person)
    record.refresh_from_db()
    assert (record.state, record.source, record.reason) == ("confirmed", "back_entry", "忘了签到")
    assert Message.objects.get().template == "hours_back_entered"


def test_a_rejected_back_entry_never_counts() -> None:
    record = enter_late(wrote := make_person())
    reject(record=record.pk, reason="那天没有人见过", by=make_person())
    record.refresh_from_db()
    assert (record.state, record.rejection) == ("rejected", "那天没有人见过")
    assert list(Message.objects.values_list("to_id", "template")) == [(wrote.pk, "hours_turned_down")]
    with pytest.raises(Refused, match="record_not_open"):
        approve(record=record.pk, by=make_person())


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("why_missing", {"reason": " "}),
        ("ends_before_start", {"ended_at": clock.at(PAST, 8 * 60)}),
        ("times_far_off", {"started_at": clock.at(PAST - dt.timedelta(days=2))}),
        ("no_minutes", {"started_at": clock.at(PAST, 12 * 60), "ended_at": clock.at(PAST, 13 * 60)}),
        ("session_not_over", {"work": "ahead"}),
    ],
)
def test_back_entries_that_are_refused(code: str, values: dict[str, Any]) -> None:
    work = make_work(day=clock.today() + dt.timedelta(days=1)) if values.pop("work", "") else None
    with pytest.raises(Refused, match=code):
        enter_late(make_person(), work, **values)
    assert not ServiceRecord.objects.exists()


def test_nobody_enters_their_own_and_nothing_is_entered_twice() -> None:
    me, work = make_volunteer(), make_work(day=PAST)
    with pytest.raises(Refused, match="own_record"):
        enter_late(me.person, work, volunteer=me)
    make_record(volunteer=me, work=work)
    with pytest.raises(Refused, match="already_recorded"):
        enter_late(make_person(), work, volunteer=me)


def test_noted_by_hand_days_later_is_a_back_entry() -> None:
    work = make_work(day=clock.today() - dt.timedelta(days=3))
    with pytest.raises(Refused, match="back_entry_needed"):
        enter(
            volunteer=make_volunteer(),
            work=work,
            started_at=work.starts_at,
            ended_at=work.ends_at,
            by=make_person(),
            source="hand",
        )


def test_a_correction_appends_and_holds_once_approved() -> None:
    first, second = make_person(), make_person()
    record = make_record()
    confirm_for_hub(records=[record.pk], by=first)
    confirm_mine(record=record.pk, by=record.volunteer.person)
    ServiceRecord.objects.update(uploaded=Export.objects.create(made_at=clock.now(), made_by=first))
    ended = record.ends_at - HOUR
    correct(record=record.pk, started_at=record.starts_at, ended_at=ended, reason="早退", by=first)
    record.refresh_from_db()
    assert (record.state, record.minutes) == ("awaiting", 120)
    with pytest.raises(Refused, match="second_person_needed"):
        approve(record=record.pk, by=first)
    approve(record=record.pk, by=second)
    record.refresh_from_db()
    assert (record.state, record.minutes, record.ended_at) == ("entered", 60, record.ends_at)
    assert (record.volunteer_confirmed_at, record.uploaded) == (None, None)
    only = record.corrections.get()
    assert (only.minutes, only.ended_at, only.by, only.decided_by, only.approved) == (60, ended, first, second, True)
    assert Message.objects.get().template == "hours_corrected"


def test_a_correction_not_approved_leaves_the_record_as_it_was() -> None:
    first, second = make_person(), make_person()
    record = make_record()
    with pytest.raises(Refused, match="record_not_open"):
        approve(record=record.pk, by=second)
    correct(record=record.pk, started_at=record.starts_at, ended_at=record.starts_at, reason="没来", by=first)
    with pytest.raises(Refused, match="record_not_open"):
        correct(record=record.pk, started_at=record.starts_at, ended_at=record.starts_at, reason="没来", by=second)
    reject(record=record.pk, reason="我看见他了", by=second)
    record.refresh_from_db()
    assert (record.state, record.minutes) == ("entered", 120)
    assert [(one.approved, one.rejection) for one in record.corrections.all()] == [(False, "我看见他了")]
    assert set(Message.objects.values_list("to_id", "template")) == {
        (first.pk, "hours_turned_down"),
        (record.volunteer.person_id, "hours_kept"),
    }


def test_correcting_answers_a_dispute() -> None:
    record, staff = make_record(), make_person()
    dispute(record=record.pk, words="我早到了", by=record.volunteer.person)
    correct(
        record=record.pk,
        started_at=record.starts_at - HOUR,
        ended_at=record.ended_at,
        reason="按您说的改",
        by=staff,
    )
    said = record.disputes.get()
    assert (said.answer, said.answered_by) == ("按您说的改", staff)
    # Before the session's window nothing counts.
    assert record.corrections.get().minutes == 120
