"""What somebody borrowed and asked for, and how far a child's snail has come."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from programs.lending.circulation.holds import cancel_hold
from programs.lending.circulation.models import Hold, Loan, RenewLink, Step


@register
class Books(Part):
    name = "books"
    position = 61
    columns = ("book", "where", "from", "until", "state")
    fields = {
        "circulation.Loan": "reader family lent_at lent_by due_on ended ended_at ended_by",
        "circulation.Hold": "reader family made_by fetch_by told_at",
        "circulation.RenewLink": "family token_hash",
    }
    correct = "/books/mine"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for loan in Loan.objects.filter(reader=person).select_related("copy__title", "hub").order_by("-pk"):
            state = _(f"my_data.loan.{loan.ended or 'out'}")
            yield loan.copy.title.name, loan.hub.name, loan.lent_at, loan.ended_at or loan.due_on, state
        for hold in Hold.objects.filter(reader=person).select_related("title", "hub").order_by("-pk"):
            yield hold.title.name, hold.hub.name, hold.created_at, hold.fetch_by, _(f"my_data.hold.{hold.state}")

    def give_up(self, person: int, by: Person) -> None:
        for hold in _waiting(person):
            cancel_hold(hold=hold, by=by)

    def erase(self, person: int, by: Person) -> None:
        """What somebody read is nobody's business any more. What is still out stays, by number, until it is back."""
        for hold in _waiting(person):
            cancel_hold(hold=hold, by=by)
        Hold.objects.filter(reader=person).delete()
        Loan.objects.filter(reader=person).exclude(ended="").delete()
        RenewLink.objects.filter(family__guardian=person).delete()


@register
class Snails(Part):
    name = "snail"
    position = 62
    columns = ("when", "book", "points", "state")
    fields = {"circulation.Step": "child reason"}
    correct = "/books/snail"

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        for step in Step.objects.filter(child=person).select_related("title").order_by("-pk"):
            yield step.at, step.title.name, step.points, _(f"my_data.step.{step.reason}")

    def erase(self, person: int, by: Person) -> None:
        Step.objects.filter(child=person).delete()


def _waiting(person: int) -> list[int]:
    rows = Hold.objects.filter(reader=person, state__in=Hold.ACTIVE).order_by("pk")
    return list(rows.values_list("pk", flat=True))
