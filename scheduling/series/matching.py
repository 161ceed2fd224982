"""Which session goes on as which, when a rule changes. Plain values.

A session whose day the rule still has goes on as it is. The others go on as the nearest of the same week (of the same
month, where a rule counts months), those first in which somebody has a place: they are moved, never made anew.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Period = Callable[[dt.date], object]


@dataclass(frozen=True)
class Old:
    day: dt.date
    rank: int
    """The higher goes on first: one in which people have a place, one in which nobody has, a cancelled one."""


def period_of(rule: str) -> Period:
    if "MONTHLY" in rule.upper():
        return lambda day: (day.year, day.month)
    if "YEARLY" in rule.upper():
        return lambda day: day.year
    return lambda day: day - dt.timedelta(days=day.weekday())


def match(days: Iterable[dt.date], old: Sequence[Old], period: Period) -> dict[dt.date, dt.date]:
    """The rule's new day -> the old one that goes on there. Days that nobody comes to are new, old ones that go nowhere
    end."""
    there = {one.day for one in old}
    wanted = list(days)
    found = {day: day for day in wanted if day in there}
    free: dict[object, list[dt.date]] = defaultdict(list)
    for day in wanted:
        if day not in found:
            free[period(day)].append(day)
    left: dict[object, list[Old]] = defaultdict(list)
    for one in old:
        if one.day not in found:
            left[period(one.day)].append(one)
    for key, ours in free.items():
        first = sorted(left[key], key=lambda one: (-one.rank, one.day))[: len(ours)]
        found |= dict(zip(sorted(ours), sorted(one.day for one in first), strict=False))
    return found
