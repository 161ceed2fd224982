"""All of a family's children on one way: at one site at one time, in one session or several, or one after the other.

Plain values, so that it can be held against every possibility. An outing sends each child to one session. Its sessions
are at one site; those that begin together are a step, and each step begins within half an hour of the end of the last.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

GAP = dt.timedelta(minutes=30)
"""So long a family waits between two sessions, at most."""
MOST = 6
"""Children for whom every way of going is tried; more go to one session together."""


@dataclass(frozen=True)
class Offer:
    """A session that some of the children may join."""

    id: int
    hub: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    left: int
    children: frozenset[int]


@dataclass(frozen=True)
class Outing:
    places: Mapping[int, Sequence[int]]
    """Session id -> the children who go there, in the order asked; soonest first."""
    hub: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    steps: int

    @property
    def cost(self) -> tuple[int, int, dt.datetime]:
        """Together before one after the other, few sessions before many, home early."""
        return self.steps, len(self.places), self.ends_at


def find_outings(*, children: Sequence[int], offers: Sequence[Offer]) -> list[Outing]:
    """For each site and beginning the best outing for all of `children`, soonest first."""
    if not children:
        return []
    found = []
    by_hub: dict[int, dict[dt.datetime, list[Offer]]] = defaultdict(lambda: defaultdict(list))
    for offer in offers:
        if offer.left > 0 and offer.children:
            by_hub[offer.hub][offer.starts_at].append(offer)
    for hub, steps in by_hub.items():
        for start in steps:
            ways = _ways(children, start, steps)
            if best := min((_outing(way, hub, steps) for way in ways), key=lambda one: one.cost, default=None):
                found.append(best)
    return sorted(found, key=lambda one: (one.starts_at, one.hub))


Way = dict[int, list[int]]
Steps = Mapping[dt.datetime, Sequence[Offer]]


def _ways(wanted: Sequence[int], start: dt.datetime, steps: Steps) -> Iterator[Way]:
    """Each way for `wanted` that begins with at least one of them at `start`."""
    here = steps[start]
    if len(wanted) > MOST:
        yield from ({one.id: [*wanted]} for one in here if one.children.issuperset(wanted) and len(wanted) <= one.left)
        return
    choices = [[*(one for one in here if child in one.children), None] for child in wanted]
    for chosen in product(*choices):
        way: Way = defaultdict(list)
        for child, one in zip(wanted, chosen, strict=True):
            if one:
                way[one.id].append(child)
        taking = [one for one in here if one.id in way]
        if not taking or any(len(way[one.id]) > one.left for one in taking):
            continue
        rest = [child for child, one in zip(wanted, chosen, strict=True) if not one]
        if not rest:
            yield dict(way)
            continue
        end = max(one.ends_at for one in taking)
        for after in steps:
            if end <= after <= end + GAP:
                for later in _ways(rest, after, steps):
                    yield {**way, **later}


def _outing(way: Way, hub: int, steps: Steps) -> Outing:
    taking = [one for step in sorted(steps) for one in steps[step] if one.id in way]
    return Outing(
        places={one.id: way[one.id] for one in taking},
        hub=hub,
        starts_at=taking[0].starts_at,
        ends_at=max(one.ends_at for one in taking),
        steps=len({one.starts_at for one in taking}),
    )
