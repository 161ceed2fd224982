"""What somebody was asked in call-outs, and which swaps they proposed or were asked for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from hub.access.actor import Actor
from hub.people.models import Person
from hub.people.my_data import Part, Values, register
from scheduling.callouts.models import Ask, Swap


@register
class Asked(Part):
    name = "asked"
    position = 58
    columns = ("when", "note", "session", "from", "state")
    fields = {
        "callouts.Ask": "volunteer why token_hash called_at by",
        "callouts.Swap": "mine yours asked token_hash",
        "callouts.CallOut": "by",
    }

    def rows(self, person: int, by: Actor) -> Iterable[Values]:
        asks = Ask.objects.filter(volunteer__person=person).select_related("callout__session__program")
        swaps = _swaps(person).select_related("mine__session__program")
        rows = [(ask.asked_at, _("my_data.ask"), ask.callout.session, _(f"my_data.ask.{ask.state}")) for ask in asks]
        rows += [(one.created_at, _("my_data.swap"), one.mine.session, _(f"my_data.swap.{one.state}")) for one in swaps]
        for when, note, session, state in sorted(rows, key=lambda row: row[0], reverse=True):
            yield when, note, session.program.name, session.starts_at, state

    def erase(self, person: int, by: Person) -> None:
        Ask.objects.filter(volunteer__person=person).delete()
        _swaps(person).delete()


def _swaps(person: int) -> QuerySet[Swap]:
    theirs = Q(asked__person=person) | Q(mine__volunteer__person=person) | Q(yours__volunteer__person=person)
    return Swap.objects.filter(theirs)
