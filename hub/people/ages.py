"""Of age or not."""

from __future__ import annotations

import datetime as dt

from hub import clock

ADULT_AT = 18


def is_minor(born: dt.date | None, day: dt.date) -> bool:
    """Whose birth date is not known counts as of age."""
    return born is not None and clock.age_on(born, day) < ADULT_AT
