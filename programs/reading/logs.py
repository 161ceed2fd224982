"""Writing down what was read at a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from programs.reading.models import BookRead, ReadingLog
from scheduling.bookings.models import Booking
from scheduling.bookings.places import onlookers_of
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session


@dataclass(frozen=True)
class Book:
    title: str
    isbn: str = ""
    first_page: int | None = None
    last_page: int | None = None
    pages: int | None = None
    """Counts where the first and last are not known."""


@dataclass(frozen=True)
class Read:
    booking: int
    books: Sequence[Book] = ()
    mood: str = ""
    words: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.books or self.mood or self.words.strip())


@transaction.atomic
def write_logs(*, session: int, read: Sequence[Read], by: Person) -> None:
    """What these children read, in the place of what was noted before; nothing at all takes the note back. The same
    again is harmless.

    Refused: session_cancelled, not_begun, not_found (no place there), title_missing, pages_backward.
    """
    wanted = {one.booking: one for one in read}
    for one in wanted.values():
        _check(one)
    lock_people(Booking.objects.filter(pk__in=wanted, session=session).values_list("participant", flat=True))
    held = lock_session(session)
    if held.state == Session.State.CANCELLED:
        raise Refused("session_cancelled", session=session)
    if held.starts_at > clock.now():
        raise Refused("not_begun")
    rows = Booking.objects.filter(pk__in=wanted, session=session, state=Booking.State.BOOKED)
    bookings = {row.pk: row for row in rows.select_related("participant__child__family")}
    for pk in wanted.keys() - bookings.keys():
        raise Refused("not_found", model="booking", id=pk)
    known = {log.booking_id: log for log in ReadingLog.objects.filter(booking__in=bookings).prefetch_related("books")}
    changed = [row for pk, row in bookings.items() if _write(held, row, known.get(pk), wanted[pk], by)]
    if changed:
        topics = [f"hub:{held.hub_id}", *(f"person:{pk}" for pk in onlookers_of(changed))]
        publish(topics, "reading.changed", session=[held.pk])


def _check(read: Read) -> None:
    for book in read.books:
        if not book.title.strip():
            raise Refused("title_missing", booking=read.booking)
        if book.first_page is not None and book.last_page is not None and book.last_page < book.first_page:
            raise Refused("pages_backward", booking=read.booking)


def _write(session: Session, booking: Booking, log: ReadingLog | None, read: Read, by: Person) -> bool:
    """Whether anything is different."""
    books = [_row(position, book) for position, book in enumerate(read.books)]
    words = " ".join(read.words.split())
    before = (log.mood, log.words, [_told(book) for book in log.books.all()]) if log else ("", "", [])
    if before == (read.mood, words, [_told(book) for book in books]):
        return False
    now = clock.now()
    action = "reading.changed" if log else "reading.written"
    if log is None:
        log = ReadingLog(booking=booking, created_at=now)
    log.mood, log.words, log.written_by, log.changed_at = read.mood, words, by, now
    log.save()
    log.books.all().delete()
    if read.is_empty:
        action = "reading.taken_back"
    for book in books:
        book.log = log
    BookRead.objects.bulk_create(books)
    append(
        action=action,
        subject=log,
        actor_id=by.pk,
        for_id=booking.participant_id,
        hub_id=session.hub_id,
        session=session.pk,
        books=len(books),
    )
    if read.is_empty:
        log.delete()
    return True


def _row(position: int, book: Book) -> BookRead:
    first, last = book.first_page, book.last_page
    pages = last - first + 1 if first is not None and last is not None else book.pages
    title = " ".join(book.title.split())
    return BookRead(position=position, title=title, isbn=book.isbn, first_page=first, last_page=last, pages=pages)


def _told(book: BookRead) -> tuple[str, str, int | None, int | None, int | None]:
    return book.title, book.isbn, book.first_page, book.last_page, book.pages
