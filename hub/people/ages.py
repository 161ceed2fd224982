"""Of age or not, and who is older."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.people.models import Person

ADULT_AT = 18


def is_minor(born: dt.date | None, day: dt.date) -> bool:
    """Whose birth date is not known counts as of age."""
    return born is not None and clock.age_on(born, day) < ADULT_AT


def eldest_first(child: Person) -> tuple[dt.date, int]:
    """By which siblings are sorted: it is how families count. Birth dates are sealed, so no query can."""
    return child.birth_date or dt.date.max, child.pk
