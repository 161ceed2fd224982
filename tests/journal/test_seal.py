"""The hash chain: what it links, what it notices."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from hub import clock
from hub.journal.append import append
from hub.journal.models import Chain, Entry
from hub.journal.seal import Fault, seal_all, verify, verify_all
from tests.support.make import make_person

pytestmark = pytest.mark.django_db


def write(count: int, *, chain: int = 0, **values: Any) -> None:
    now = clock.now()
    Entry.objects.bulk_create(
        Entry(**{"chain": chain, "action": "test", "subject": f"x:{n}", "facts": {"n": n}, "at": now} | values)
        for n in range(count)
    )


def sql(statement: str, *values: object) -> None:
    """As somebody would who is at the database itself."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_entries_are_linked_without_gaps_in_their_order() -> None:
    person = make_person()
    for number in range(3):
        append(action="test", subject=person, actor_id=person.pk, n=number)
    assert seal_all() == 3
    entries = Entry.objects.order_by("pk")
    assert [entry.seq for entry in entries] == [1, 2, 3]
    report = verify(0)
    assert (report.sealed, report.unsealed, report.fault) == (3, 0, None)
    assert report.digest == entries[2].digest == Chain.objects.get(number=0).digest


def test_sealing_again_changes_nothing() -> None:
    write(5)
    seal_all()
    before = list(Entry.objects.order_by("pk").values_list("seq", "digest"))
    assert seal_all() == 0
    assert list(Entry.objects.order_by("pk").values_list("seq", "digest")) == before


def test_what_comes_later_goes_on_from_the_head() -> None:
    write(2)
    seal_all()
    write(2)
    assert verify(0).unsealed == 2
    seal_all()
    assert (verify(0).sealed, verify(0).unsealed, verify(0).fault) == (4, 0, None)


def test_each_hub_has_its_own_chain() -> None:
    write(2, chain=7)
    write(3, chain=9)
    seal_all()
    assert [(report.chain, report.sealed, report.fault) for report in verify_all()] == [(7, 2, None), (9, 3, None)]


def test_more_than_one_helping() -> None:
    write(4500)
    assert seal_all() == 4500
    assert (verify(0).sealed, verify(0).fault) == (4500, None)


@pytest.mark.parametrize(
    "change",
    [
        "action = 'tesu'",
        "subject = 'x:3'",
        "actor_id = 1",
        "for_id = 1",
        """facts = '{"n": 3}'""",
        "at = '2026-01-01 00:00:00+00:00'",
        "digest = repeat_or_zero",
    ],
)
def test_one_altered_byte_is_named(change: str) -> None:
    write(5)
    seal_all()
    third = Entry.objects.get(seq=3)
    altered = change.replace("repeat_or_zero", f"'{'0' * 64}'")
    sql(f"UPDATE journal_entry SET {altered} WHERE id = %s", third.pk)
    report = verify(0)
    assert (report.sealed, report.fault) == (2, Fault(3, third.pk, "altered"))


def test_an_entry_that_is_gone_is_named() -> None:
    write(5)
    seal_all()
    sql("DELETE FROM journal_entry WHERE seq = 3")
    assert verify(0).fault == Fault(3, None, "missing")


def test_an_end_that_is_cut_off_is_named() -> None:
    write(5)
    seal_all()
    sql("DELETE FROM journal_entry WHERE seq > 3")
    report = verify(0)
    assert (report.sealed, report.fault) == (3, Fault(4, None, "cut"))


def test_an_entry_slipped_in_behind_the_head_is_named() -> None:
    write(3)
    seal_all()
    write(1, seq=4, digest="0" * 64)
    assert verify(0).fault is not None


def test_two_entries_exchanged_are_named() -> None:
    write(3)
    seal_all()
    sql("UPDATE journal_entry SET seq = NULL WHERE seq = 1")
    sql("UPDATE journal_entry SET seq = 1 WHERE seq = 2")
    sql("UPDATE journal_entry SET seq = 2 WHERE seq IS NULL")
    fault = verify(0).fault
    assert fault is not None
    assert (fault.seq, fault.kind) == (1, "altered")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_sealers_at_the_same_time_link_each_entry_once(at_once: Any) -> None:
    write(300)
    results = at_once([seal_all] * 4)
    assert sum(results) == 300
    assert (verify(0).sealed, verify(0).unsealed, verify(0).fault) == (300, 0, None)


def test_erasing_a_person_breaks_no_chain() -> None:
    person = make_person()
    append(action="test", subject=person, actor_id=person.pk)
    seal_all()
    person.delete()
    assert verify(0).fault is None


def run(command: str, **options: Any) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command(command, stdout=out, **options)
    except SystemExit as ended:
        return int(ended.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    write(3)
    assert run("seal_journal") == (0, "3 entries sealed.\n")
    code, text = run("verify_journal")
    assert (code, text.startswith("Chain 0: 3 links hold, 0 entries to be sealed, last digest ")) == (0, True)
    sql("UPDATE journal_entry SET action = 'else' WHERE seq = 2")
    pk = Entry.objects.get(seq=2).pk
    said = f"Chain 0: link 2 (entry {pk}) was altered; the 1 before it hold, 0 entries to be sealed\n"
    assert run("verify_journal", chain=0) == (1, said)
