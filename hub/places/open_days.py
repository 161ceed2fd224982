"""When a site is open: by its opening hours, but not on holidays, and on days worked to make up for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from hub import clock
from hub.places.models import Hub
from hub.places.working_days import marked_days

LONGEST_BREAK = 60
"""No site stays closed for longer: hours that never open are a slip."""
DAY = dt.timedelta(days=1)


def first_open_day(hub: Hub, day: dt.date) -> dt.date:
    """`day`, or the first after it on which the site is open. Whose hours nobody wrote down is open every day."""
    marked = marked_days(day.year, day.year + 1)
    weekdays = {window[0] for window in hub.opening} or set(range(7))
    candidates = (day + DAY * ahead for ahead in range(LONGEST_BREAK))
    return next((one for one in candidates if _is_open(one, weekdays, marked)), day)


def _is_open(day: dt.date, weekdays: set[int], marked: Mapping[dt.date, bool]) -> bool:
    if day in marked:
        return marked[day]
    return day.weekday() in weekdays and not _within_holidays(day, marked)


def _within_holidays(day: dt.date, marked: Mapping[dt.date, bool]) -> bool:
    """A weekend in one stretch with published days off is part of the holidays."""
    for step in (-DAY, DAY):
        other = day
        while not clock.is_working_day(other, marked):
            if other in marked:
                return True
            other += step
    return False
