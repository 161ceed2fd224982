"""共读足迹: what a child has read here, session by session, for the family to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hub.people.models import Child
from programs.reading.models import ReadingLog


@dataclass(frozen=True)
class Keepsake:
    child: Child
    logs: Sequence[ReadingLog]
    """The newest first."""

    @property
    def books(self) -> int:
        """Different ones."""
        return len({book.title for log in self.logs for book in log.books.all()})

    @property
    def pages(self) -> int:
        return sum(book.pages or 0 for log in self.logs for book in log.books.all())


def keepsake_of(child: Child) -> Keepsake:
    """Two queries."""
    logs = ReadingLog.objects.filter(booking__participant=child.person_id)
    found = logs.select_related(
        "booking__session__program", "booking__session__hub", "booking__session__room"
    ).prefetch_related("books")
    return Keepsake(child, list(found.order_by("-booking__session__starts_at", "-pk")))
