"""What staff entered into the ledger. It holds figures of an agency; that they entered them stays, by number."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.residency.models import Agreement, Casework, Correction, Turnout


@register
class Ledger(Part):
    name = "ledger"
    position = 67
    columns = ("when", "where")
    fields = {
        "residency.Agreement": "by valid_from owed",
        "residency.Turnout": "by",
        "residency.Casework": "by day confirmed_by",
        "residency.Closing": "agency_by agency_at agency_seen hub_by hub_at hub_seen month figures",
        "residency.Correction": "by confirmed_by refused_by figure reason refusal",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for model in (Agreement, Casework):
            yield from model.objects.filter(by=person).order_by("-pk").values_list("at", "residency__hub__name")
        yield from Turnout.objects.filter(by=person).order_by("-pk").values_list("at", "session__hub__name")
        corrections = Correction.objects.filter(by=person).order_by("-pk")
        yield from corrections.values_list("at", "closing__residency__hub__name")

    def erase(self, person: int, by: Person) -> None:
        """Nothing says more than that they did it."""
