"""How what clashes is settled, date by date: another room or hour, or it is borne; with one date, or all of a kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from hub.places.models import Room
from scheduling.sessions.overrides import Bearing

UNSAID = "-"
"""Stands for a reason while it is only looked at."""


@dataclass(frozen=True)
class Choice:
    """For one row of an outcome. `starts_at` none: time and place as they were wished."""

    room: Room | None = None
    starts_at: dt.datetime | None = None
    borne: Collection[str] = ()


@dataclass(frozen=True)
class Settled:
    choices: Mapping[str, Choice] = field(default_factory=dict)
    """By the row's key."""
    borne: Collection[str] = ()
    """On every row."""
    reason: str = ""
    """Why it is borne."""

    @property
    def rooms(self) -> list[int]:
        """Locked with the others."""
        return [choice.room.pk for choice in self.choices.values() if choice.room]

    def bearing(self, key: str) -> Bearing:
        choice = self.choices.get(key)
        codes = {*self.borne, *(choice.borne if choice else ())}
        return Bearing(codes=codes, reason=self.reason.strip() or UNSAID, met=[])

    def moved(self, key: str) -> tuple[Room | None, dt.datetime] | None:
        """Where to and when, where that was chosen."""
        choice = self.choices.get(key)
        return (choice.room, choice.starts_at) if choice and choice.starts_at else None


NOTHING_SETTLED = Settled()
