"""Hours entered, confirmed and decided on by several at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.journal.attest import verify_rows
from hub.journal.models import Entry
from hub.notify.models import Message
from tests.hours.factories import make_record, make_work
from tests.support.make import make_person, make_volunteer
from volunteers.hours.by_hand import approve, back_enter, reject
from volunteers.hours.confirming import confirm_for_hub, confirm_mine, confirm_silent
from volunteers.hours.models import ServiceRecord

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AtOnce = Callable[..., list[object]]


def actions() -> list[str]:
    return sorted(Entry.objects.values_list("action", flat=True))


def test_a_sign_out_sent_several_times_is_one_record(at_once: AtOnce) -> None:
    me, work = make_volunteer(), make_work()
    results = at_once([lambda: make_record(volunteer=me, work=work)] * 6)
    assert results == [ServiceRecord.objects.get()] * 6
    assert actions() == ["record.entered"]


def test_both_confirm_at_once(at_once: AtOnce) -> None:
    record, staff = make_record(), make_person()
    calls = [
        lambda: confirm_mine(record=record.pk, by=record.volunteer.person),
        lambda: confirm_for_hub(records=[record.pk], by=staff),
    ]
    results = at_once(calls * 3)
    assert [one for one in results if isinstance(one, Exception)] == []
    record.refresh_from_db()
    assert record.state == "confirmed"
    assert actions() == ["record.entered", "record.hub_confirmed", "record.volunteer_confirmed"]
    assert {report.fault for report in verify_rows()} == {None}


def test_approved_and_rejected_at_once_is_one_of_both(at_once: AtOnce) -> None:
    work = make_work(day=dt.date(2026, 3, 2))
    record = back_enter(
        volunteer=make_volunteer(),
        work=work,
        started_at=work.starts_at,
        ended_at=work.ends_at,
        reason="忘了签到",
        by=make_person(),
    )
    one, other = make_person(), make_person()
    results = at_once(
        [lambda: approve(record=record.pk, by=one), lambda: reject(record=record.pk, reason="没来", by=other)]
    )
    [won] = [result for result in results if isinstance(result, ServiceRecord)]
    assert [result.code for result in results if isinstance(result, Refused)] == ["record_not_open"]
    record.refresh_from_db()
    assert record.state == won.state == ("entered" if won is results[0] else "rejected")
    assert actions().count("record.approved") + actions().count("record.rejected") == 1
    told = "hours_back_entered" if won is results[0] else "hours_turned_down"
    assert list(Message.objects.values_list("template", flat=True)) == [told]
    assert {report.fault for report in verify_rows()} == {None}


def test_silence_looked_at_by_several_workers_confirms_once(at_once: AtOnce) -> None:
    for _ in range(5):
        make_record()
    ServiceRecord.objects.update(silent_until=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    results = at_once([confirm_silent] * 4)
    assert [type(count) for count in results] == [int] * 4
    assert sum(results) == 5  # type: ignore[arg-type]
    assert actions().count("record.confirmed_by_silence") == 5
