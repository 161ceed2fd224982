"""What somebody said when all were asked about a week."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from volunteers.rounds.models import Asked


@register
class Rounds(Part):
    name = "rounds"
    position = 37
    columns = ("week_of", "answer", "when")
    fields = {
        "rounds.Asked": "volunteer week called_at recorded_by",
        "rounds.RoundLink": "token_hash",
        "rounds.Round": "started_by",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for asked in Asked.objects.filter(volunteer__person=person).order_by("-week"):
            yield asked.week, _(f"my_data.round.{asked.answer}"), asked.answered_at

    def erase(self, person: int, by: Person) -> None:
        Asked.objects.filter(volunteer__person=person).delete()
