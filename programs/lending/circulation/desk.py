"""What the desk of a hub sees: what is out, what is set aside."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from hub import clock
from hub.places.models import Hub
from programs.lending.circulation.models import Hold, Loan

PAGE = 30


@dataclass(frozen=True)
class Page:
    loans: list[Loan]
    total: int


def loans_out(hub: Hub, *, late: bool, skip: int) -> Page:
    """Lent here, or of a book that belongs here. Two queries."""
    rows = Loan.objects.filter(Q(hub=hub) | Q(copy__hub=hub), ended="")
    if late:
        rows = rows.filter(due_on__lt=clock.today())
    ordered = rows.select_related("copy__title", "reader").order_by("due_on", "pk")
    return Page(list(ordered[skip : skip + PAGE]), rows.count())


def holds_at(hub: Hub) -> list[Hold]:
    """What is to be fetched first, first. One query."""
    rows = Hold.objects.filter(hub=hub, state__in=Hold.HAS_COPY)
    return list(
        rows.select_related("title", "copy", "reader", "hub", "session__program").order_by("state", "fetch_by", "pk")
    )
