"""What files keep about people: that they wrote, and photos of the sessions a child was at. Erasing a child takes every
photo away that may show it: nobody said of it that the child is not there."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from hub.access.actor import Actor
from hub.people.circles import guarded_alone_by, guarded_by
from hub.people.models import Family, Person
from hub.people.my_data import Part, Values, register
from hub.people.names import given_name
from scheduling.bookings.models import Booking
from scheduling.files.models import NotToAsk, Photo, SessionFile
from scheduling.files.photos import drop
from scheduling.sessions.claims import lock_sessions
from scheduling.sessions.models import Session

WORDS = ("aim", "process", "noticed", "follow_up")


@register
class Photos(Part):
    name = "session_photos"
    position = 66
    columns = ("when", "session", "photos")
    fields = {"files.Photo": "name added_at added_by", "files.NotShown": "child said_by"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        photos = _may_show(person).values("session").annotate(count=Count("pk")).values_list("session", "count")
        counts = dict(photos)
        for session in Session.objects.filter(pk__in=counts).select_related("program").order_by("-starts_at", "-pk"):
            yield session.starts_at, session.program.name, counts[session.pk]

    def erase(self, person: int, by: Person) -> None:
        drop(list(_may_show(person)))


@register
class Files(Part):
    """The record is the site's account of a session, kept as law asks: without the name of who is erased."""

    name = "session_files"
    position = 68
    columns = ("when", "session")
    fields = {
        "files.SessionFile": "aim process noticed follow_up written_by finished_by finished_at",
        "files.MonthFile": "requested_by",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Session.objects.filter(file__written_by=person).order_by("-starts_at", "-pk")
        for session in rows.select_related("program"):
            yield session.starts_at, session.program.name

    def erase(self, person: int, by: Person) -> None:
        name = Person.objects.values_list("name", flat=True).get(pk=person)
        there = Q(session__bookings__participant=person) | Q(session__assignments__volunteer__person=person)
        files = SessionFile.objects.filter(pk__in=SessionFile.objects.filter(there).values("pk"))
        lock_sessions(files.values_list("session", flat=True))
        for file in files.order_by("pk"):
            for field in WORDS:
                setattr(file, field, _unnamed(getattr(file, field), name))
            # A page that was opened before does not save the name back.
            file.revision += 1
            file.save(update_fields=[*WORDS, "revision"])


@register
class Unasked(Part):
    """A family's wish; it ends with the family."""

    name = "not_asked"
    position = 69
    columns = ("since",)
    fields = {"files.NotToAsk": "family"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for row in NotToAsk.objects.filter(family__in=Family.objects.filter(guarded_by(person))):
            yield (row.created_at,)

    def erase(self, person: int, by: Person) -> None:
        NotToAsk.objects.filter(family__in=guarded_alone_by(person)).delete()


def _unnamed(text: str, name: str) -> str:
    """Without the name, whole or given."""
    for word in (name, given_name(name)):
        if len(word) > 1:
            text = text.replace(word, "*")
    return text


def _may_show(child: int) -> QuerySet[Photo]:
    there = Booking.objects.filter(participant=child, participant__child__isnull=False, state=Booking.State.BOOKED)
    return Photo.objects.filter(session__in=there.values("session")).exclude(not_shown__child=child)
