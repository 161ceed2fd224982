"""What kinds of programs there are. A kind's app subclasses KindApp and lists its kinds; nothing else registers one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.apps import AppConfig


def early_or_late(start: dt.datetime) -> bool:
    """Shifts that few ask for: before nine, or from six in the evening (`start` on the local wall clock)."""
    return start.hour < 9 or start.hour >= 18


@dataclass(frozen=True)
class FamilyDay:
    """What a family has to do by a day, for its calendar: a msgid and what fills it."""

    uid: str
    day: dt.date
    sentence: str
    values: tuple[tuple[str, str], ...]
    child: str
    """Whose it is, by given name: shown only where the feed's owner wishes it."""
    path: str
    created_at: dt.datetime
    changed_at: dt.datetime


@dataclass(frozen=True)
class Kind:
    code: str
    """Stable identifier, the catalogue key of its name, and `programme` in a planning problem."""
    sheet_word: str
    """What people write in the workbook."""
    for_children: bool = False
    """Children take the places: adults are counted against them, and who serves needs a clearance."""
    announced: bool = False
    """A hub may tell everybody when and where its sessions are: none at somebody's home, none of a closed circle."""
    at_home: bool = False
    """At somebody's home from beginning to end: nobody meets at the hub for it."""
    is_unpopular: Callable[[dt.datetime], bool] = early_or_late
    family_days: Callable[[int, dt.date, dt.date], list[FamilyDay]] | None = None
    """Of a family (by id), from a day to another."""


class KindApp(AppConfig):
    """An app that brings program kinds."""

    kinds: tuple[Kind, ...] = ()
    default = False

    def __init_subclass__(cls) -> None:
        """An app module that imports this class holds two configurations: Django is to take the subclass."""
        cls.default = True

    def ready(self) -> None:
        for kind in self.kinds:
            _kinds[kind.code] = kind


_kinds: dict[str, Kind] = {}


def kind(code: str) -> Kind:
    """Raises KeyError for a kind that no installed app brings."""
    return _kinds[code]


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def kind_by_sheet_word(word: str) -> Kind | None:
    return next((one for one in _kinds.values() if one.sheet_word == word), None)
