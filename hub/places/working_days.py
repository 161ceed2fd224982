"""Working days: weekdays, the yearly notice on days off and make-up days as the `holidays` package knows it, and above
both what administrators marked by hand."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from functools import cache

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import MarkedDay

COUNTRY = "CN"
YEARS = range(2000, 2101)
SUBSTITUTED = re.compile(r"from (\d\d)/(\d\d)/(\d{4})")
"""How the package names a day off that was moved there: month, day, year of the day worked for it."""
FARTHEST = dt.timedelta(days=60)
"""A day is made up for within weeks: more is a slip of the hand."""


@cache
def _announced(year: int) -> dict[dt.date, bool]:
    """Days of a year that differ from their weekday, as published."""
    # Takes long to import, and nobody needs it to begin.
    import holidays

    known = holidays.country_holidays(COUNTRY, years=[year])
    days = (dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(366))
    return {
        day: known.is_working_day(day)
        for day in days
        if day.year == year and known.is_working_day(day) != clock.is_working_day(day, {})
    }


@cache
def _announced_makeup(year: int) -> dict[dt.date, dt.date]:
    """Days worked on a weekend, each with the day off of that year it makes up for, as published."""
    import holidays

    known = holidays.country_holidays(COUNTRY, years=[year], language="en_US")
    found = ((day, SUBSTITUTED.search(name)) for day, name in known.items())
    return {dt.date(int(at[3]), int(at[1]), int(at[2])): day for day, at in found if at}


def makeup_days(first: int, last: int) -> dict[dt.date, dt.date]:
    """Every day worked in these years to make up for a day off, and that day, whose weekday it follows (调休)."""
    # A day worked in December may make up for one in January.
    announced = {day: off for year in range(first, last + 2) for day, off in _announced_makeup(year).items()}
    by_hand = MarkedDay.objects.filter(day__year__gte=first, day__year__lte=last)
    for day, works, instead_of in by_hand.values_list("day", "works", "instead_of"):
        if not works:
            announced.pop(day, None)
        elif instead_of:
            announced[day] = instead_of
    return {day: off for day, off in announced.items() if first <= day.year <= last}


def marked_days(first: int, last: int) -> dict[dt.date, bool]:
    """Every day of these years that differs from its weekday, and whether it is worked."""
    marked = {day: works for year in range(first, last + 1) for day, works in _announced(year).items()}
    by_hand = MarkedDay.objects.filter(day__year__gte=first, day__year__lte=last)
    return marked | dict(by_hand.values_list("day", "works"))


def unannounced(years: Collection[int]) -> list[int]:
    """Of these years, those whose notice is not out yet, as far as we know: each there was names a day to make up."""
    known = {day.year for day in makeup_days(min(years), max(years))} if years else set()
    return sorted(set(years) - known)


def working_days_after(day: dt.date, count: int) -> dt.date:
    return clock.add_working_days(day, count, marked_days(day.year, day.year + 1))


def check_day(*days: dt.date | None) -> None:
    """That they lie where our calendar reaches. Refused("day_out_of_range")."""
    if any(day is not None and day.year not in YEARS for day in days):
        raise Refused("day_out_of_range", first=YEARS[0], last=YEARS[-1])


@transaction.atomic
def mark_day(*, day: dt.date, works: bool | None, by: Person, instead_of: dt.date | None = None) -> None:
    """Say whether a day is worked, and which day off it makes up for; `works` None leaves it to the published list.

    Refused: day_out_of_range, makeup_too_far (a day off, itself, or a day months away can't be made up for).
    """
    check_day(day)
    if instead_of and (not works or instead_of == day or abs(instead_of - day) > FARTHEST):
        raise Refused("makeup_too_far", day=day.isoformat(), instead_of=instead_of.isoformat())
    if works is None:
        if row := MarkedDay.objects.filter(day=day).first():
            append(action="day.unmarked", subject=row, actor_id=by.pk, day=day.isoformat())
            row.delete()
        return
    row, _ = MarkedDay.objects.update_or_create(day=day, defaults={"works": works, "instead_of": instead_of})
    append(action="day.marked", subject=row, actor_id=by.pk, day=day.isoformat(), works=works)
