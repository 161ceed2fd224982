"""When somebody signed in and out: kept with their hours. Their card ends."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.attendance.models import Attendance, Card


@register
class SignedIn(Part):
    name = "attendance"
    position = 54
    columns = ("signed_in", "signed_out", "session", "missed")
    fields = {
        "attendance.Attendance": "signed_in_at signed_out_at by",
        "attendance.AttendanceEvent": "volunteer device_at by",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Attendance.objects.filter(assignment__volunteer__person=person).order_by("-pk")
        for row in rows.select_related("assignment__session__program"):
            yield row.signed_in_at, row.signed_out_at, row.assignment.session.program.name, row.missed

    def erase(self, person: int, by: Person) -> None:
        """What was noted says who by number alone."""


@register
class Cards(Part):
    name = "card"
    position = 52
    columns = ("card", "since")
    fields = {"attendance.Card": "volunteer number"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for card in Card.objects.filter(volunteer__person=person):
            yield card.number, card.created_at

    def erase(self, person: int, by: Person) -> None:
        Card.objects.filter(volunteer__person=person).delete()
