"""Noting what children read: who may, when, and that every change leaves its deed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from programs.reading.logs import Book, Read, write_logs
from programs.reading.models import ReadingLog
from tests.reading.factories import AFTER, BEFORE, make_shared, note
from tests.support.make import make_person

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
PRINCE = Book("小王子", "9787020042494", 3, 12)


@pytest.fixture(autouse=True)
def after_the_session(at_time: AtTime) -> None:
    at_time(AFTER)


def deeds() -> list[tuple[str, int | None]]:
    return list(Entry.objects.filter(action__startswith="reading.").order_by("pk").values_list("action", "for_id"))


def test_what_was_read_replaces_what_was_noted_before() -> None:
    _, (booking,) = make_shared()
    note(booking, PRINCE, Book("猜猜我有多爱你", pages=8), mood="glad", words="  狐狸  会等他 ")
    log = ReadingLog.objects.get(booking=booking)
    assert (log.mood, log.words) == ("glad", "狐狸 会等他")
    assert [(one.title, one.first_page, one.last_page, one.pages) for one in log.books.all()] == [
        ("小王子", 3, 12, 10),
        ("猜猜我有多爱你", None, None, 8),
    ]
    note(booking, Book("小王子"), mood="calm")
    log.refresh_from_db()
    assert (log.mood, log.words, [one.title for one in log.books.all()]) == ("calm", "", ["小王子"])
    child = booking.participant_id
    assert deeds() == [("reading.written", child), ("reading.changed", child)]


def test_the_same_again_changes_nothing() -> None:
    _, (booking,) = make_shared()
    for _ in range(2):
        note(booking, PRINCE, mood="glad", words="好看")
    assert (len(deeds()), Event.objects.filter(kind="reading.changed").values("topic").distinct().count()) == (1, 2)


def test_nothing_at_all_takes_the_note_back() -> None:
    _, (booking,) = make_shared()
    note(booking, words="  ")
    assert (ReadingLog.objects.count(), deeds()) == (0, [])
    note(booking, PRINCE)
    note(booking)
    assert (ReadingLog.objects.count(), [action for action, _ in deeds()]) == (
        0,
        ["reading.written", "reading.taken_back"],
    )


def test_the_whole_table_is_written_at_once_and_each_family_told_of_its_own() -> None:
    session, bookings = make_shared(3)
    by = make_person()
    write_logs(session=session.pk, read=[Read(one.pk, [PRINCE]) for one in bookings], by=by)
    assert {log.booking_id: log.written_by for log in ReadingLog.objects.all()} == {one.pk: by for one in bookings}
    guardians = {f"person:{one.participant.child.family.guardian_id}" for one in bookings}
    told = Event.objects.filter(kind="reading.changed")
    assert set(told.values_list("topic__name", flat=True)) == guardians | {f"hub:{session.hub_id}"}
    assert [event.ids for event in told] == [{"session": [session.pk]}] * 4


@pytest.mark.parametrize(
    ("book", "code"),
    [(Book("  "), "title_missing"), (Book("小王子", first_page=9, last_page=8), "pages_backward")],
)
def test_a_book_has_a_title_and_reads_forward(book: Book, code: str) -> None:
    _, (booking,) = make_shared()
    with pytest.raises(Refused) as refused:
        note(booking, book)
    assert (refused.value.code, refused.value.facts) == (code, {"booking": booking.pk})


def test_only_children_who_had_a_place_there() -> None:
    session, (booking,) = make_shared()
    _, (elsewhere,) = make_shared()
    with pytest.raises(Refused) as refused:
        write_logs(
            session=session.pk, read=[Read(booking.pk, [PRINCE]), Read(elsewhere.pk, [PRINCE])], by=make_person()
        )
    assert (refused.value.code, ReadingLog.objects.count()) == ("not_found", 0)
    booking.state = "cancelled"
    booking.save()
    with pytest.raises(Refused, match="not_found"):
        note(booking, PRINCE)


def test_not_before_it_began_nor_where_it_was_cancelled(at_time: AtTime) -> None:
    session, (booking,) = make_shared()
    at_time(BEFORE)
    with pytest.raises(Refused, match="not_begun"):
        note(booking, PRINCE)
    at_time(AFTER)
    session.state = "cancelled"
    session.save()
    with pytest.raises(Refused, match="session_cancelled"):
        note(booking, PRINCE)
