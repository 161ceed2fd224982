"""When a site is open: by its opening hours, but not on holidays, and on days worked to make up for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from hub import clock
from hub.places.models import Hub
from hub.places.working_days import marked_days

LONGEST_BREAK = 60
"""No site's hours and holidays keep it closed for longer: hours that never open are a slip."""
DAY = dt.timedelta(days=1)


def first_open_day(hub: Hub, day: dt.date, *, but: Collection[dt.date] = ()) -> dt.date:
    """`day`, or the first after it on which the site is open. Whose hours nobody wrote down is open every day. `but`:
    days on which it is closed for once."""
    longest = max(((one - day).days for one in but), default=0) + LONGEST_BREAK
    marked = marked_days(day.year, (day + DAY * longest).year)
    weekdays = {window[0] for window in hub.opening} or set(range(7))
    candidates = (day + DAY * ahead for ahead in range(longest))
    return next((one for one in candidates if one not in but and is_open(one, weekdays, marked)), day)


def is_open(day: dt.date, weekdays: Collection[int], marked: Mapping[dt.date, bool]) -> bool:
    """By the weekdays of the opening hours, the holidays and the days worked to make up for them."""
    if day in marked:
        return marked[day]
    return day.weekday() in weekdays and not is_holiday(day, marked)


def is_holiday(day: dt.date, marked: Mapping[dt.date, bool]) -> bool:
    """A day off, or one of a weekend in one stretch with published days off."""
    if day in marked:
        return not marked[day]
    for step in (-DAY, DAY):
        other = day
        while not clock.is_working_day(other, marked):
            if other in marked:
                return True
            other += step
    return False
