"""Shared reading that has begun, with the children who came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.people.models import Child, Person
from programs.reading.logs import Book, Read, write_logs
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from tests.bookings.factories import make_reading
from tests.support.make import make_child, make_person

DAY = dt.date(2026, 12, 14)
BEFORE = dt.datetime(2026, 12, 7, 1, tzinfo=dt.UTC)
AFTER = clock.at(DAY, 11 * 60)


def read_at(session: Session, child: Child | None = None) -> Booking:
    """A child's place, whenever."""
    child, now = child or make_child(), session.created_at
    return Booking.objects.create(
        session=session, participant=child.person, booked_by=None, state="booked", created_at=now, changed_at=now
    )


def make_shared(children: int = 1, **values: Any) -> tuple[Session, list[Booking]]:
    session = make_reading(**values)
    return session, [read_at(session) for _ in range(children)]


def note(booking: Booking, *books: Book, by: Person | None = None, mood: str = "", words: str = "") -> None:
    read = Read(booking.pk, books, mood, words)
    write_logs(session=booking.session_id, read=[read], by=by or make_person())
