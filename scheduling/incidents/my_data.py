"""What happened to a child. Families see what they were told; a suspicion is the police's to tell. Notes stay, for law
asks for them: an ordinary one without its words, once every child in it is erased."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.incidents.models import Concerned, Incident, Passage


@register
class Incidents(Part):
    name = "incidents"
    position = 59
    columns = ("when", "session", "told")
    fields = {
        "incidents.Incident": "nature happened_at written_by",
        "incidents.Passage": "what done reported_at reported_to by",
        "incidents.Concerned": "child words told_by told_at",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Concerned.objects.filter(child=person, told_at__isnull=False).order_by("-told_at", "-pk")
        for one in rows.select_related("incident__session__program"):
            if not one.incident.is_suspicion:
                yield one.incident.happened_at, one.incident.session.program.name, one.words

    def erase(self, person: int, by: Person) -> None:
        Concerned.objects.filter(child=person).update(words="")
        others = Concerned.objects.filter(child__erased_at__isnull=True).exclude(child=person)
        rows = Incident.objects.filter(concerned__child=person).exclude(pk__in=others.values("incident"))
        ordinary = [one.pk for one in rows if not one.is_suspicion]
        Passage.objects.filter(incident__in=ordinary).update(what="", done="", reported_to="")
