"""What the API says of reading."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from ninja import Field, Schema

from programs.reading.desk import Behind, Sheet
from programs.reading.keepsake import Keepsake
from programs.reading.logs import Book, Read
from programs.reading.models import BookRead, ReadingLog
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

Mood = Literal["", "delighted", "glad", "calm", "tired", "sad"]
LONGEST_TITLE = 100
LONGEST_WORDS = 200
MOST_BOOKS = 6
MOST_PAGES = 5000


class ReadingSession(Schema):
    id: int
    program: str
    hub: str
    room: str
    starts_at: dt.datetime
    ends_at: dt.datetime


class ReadingBehind(ReadingSession):
    children: int
    noted: int


class ReadingDesk(Schema):
    sessions: list[ReadingBehind]
    size: int
    """Of a page."""
    more: bool


class BookReadOut(Schema):
    title: str
    isbn: str
    first_page: int | None
    last_page: int | None
    pages: int | None


class ReadingRow(Schema):
    booking: int
    name: str
    books: list[BookReadOut]
    mood: Mood
    words: str
    written_by: str


class ReadingSheet(Schema):
    session: ReadingSession
    children: list[ReadingRow]
    titles: list[str]


class BookReadIn(Schema):
    title: str = Field(max_length=LONGEST_TITLE)
    isbn: str = Field("", pattern=r"^(97[89][0-9]{10})?$")
    first_page: int | None = Field(None, ge=1, le=MOST_PAGES)
    last_page: int | None = Field(None, ge=1, le=MOST_PAGES)
    pages: int | None = Field(None, ge=1, le=MOST_PAGES)


class ReadIn(Schema):
    booking: int
    books: list[BookReadIn] = Field(default_factory=list, max_length=MOST_BOOKS)
    mood: Mood = ""
    words: str = Field("", max_length=LONGEST_WORDS)


class ReadingIn(Schema):
    children: list[ReadIn] = Field(max_length=200)


class KeepsakeLog(Schema):
    session: ReadingSession
    books: list[BookReadOut]
    mood: Mood
    words: str


class KeepsakeOut(Schema):
    child: int
    name: str
    books: int
    pages: int
    logs: list[KeepsakeLog]


def read_of(wish: ReadIn) -> Read:
    return Read(wish.booking, [Book(**one.dict()) for one in wish.books], wish.mood, wish.words)


def session_out(session: Session) -> ReadingSession:
    return ReadingSession(
        id=session.pk,
        program=session.program.name,
        hub=session.hub.name,
        room=session.room.name if session.room else "",
        starts_at=session.starts_at,
        ends_at=session.ends_at,
    )


def behind_out(one: Behind) -> ReadingBehind:
    return ReadingBehind(**session_out(one.session).dict(), children=one.children, noted=one.noted)


def sheet_out(sheet: Sheet) -> ReadingSheet:
    return ReadingSheet(
        session=session_out(sheet.session),
        children=[_row(booking, log) for booking, log in sheet.children],
        titles=list(sheet.titles),
    )


def keepsake_out(keepsake: Keepsake) -> KeepsakeOut:
    return KeepsakeOut(
        child=keepsake.child.pk,
        name=keepsake.child.person.name,
        books=keepsake.books,
        pages=keepsake.pages,
        logs=[
            KeepsakeLog(
                session=session_out(log.booking.session),
                books=[_book(book) for book in log.books.all()],
                mood=cast(Mood, log.mood),
                words=log.words,
            )
            for log in keepsake.logs
        ],
    )


def _row(booking: Booking, log: ReadingLog | None) -> ReadingRow:
    return ReadingRow(
        booking=booking.pk,
        name=booking.participant.name,
        books=[_book(book) for book in log.books.all()] if log else [],
        mood=cast(Mood, log.mood if log else ""),
        words=log.words if log else "",
        written_by=log.written_by.name if log and log.written_by else "",
    )


def _book(book: BookRead) -> BookReadOut:
    return BookReadOut(
        title=book.title,
        isbn=book.isbn,
        first_page=book.first_page,
        last_page=book.last_page,
        pages=book.pages,
    )
