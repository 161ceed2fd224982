"""The journal proves that no record was altered, and names the first that was."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.db import connection

from hub.journal.attest import RowFault, verify_rows
from hub.journal.models import Entry
from hub.journal.seal import seal_all, verify_all
from tests.hours.factories import HOUR, make_record
from tests.support.make import make_person, make_volunteer
from volunteers.hours.by_hand import approve, correct
from volunteers.hours.confirming import answer, confirm_for_hub, confirm_mine, confirm_silent, dispute
from volunteers.hours.digests import digests_of
from volunteers.hours.erasing import erase_words
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db


def sql(statement: str, *values: object) -> None:
    """As somebody would who is at the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def verdict() -> tuple[int, RowFault | None]:
    report = next(one for one in verify_rows() if one.label == "hours.servicerecord")
    return report.rows, report.fault


def last_entry(record: ServiceRecord) -> int:
    return Entry.objects.filter(subject=f"hours.servicerecord:{record.pk}").latest("pk").pk


def a_record_with_a_history() -> ServiceRecord:
    record, first = make_record(), make_person()
    dispute(record=record.pk, words="我待到了四点", by=record.volunteer.person)
    answer(record=record.pk, words="签退是三点", by=first)
    correct(record=record.pk, started_at=record.starts_at, ended_at=record.ends_at - HOUR, reason="早退", by=first)
    approve(record=record.pk, by=make_person())
    confirm_mine(record=record.pk, by=record.volunteer.person)
    record.refresh_from_db()
    assert record.state == "confirmed"
    return record


def test_every_change_by_the_rules_holds() -> None:
    record = a_record_with_a_history()
    confirm_for_hub(records=[make_record().pk], by=make_person())
    make_record()
    ServiceRecord.objects.filter(state="entered").update(silent_until=record.entered_at)
    assert verdict()[1] is not None
    assert confirm_silent() == 2
    assert verdict() == (3, None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE hours_servicerecord SET minutes = minutes + 1 WHERE id = %s",
        "UPDATE hours_servicerecord SET state = 'entered' WHERE id = %s",
        "UPDATE hours_servicerecord SET title = 'x' WHERE id = %s",
        "UPDATE hours_servicerecord SET source = 'card' WHERE id = %s",
        "UPDATE hours_servicerecord SET ended_at = started_at WHERE id = %s",
        "UPDATE hours_correction SET minutes = 61 WHERE record_id = %s",
        "UPDATE hours_correction SET reason = 'x' WHERE record_id = %s",
        "UPDATE hours_dispute SET words = 'x' WHERE record_id = %s",
        "DELETE FROM hours_dispute WHERE record_id = %s",
    ],
)
def test_one_altered_in_the_database_is_named(change: str) -> None:
    make_record()
    record = a_record_with_a_history()
    make_record()
    sql(change, record.pk)
    assert verdict() == (1, RowFault(record.pk, last_entry(record), "row_altered"))


def test_one_given_to_somebody_else_is_named() -> None:
    record = make_record()
    sql("UPDATE hours_servicerecord SET volunteer_id = %s WHERE id = %s", make_volunteer().pk, record.pk)
    assert verdict() == (0, RowFault(record.pk, last_entry(record), "row_altered"))


def test_one_that_is_gone_and_one_without_a_deed_are_named() -> None:
    first, second = make_record(), make_record()
    entry = last_entry(second)
    sql("DELETE FROM hours_servicerecord WHERE id = %s", second.pk)
    assert verdict() == (1, RowFault(second.pk, entry, "row_missing"))
    Entry.objects.filter(subject__endswith=f":{second.pk}").delete()
    Entry.objects.filter(subject__endswith=f":{first.pk}").delete()
    assert verdict() == (0, RowFault(first.pk, None, "row_added"))


def test_who_alters_the_deed_as_well_breaks_the_chain() -> None:
    record = make_record()
    seal_all()
    entry = Entry.objects.get(pk=last_entry(record))
    sql("UPDATE hours_servicerecord SET minutes = 600 WHERE id = %s", record.pk)
    Entry.objects.filter(pk=entry.pk).update(facts=entry.facts | {"digest": digests_of([record.pk])[record.pk]})
    assert verdict() == (1, None)
    assert [report.fault.entry_id for report in verify_all() if report.fault] == [entry.pk]


def test_erasing_words_breaks_nothing() -> None:
    record = a_record_with_a_history()
    salt = record.salt
    seal_all()
    assert erase_words(volunteer=record.volunteer, by=record.volunteer.person) == 1
    record.refresh_from_db()
    assert (record.disputes.get().words, record.corrections.get().reason, record.salt == salt) == ("", "", False)
    assert verdict() == (1, None)
    assert [report.fault for report in verify_all()] == [None] * len(list(verify_all()))


def test_the_command_names_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    make_record()
    bad = make_record()
    seal_all()
    code, text = run()
    assert (code, of_records(text)) == (0, ["Service records: 2 are what the journal says"])
    sql("UPDATE hours_servicerecord SET minutes = 600 WHERE id = %s", bad.pk)
    code, text = run()
    said = f"Service records: number {bad.pk} was altered, entry {last_entry(bad)} says otherwise; the 1 before it hold"
    assert (code, of_records(text)) == (1, [said])


def of_records(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Service records")]


def run() -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("verify_journal", stdout=out)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()
