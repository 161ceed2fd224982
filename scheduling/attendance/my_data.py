"""When somebody signed in and out: kept with their hours. Their card ends."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.attendance.models import Attendance, AttendanceEvent, Card, ChildAttendance, ComingsTold


@register
class SignedIn(Part):
    name = "attendance"
    position = 54
    columns = ("signed_in", "signed_out", "session", "missed")
    fields = {
        "attendance.Attendance": "signed_in_at signed_out_at by",
        "attendance.AttendanceEvent": "volunteer device_at by fetched_by",
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


@register
class CameAndWent(Part):
    """A child's: that it was there is kept, who fetched it goes."""

    name = "child_attendance"
    position = 63
    columns = ("signed_in", "signed_out", "session", "fetched_by")
    fields = {"attendance.ChildAttendance": "arrived_at left_at fetched_by by late_told_at doubt"}
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = ChildAttendance.objects.filter(booking__participant=person).order_by("-pk")
        for row in rows.select_related("booking__session__program", "fetched_by"):
            name = row.fetched_by.name if row.fetched_by else ""
            yield row.arrived_at, row.left_at, row.booking.session.program.name, name

    def erase(self, person: int, by: Person) -> None:
        """What was noted says who by number alone."""
        AttendanceEvent.objects.filter(booking__participant=person).update(fetched_by=None)
        ChildAttendance.objects.filter(booking__participant=person).update(fetched_by=None)


@register
class Told(Part):
    name = "comings_told"
    position = 64
    columns = ("since",)
    fields = {"attendance.ComingsTold": "guardian"}

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for row in ComingsTold.objects.filter(guardian=person):
            yield (row.created_at,)

    def erase(self, person: int, by: Person) -> None:
        ComingsTold.objects.filter(guardian=person).delete()
