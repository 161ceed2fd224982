"""Shelves: the main classes of the Chinese Library Classification that have books, with how many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from programs.lending.finding import UNCLASSED
from programs.lending.library import library
from programs.lending.models import Copy, Title


@dataclass(frozen=True)
class Shelf:
    code: str
    """The class' first letter; `-` for books without one."""
    titles: int


def shelves(*, hub: int | None = None) -> list[Shelf]:
    """Those with the most books first, what has no class last."""
    entries = library().entries
    counts = Counter(one.clc[:1] or UNCLASSED for one in entries if hub is None or hub in one.hubs)
    return [Shelf(code, counts[code]) for code in sorted(counts, key=lambda one: (one == UNCLASSED, -counts[one], one))]


def houses() -> Counter[int]:
    """Hubs that have books -> how many titles."""
    return Counter(hub for one in library().entries for hub in one.hubs)


@dataclass(frozen=True)
class Stock:
    copies: int = 0
    free: int = 0


def stock_of(titles: list[Title]) -> dict[int, dict[int, Stock]]:
    """Title -> hub -> what there is of it. What is lost or withdrawn is not there."""
    there = Copy.objects.exclude(state__in=Copy.GONE)
    found: dict[int, dict[int, Stock]] = {}
    rows = there.filter(title__in=[one.pk for one in titles]).values_list("title_id", "hub_id", "state")
    for title, hub, state in rows.order_by("pk"):
        places = found.setdefault(title, {})
        before = places.get(hub, Stock())
        places[hub] = Stock(before.copies + 1, before.free + (state == Copy.State.ON_SHELF))
    return found
