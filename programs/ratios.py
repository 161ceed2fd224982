"""How many adults children need: dated configuration (AdultRatio)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import ceil

from programs.models import AdultRatio

ADULTS_AT_LEAST = 2
"""At any children's session: no adult is ever alone with children."""


def ratios_on(day: dt.date, rows: Sequence[AdultRatio] | None = None) -> list[AdultRatio]:
    """The newest set of rows in force on `day`, youngest age first. Pass `rows` to ask for many days at one query."""
    rows = list(AdultRatio.objects.all()) if rows is None else rows
    started = [row for row in rows if row.valid_from <= day]
    newest = max((row.valid_from for row in started), default=None)
    return sorted((row for row in started if row.valid_from == newest), key=lambda row: row.up_to_age)


def adults_required(ages: Iterable[int], ratios: Sequence[AdultRatio]) -> int:
    """Adults for children of these ages: each child takes its share of an adult, the sum is rounded up, two at least.

    Children above the highest age given count by the highest ratio.
    """
    share = Fraction(0)
    for age in ages:
        row = next((row for row in ratios if age <= row.up_to_age), ratios[-1] if ratios else None)
        if row:
            share += Fraction(1, row.children_per_adult)
    return max(ADULTS_AT_LEAST, ceil(share))
