"""A calendar's rows, not read yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from scheduling.calendars.ics import Entry


@dataclass(frozen=True)
class Content:
    stamp: Callable[[], tuple[object, ...]]
    """Different as soon as an entry is; one query, and a family's days."""
    entries: Callable[[], list[Entry]]
    changed: Callable[[tuple[Any, ...]], dt.datetime | None]
    """The last change, taken from the stamp."""
