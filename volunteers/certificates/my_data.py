"""Certificates that somebody holds. The paper goes on proving itself; here it no longer says whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from volunteers.certificates.models import Certificate


@register
class Certificates(Part):
    name = "certificates"
    position = 57
    columns = ("number", "name", "when", "minutes", "revoked", "reason")
    fields = {
        "certificates.Certificate": "number volunteer name first_day last_day lines issuer payload issued_by revoked_by"
        " revoke_reason",
    }
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for row in Certificate.objects.filter(volunteer__person=person).order_by("-pk"):
            yield row.number, row.name, row.issued_at, row.minutes, row.revoked_at, row.revoke_reason

    def erase(self, person: int, by: Person) -> None:
        Certificate.objects.filter(volunteer__person=person).update(name="", payload="", revoke_reason="")
