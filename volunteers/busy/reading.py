"""When somebody is busy, by a calendar file of theirs (RFC 5545). Only spans of time come out: what an entry is about
stays in the file.

Files come from anywhere. Whatever stands in one, the outcome is spans, a list of the entries that could not be read, or
a refusal, within bounded work: a rule that would repeat without end is cut at the window, one that repeats too often is
left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import prod
from typing import Any

import recurring_ical_events
from icalendar import Calendar, Component, vDDDTypes, vRecur

from hub import clock
from hub.errors import Refused

MAX_BYTES = 5 * 1024 * 1024
MOST_ENTRIES = 20_000
MOST_SPANS = 2_000
MOST_REPEATS = 50_000
"""So often a rule may repeat between its beginning and the window's end."""
UID_DOMAIN = "renqi"
"""Entries of our own feeds end in it: whoever subscribes to their shifts is not kept from them by the copy."""
ENTRIES = ("VEVENT", "VFREEBUSY")
ENCODINGS = ("utf-8-sig", "gb18030")
EVERY = {"SECONDLY": 1, "MINUTELY": 60, "HOURLY": 3600, "DAILY": 86400}
"""Seconds; a rule of longer steps never repeats too often by itself."""
FINER = ("BYHOUR", "BYMINUTE", "BYSECOND")
REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")
NOT_BUSY = {"FREE", "WORKINGELSEWHERE"}
DAY = dt.timedelta(days=1)

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Skipped:
    entry: int
    """Its place in the file, from 1."""
    code: str
    """no_start, too_frequent, unreadable."""


@dataclass
class Reading:
    """What a file comes to."""

    entries: int = 0
    spans: list[Span] = field(default_factory=list)
    """In order, none touching another, within the window."""
    skipped: list[Skipped] = field(default_factory=list)


def read_busy(data: bytes, *, first: dt.datetime, last: dt.datetime) -> Reading:
    """Busy spans between two moments. Refused: file_too_large, not_a_calendar, too_many_entries, calendar_too_busy."""
    if len(data) > MAX_BYTES:
        raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    reading = Reading()
    found: list[Span] = []
    for numbers, series in _series(_calendars(data), reading):
        try:
            found += _spans(series, first, last)
        except _TooFrequent:
            reading.skipped += [Skipped(number, "too_frequent") for number in numbers]
        except Exception:  # whatever a foreign file makes the libraries raise concerns its own entries alone
            reading.skipped += [Skipped(number, "unreadable") for number in numbers]
    reading.spans = _merged(found, first, last)
    reading.skipped.sort(key=lambda one: one.entry)
    if len(reading.spans) > MOST_SPANS:
        raise Refused("calendar_too_busy", most=MOST_SPANS)
    return reading


class _TooFrequent(Exception):
    pass


def _calendars(data: bytes) -> Sequence[Component]:
    try:
        calendars: list[Component] = [*Calendar.from_ical(_text(data), multiple=True)]
    except Exception:  # a parser's own ways of giving up are many
        raise Refused("not_a_calendar") from None
    found = [one for one in calendars if one.name == "VCALENDAR"]
    # Entries copied out of a calendar, without what stood around them.
    loose = [one for one in calendars if one.name in ENTRIES]
    if loose:
        around = Calendar()
        around.subcomponents = loose
        found.append(around)
    if not found:
        raise Refused("not_a_calendar")
    return found


def _text(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("not_a_calendar")


def _series(calendars: Iterable[Component], reading: Reading) -> list[tuple[list[int], list[Component]]]:
    """Entries with the exceptions to them: those of one UID belong together. Their places in the file stand beside."""
    series: dict[object, tuple[list[int], list[Component]]] = {}
    for place, calendar in enumerate(calendars):
        for entry in calendar.subcomponents:
            if entry.name not in ENTRIES:
                continue
            reading.entries += 1
            if reading.entries > MOST_ENTRIES:
                raise Refused("too_many_entries", most=MOST_ENTRIES)
            uid = str(entry.get("UID", ""))
            if uid.endswith(f"@{UID_DOMAIN}"):
                continue
            if entry.name == "VEVENT" and not _has_start(entry):
                reading.skipped.append(Skipped(reading.entries, "no_start"))
                continue
            _tidy(entry)
            numbers, entries = series.setdefault((place, entry.name, uid or reading.entries), ([], []))
            numbers.append(reading.entries)
            entries.append(entry)
    return list(series.values())


def _has_start(entry: Component) -> bool:
    """A beginning that stands twice is the first."""
    start: Any = entry.get("DTSTART")
    if isinstance(start, list):
        start = entry["DTSTART"] = start[0]
    return isinstance(start, vDDDTypes) and isinstance(start.dt, dt.date)


def _tidy(entry: Component) -> None:
    """An empty rule is none."""
    if entry.get("RRULE") == vRecur():
        del entry["RRULE"]


def _spans(series: Sequence[Component], first: dt.datetime, last: dt.datetime) -> list[Span]:
    if series[0].name == "VFREEBUSY":
        return [span for entry in series for span in _told_busy(entry)]
    if len(series) == 1 and not any(name in series[0] for name in REPEATS):
        # Most entries: expanding what happens once takes ten times longer.
        return [_once(series[0])] if _is_busy(series[0]) else []
    calendar = Calendar()
    for entry in series:
        _bound(entry, last + DAY)
        calendar.add_component(entry)
    # A day more on both sides: the library compares times without a zone by their face.
    found = recurring_ical_events.of(calendar).between(first - DAY, last + DAY)
    return [(_moment(_value(one, "DTSTART")), _moment(_value(one, "DTEND"))) for one in found if _is_busy(one)]


def _once(entry: Component) -> Span:
    start = _value(entry, "DTSTART")
    if "DTEND" in entry:
        end = _value(entry, "DTEND")
    elif "DURATION" in entry:
        end = start + _value(entry, "DURATION")
    else:
        end = start if isinstance(start, dt.datetime) else start + DAY
    return _moment(start), _moment(end)


def _value(entry: Component, name: str) -> Any:
    """The date, moment or length of a property that is there."""
    value: Any = entry[name]
    return value.dt


def _told_busy(entry: Component) -> Iterator[Span]:
    given: Any = entry.get("FREEBUSY", [])
    for one in given if isinstance(given, list) else [given]:
        if str(one.params.get("FBTYPE", "BUSY")).upper() == "FREE":
            continue
        for start, end in (period.dt for period in getattr(one, "dts", [one])):
            yield _moment(start), _moment(start + end if isinstance(end, dt.timedelta) else end)


def _bound(entry: Component, last: dt.datetime) -> None:
    """See that expanding a rule ends: at the window, and after a bearable number of steps."""
    rules: Any = entry.get("RRULE", [])
    start = _value(entry, "DTSTART")
    for rule in rules if isinstance(rules, list) else [rules]:
        step = EVERY.get(str(rule.get("FREQ", [""])[0]).upper())
        if "COUNT" not in rule:
            ends = [_moment(one) for one in rule.get("UNTIL", [])]
            end = min([*ends, last])
            rule["UNTIL"] = [end.date() if not isinstance(start, dt.datetime) else _like(start, end)]
        else:
            end = last
        if step is None:
            step = 86400
        finer = prod(len(rule[part]) for part in FINER if part in rule)
        steps = max(0.0, (end - _moment(start)).total_seconds()) / (step * max(1, int(rule.get("INTERVAL", [1])[0])))
        if steps * finer > MOST_REPEATS:
            raise _TooFrequent


def _like(start: dt.datetime, moment: dt.datetime) -> dt.datetime:
    """As the standard wants a rule's end: in UTC where the beginning has a zone, on the face of the clock else."""
    return moment.astimezone(dt.UTC) if start.tzinfo else clock.local(moment).replace(tzinfo=None)


def _is_busy(entry: Component) -> bool:
    def said(name: str) -> str:
        return str(entry.get(name, "")).strip().upper()

    return not (
        said("TRANSP") == "TRANSPARENT"
        or said("STATUS") == "CANCELLED"
        or said("X-MICROSOFT-CDO-BUSYSTATUS") in NOT_BUSY
    )


def _moment(value: Any) -> dt.datetime:
    """A day begins at its local midnight; a time without a zone is the district's."""
    if not isinstance(value, dt.datetime):
        return clock.at(value).astimezone(dt.UTC)
    return (value if value.tzinfo else value.replace(tzinfo=clock.zone())).astimezone(dt.UTC)


def _merged(spans: Iterable[Span], first: dt.datetime, last: dt.datetime) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((max(start, first), min(end, last)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
