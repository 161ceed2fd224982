"""How long a check holds."""

from __future__ import annotations

import datetime as dt

YEARS = 1


def last_day(checked_on: dt.date) -> dt.date:
    """The last day a check of this day holds: the day before its anniversary."""
    try:
        anniversary = checked_on.replace(year=checked_on.year + YEARS)
    except ValueError:
        # Made on 29 February: the anniversary is 1 March.
        anniversary = dt.date(checked_on.year + YEARS, 3, 1)
    return anniversary - dt.timedelta(days=1)
