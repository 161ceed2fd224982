"""Entries as iCalendar (RFC 5545, RFC 7986), written by hand: a set of properties that never changes, for which
building objects took ten times longer. The tests read all of it back with the library.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from icalendar import Timezone

from hub import clock
from volunteers.busy.reading import UID_DOMAIN

REFRESH = "PT1H"
COLOR, EXACT_COLOR = "chocolate", "#C8501E"
"""The brand's, by the nearest name that the standard knows, and as Apple's programs take it."""
ZONE_FROM, ZONE_TO = dt.date(2020, 1, 1), dt.date(2038, 1, 1)
LONGEST = 75
"""Octets of a line, without its break."""

CONTROLS = [*range(0x20), *range(0x7F, 0xA0)]
BREAKS = "\n\u2028\u2029"
ESCAPES = str.maketrans(
    {chr(code): "" for code in CONTROLS}
    | dict.fromkeys(BREAKS, "\\n")
    | {"\t": "\t", "\\": "\\\\", ";": "\\;", ",": "\\,"}
)
"""Control characters have no place in a text; tabs and breaks have. Unicode's own breaks, as word processors write
them, would end the line for programs that go by them, vdirsyncer among them."""

Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
A_DAY = 24 * 60
ALARMS: dict[int, str] = {30: "-PT30M", 120: "-PT2H", A_DAY: "-P1D"}
"""Minutes before an entry, as its trigger."""
MORNING_BEFORE = "-PT15H"
"""Of what lasts a whole day: nobody is woken at midnight."""


@dataclass(frozen=True)
class Heading:
    """What a calendar says of itself."""

    name: str
    description: str
    url: str
    """The page that shows the same."""
    language: str
    source: str = ""
    """Where it is fetched. Only of a calendar that is everybody's: the address of any other is a key, and a file that
    is passed on would hand it over."""


@dataclass(frozen=True)
class Entry:
    """One event of a calendar."""

    uid: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    summary: str
    location: str
    description: str
    category: str
    geo: tuple[float, float] | None
    """Latitude, longitude."""
    url: str
    status: Status
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    takes_time: bool = False
    """Of whoever subscribes: nobody is at all of a site's sessions."""
    whole_day: bool = False


def text(value: str) -> str:
    return value.replace("\r\n", "\n").translate(ESCAPES)


def fold(line: str) -> str:
    """Broken so that no line is too long, and between characters only."""
    if len(line) * 4 <= LONGEST or (line.isascii() and len(line) <= LONGEST):
        return line
    octets = line.encode()
    pieces, start, room = [], 0, LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:
            end -= 1
        pieces.append(octets[start:end])
        # The space before a continued line counts.
        start, room = end, LONGEST - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode()


def _utc(moment: dt.datetime) -> str:
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def _times(entry: Entry) -> Iterator[str]:
    begin, end = clock.local(entry.starts_at), clock.local(entry.ends_at)
    if entry.whole_day:
        yield f"DTSTART;VALUE=DATE:{begin:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{end:%Y%m%d}"
    else:
        yield f"DTSTART;TZID={clock.zone().key}:{begin:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID={clock.zone().key}:{end:%Y%m%dT%H%M%S}"


def _alarm(entry: Entry, minutes: int) -> Iterator[str]:
    if not minutes or entry.status == "CANCELLED" or (entry.whole_day and minutes != A_DAY):
        return
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{text(entry.summary)}"
    yield f"TRIGGER:{MORNING_BEFORE if entry.whole_day else ALARMS[minutes]}"
    yield "END:VALARM"


def write_entry(entry: Entry, alarm: int = 0) -> str:
    """`alarm`: so many minutes before it, a key of ALARMS; 0 for none."""
    changed = _utc(entry.changed_at)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{entry.uid}@{UID_DOMAIN}",
        # Without METHOD the standard wants the moment of the last revision here, not that of the writing out.
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"CREATED:{_utc(entry.created_at)}",
        f"SEQUENCE:{entry.sequence}",
        *_times(entry),
        f"SUMMARY:{text(entry.summary)}",
        f"STATUS:{entry.status}",
        f"TRANSP:{'OPAQUE' if entry.takes_time and entry.status != 'CANCELLED' else 'TRANSPARENT'}",
        f"URL:{entry.url}",
    ]
    if entry.category:
        lines.append(f"CATEGORIES:{text(entry.category)}")
    if entry.location:
        lines.append(f"LOCATION:{text(entry.location)}")
    if entry.geo:
        lines.append("GEO:{:.6f};{:.6f}".format(*entry.geo))
    if entry.description:
        lines.append(f"DESCRIPTION:{text(entry.description)}")
    lines += _alarm(entry, alarm)
    lines.append("END:VEVENT\r\n")
    return "\r\n".join(map(fold, lines))


@cache
def _zone() -> str:
    zone = Timezone.from_tzid(clock.zone().key, first_date=ZONE_FROM, last_date=ZONE_TO)
    zone.pop("COMMENT", None)
    return bytes(zone.to_ical()).decode()


def write_calendar(heading: Heading, entries: Sequence[Entry], *, alarm: int = 0) -> bytes:
    return "".join(_parts(heading, entries, alarm)).encode()


def _parts(heading: Heading, entries: Sequence[Entry], alarm: int) -> Iterator[str]:
    name, description = text(heading.name), text(heading.description)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Renqi//Renqi 1//{'EN' if heading.language.startswith('en') else 'ZH'}",
        "CALSCALE:GREGORIAN",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"DESCRIPTION:{description}",
        f"X-WR-CALDESC:{description}",
        f"X-WR-TIMEZONE:{clock.zone().key}",
        f"URL:{heading.url}",
        f"COLOR:{COLOR}",
        f"X-APPLE-CALENDAR-COLOR:{EXACT_COLOR}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{REFRESH}",
        f"X-PUBLISHED-TTL:{REFRESH}",
    ]
    if heading.source:
        lines.append(f"SOURCE;VALUE=URI:{heading.source}")
    if entries:
        lines.append(f"LAST-MODIFIED:{_utc(max(entry.changed_at for entry in entries))}")
    yield "".join(f"{fold(line)}\r\n" for line in lines)
    yield _zone()
    for entry in entries:
        yield write_entry(entry, alarm)
    yield "END:VCALENDAR\r\n"
