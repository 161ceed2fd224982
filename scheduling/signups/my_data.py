"""A volunteer's shifts: to come, given up; past, kept as the record of service."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.errors import Refused
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.signups import signups, standbys
from scheduling.signups.ahead import places_ahead, standbys_ahead
from scheduling.signups.models import AnswerLink, Assignment, Standby


@register
class Shifts(Part):
    name = "shifts"
    position = 50
    columns = ("from", "until", "session", "role", "where", "state", "reason")
    fields = {
        "signups.Assignment": "volunteer reason by",
        "signups.AnswerLink": "volunteer token_hash assignments",
        "signups.Party": "leader",
    }
    stays = True
    correct = "/shifts"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Assignment.objects.filter(volunteer__person=person).order_by("-session__starts_at", "-pk")
        for row in rows.select_related("session__program", "session__hub", "need"):
            session, state = row.session, _(f"my_data.shift.{row.state}")
            role, site = row.need.role, session.hub.name
            yield session.starts_at, session.ends_at, session.program.name, role, site, state, _reason(row)

    def give_up(self, person: int, by: Person) -> None:
        for row in places_ahead(person):
            signups.decline(assignment=row.pk, by=by)

    def erase(self, person: int, by: Person) -> None:
        if places_ahead(person).exists():
            raise Refused("places_meanwhile")
        Assignment.objects.filter(volunteer__person=person).update(reason="")
        AnswerLink.objects.filter(volunteer__person=person).delete()


def _reason(row: Assignment) -> str:
    """As it was written; why a turn went by is kept as a code."""
    if row.state != Assignment.State.PASSED:
        return row.reason
    return _(f"my_data.passed.{row.reason if row.reason in ('silent', 'party') else 'cannot'}")


@register
class StandingBy(Part):
    name = "standbys"
    position = 51
    columns = ("from", "until", "session", "where", "state", "reason")
    fields = {"signups.Standby": "volunteer reason by"}
    stays = True

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        rows = Standby.objects.filter(volunteer__person=person).order_by("-session__starts_at", "-pk")
        for row in rows.select_related("session__program", "session__hub"):
            session, state = row.session, _(f"my_data.standby.{row.state}")
            yield session.starts_at, session.ends_at, session.program.name, session.hub.name, state, row.reason

    def give_up(self, person: int, by: Person) -> None:
        for row in standbys_ahead(person):
            standbys.decline_standby(standby=row.pk, by=by)

    def erase(self, person: int, by: Person) -> None:
        if standbys_ahead(person).exists():
            raise Refused("places_meanwhile")
        Standby.objects.filter(volunteer__person=person).update(reason="")
