"""Entries as iCalendar (RFC 5545).

The frame is the library's work. Entries, of which a calendar has hundreds, are written here: the library takes half a
millisecond for each.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from icalendar import Calendar, Timezone

from hub import clock

UID_DOMAIN = "renqi"
"""The same session has the same UID in every feed, at every address this installation ever has."""
REFRESH = dt.timedelta(hours=1)
ZONE_FROM, ZONE_TO = dt.date(2020, 1, 1), dt.date(2038, 1, 1)
MOMENT = "%Y%m%dT%H%M%S"
MOST_BYTES = 75
ESCAPES = str.maketrans(
    {chr(code): None for code in (*range(32), *range(127, 160)) if code != 9}
    | {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}
)
"""Control characters have no place in a text."""

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


def write_entry(entry: Entry) -> bytes:
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{_text(entry.summary)}",
        f"DTSTART;TZID={clock.zone().key}:{clock.local(entry.starts_at):{MOMENT}}",
        f"DTEND;TZID={clock.zone().key}:{clock.local(entry.ends_at):{MOMENT}}",
        # Without METHOD the standard wants the moment of the last revision here, not that of the writing out.
        f"DTSTAMP:{_utc(entry.changed_at)}",
        f"UID:{entry.uid}@{UID_DOMAIN}",
        f"SEQUENCE:{entry.sequence}",
        f"CREATED:{_utc(entry.created_at)}",
        f"DESCRIPTION:{_text(entry.description)}" if entry.description else "",
        f"GEO:{entry.geo[0]};{entry.geo[1]}" if entry.geo else "",
        f"LAST-MODIFIED:{_utc(entry.changed_at)}",
        f"LOCATION:{_text(entry.location)}" if entry.location else "",
        f"STATUS:{entry.status}",
        f"TRANSP:{'TRANSPARENT' if entry.status == 'CANCELLED' else 'OPAQUE'}",
        f"URL:{entry.url}",
        "END:VEVENT",
    ]
    return b"".join(_fold(line) for line in lines if line)


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):{MOMENT}}Z"


def _text(value: str) -> str:
    return value.translate(ESCAPES)


def _fold(line: str) -> bytes:
    """At most 75 bytes a line, no character split; what goes on begins with a space."""
    raw = line.encode()
    parts = []
    while len(raw) > MOST_BYTES:
        cut = MOST_BYTES
        while raw[cut] & 0xC0 == 0x80:  # amid a character
            cut -= 1
        parts.append(raw[:cut])
        raw = b" " + raw[cut:]
    return b"\r\n".join([*parts, raw, b""])


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
