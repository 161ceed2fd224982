"""A volunteer's hours: kept for as long as service has to be provable, without the words that people wrote."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from volunteers.hours.erasing import erase_words
from volunteers.hours.models import ServiceRecord
from volunteers.models import Volunteer


@register
class Hours(Part):
    name = "hours_served"
    position = 53
    columns = ("from", "until", "session", "role", "where", "minutes", "state", "reason")
    fields = {
        "hours.ServiceRecord": "volunteer title role starts_at ends_at started_at ended_at reason rejection salt"
        " in_charge entered_by approved_by hub_confirmed_at hub_confirmed_by volunteer_confirmed_at",
        "hours.Correction": "started_at ended_at reason rejection by decided_by",
        "hours.Dispute": "words answer answered_by",
        "hours.Export": "made_by uploaded_by",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = ServiceRecord.objects.filter(volunteer__person=person).select_related("hub").order_by("-starts_at")
        for row in rows:
            state = _(f"my_data.record.{row.state}")
            yield row.started_at, row.ended_at, row.title, row.role, row.hub.name, row.minutes, state, row.reason

    def erase(self, person: int, by: Person) -> None:
        for volunteer in Volunteer.objects.filter(person=person):
            erase_words(volunteer=volunteer, by=by)
