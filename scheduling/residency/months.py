"""A month is named by its first day, as a week is by its Monday."""

from __future__ import annotations

import datetime as dt

from hub import clock


def month_of(day: dt.date) -> dt.date:
    return day.replace(day=1)


def after(month: dt.date, count: int = 1) -> dt.date:
    """So many months later; before, for a negative count."""
    number = month.year * 12 + month.month - 1 + count
    return dt.date(number // 12, number % 12 + 1, 1)


def begins(month: dt.date) -> dt.datetime:
    return clock.at(month)


def months_between(first: dt.date, last: dt.date) -> list[dt.date]:
    """Both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [after(first, step) for step in range(count + 1)]
