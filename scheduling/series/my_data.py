"""The closed groups that a child is or was in. Places are the bookings' to show; who was on duty, the sessions'."""

from __future__ import annotations

from collections.abc import Iterable

from hub import clock
from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.series.models import Enrolment, Series


@register
class Groups(Part):
    name = "groups"
    position = 48
    columns = ("from", "until", "session", "where")
    fields = {
        "series.Enrolment": "participant enrolled_by ended_at",
        "series.Series": "duty_worker created_by",
        "series.WeekTemplate": "created_by",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        found = Enrolment.objects.filter(participant=person).select_related("series__program", "series__hub")
        for row in found.order_by("-created_at", "-pk"):
            yield row.created_at, row.ended_at, row.series.program.name, row.series.hub.name

    def give_up(self, person: int, by: Person) -> None:
        """The places themselves are given up by the bookings' part."""
        Enrolment.objects.filter(participant=person, ended_at=None).update(ended_at=clock.now())

    def erase(self, person: int, by: Person) -> None:
        """Whose duty a series foresaw is nobody's to come; that they took part is kept, by number."""
        Series.objects.filter(duty_worker=person).update(duty_worker=None)
