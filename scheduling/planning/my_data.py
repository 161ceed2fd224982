"""What a planner set down about somebody: gone with them. Plans of the past name people by number alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.planning.models import Bar, Pin, Proposed


@register
class Planning(Part):
    name = "planning"
    position = 65
    columns = ("note", "session", "from")
    fields = {
        "planning.Proposed": "volunteer",
        "planning.Pin": "volunteer",
        "planning.Bar": "volunteer",
        "planning.Waiver": "allowed_by",
        "planning.Run": "requested_by",
        "planning.Publication": "by",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for pin in Pin.objects.filter(volunteer__person=person).select_related("need__session__program"):
            yield _("my_data.planning.pin"), pin.need.session.program.name, pin.need.session.starts_at
        for bar in Bar.objects.filter(volunteer__person=person).select_related("session__program"):
            yield _("my_data.planning.bar"), bar.session.program.name, bar.session.starts_at

    def erase(self, person: int, by: Person) -> None:
        for model in (Proposed, Pin, Bar):
            model.objects.filter(volunteer__person=person).delete()
