"""Working days: weekdays, the yearly notice on days off and make-up days as the `holidays` package knows it, and above
both what administrators marked by hand."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import MarkedDay

COUNTRY = "CN"
YEARS = range(2000, 2101)


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


def marked_days(first: int, last: int) -> dict[dt.date, bool]:
    """Every day of these years that differs from its weekday, and whether it is worked."""
    marked = {day: works for year in range(first, last + 1) for day, works in _announced(year).items()}
    by_hand = MarkedDay.objects.filter(day__year__gte=first, day__year__lte=last)
    return marked | dict(by_hand.values_list("day", "works"))


def working_days_after(day: dt.date, count: int) -> dt.date:
    return clock.add_working_days(day, count, marked_days(day.year, day.year + 1))


def check_day(*days: dt.date | None) -> None:
    """That they lie where our calendar reaches. Refused("day_out_of_range")."""
    if any(day is not None and day.year not in YEARS for day in days):
        raise Refused("day_out_of_range", first=YEARS[0], last=YEARS[-1])


@transaction.atomic
def mark_day(*, day: dt.date, works: bool | None, by: Person) -> None:
    """Say whether a day is worked; None leaves it to the published list. Refused("day_out_of_range")."""
    check_day(day)
    if works is None:
        if row := MarkedDay.objects.filter(day=day).first():
            append(action="day.unmarked", subject=row, actor_id=by.pk, day=day.isoformat())
            row.delete()
        return
    row, _ = MarkedDay.objects.update_or_create(day=day, defaults={"works": works})
    append(action="day.marked", subject=row, actor_id=by.pk, day=day.isoformat(), works=works)
