"""What a child read and said: seen by the family, gone with them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from programs.reading.models import BookRead, ReadingLog


@register
class WasRead(Part):
    name = "reading"
    position = 56
    columns = ("when", "session", "books", "mood", "words")
    fields = {
        "reading.ReadingLog": "words written_by",
        "reading.BookRead": "title isbn",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        logs = ReadingLog.objects.filter(booking__participant=person).select_related("booking__session__program")
        for log in logs.prefetch_related("books").order_by("-booking__session__starts_at", "-pk"):
            session, titles = log.booking.session, " ".join(book.title for book in log.books.all())
            mood = _(f"my_data.mood.{log.mood}") if log.mood else ""
            yield session.starts_at, session.program.name, titles, mood, log.words

    def erase(self, person: int, by: Person) -> None:
        BookRead.objects.filter(log__booking__participant=person).delete()
        ReadingLog.objects.filter(booking__participant=person).delete()
