"""Entries as iCalendar (RFC 5545). The library escapes and folds; here is what stands in it.

An entry that did not change is not written out again: a calendar program asks every hour, a shift changes rarely.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal
from unicodedata import category

from icalendar import Calendar, Event, Timezone

from hub import clock
from volunteers.busy.reading import UID_DOMAIN

REFRESH = dt.timedelta(hours=1)
ZONE_FROM, ZONE_TO = dt.date(2020, 1, 1), dt.date(2038, 1, 1)
MOST_REMEMBERED = 8192

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]


@dataclass(frozen=True)
class Entry:
    """One event of a calendar."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    location: str
    description: str
    geo: tuple[float, float] | None
    """Latitude, longitude."""
    url: str
    status: Status
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    whole_day: bool = False
    """By that day: it takes no time of it."""


def printable(text: str) -> str:
    """Without control characters, which have no place in a text. Breaks and tabs stay: the library escapes them."""
    lines = text.replace("\r\n", "\n")
    return "".join(letter for letter in lines if letter in "\n\t" or category(letter) != "Cc")


@lru_cache(maxsize=MOST_REMEMBERED)
def write_entry(entry: Entry) -> bytes:
    event = Event()
    event.add("uid", f"{entry.uid}@{UID_DOMAIN}")
    # Without METHOD the standard wants the moment of the last revision here, not that of the writing out.
    event.add("dtstamp", entry.changed_at)
    event.add("last-modified", entry.changed_at)
    event.add("created", entry.created_at)
    event.add("sequence", entry.sequence)
    begin, end = clock.local(entry.starts_at), clock.local(entry.ends_at)
    event.add("dtstart", begin.date() if entry.whole_day else begin)
    event.add("dtend", end.date() if entry.whole_day else end)
    event.add("summary", printable(entry.summary))
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT" if entry.whole_day or entry.status == "CANCELLED" else "OPAQUE")
    event.add("url", entry.url)
    if entry.location:
        event.add("location", printable(entry.location))
    if entry.geo:
        event.add("geo", entry.geo)
    if entry.description:
        event.add("description", printable(entry.description))
    return bytes(event.to_ical())


@cache
def _zone() -> Timezone:
    zone = Timezone.from_tzid(clock.zone().key, first_date=ZONE_FROM, last_date=ZONE_TO)
    zone.pop("COMMENT", None)
    return zone


def write_calendar(*, name: str, entries: Iterable[Entry], language: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Renqi//Renqi 1//{'EN' if language.startswith('en') else 'ZH'}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", clock.zone().key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    calendar.add_component(_zone())
    head, end, _ = bytes(calendar.to_ical()).partition(b"END:VCALENDAR")
    return b"".join((head, *map(write_entry, entries), end, b"\r\n"))
