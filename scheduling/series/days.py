"""Which days a rule comes to, and what holidays, make-up days and terms make of them. No database here.

What RFC 5545 says is python-dateutil's to say; `Slot.day`, the day by the rule, is what identifies an occurrence
(RECURRENCE-ID), whichever day it is held on.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice

from dateutil.rrule import rrule, rrulestr

from hub.errors import Refused
from hub.places.open_days import is_holiday, is_open

DAY = dt.timedelta(days=1)
LONGEST = dt.timedelta(days=2 * 366)
MOST = 200
"""So many sessions at most, within two years: a longer series is a slip, and a new term is another."""
NEAREST = 6
"""A session moves by less than a week: from there on it is next week's."""
BY_DAYS = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;(INTERVAL=[1-9]\d{0,2}|(BYDAY|BYMONTHDAY|BYMONTH|BYSETPOS|WKST)=[A-Z0-9,+-]+))*"
)
"""Whole days alone; COUNT and UNTIL stand beside the rule."""


@dataclass(frozen=True)
class Rule:
    first_day: dt.date
    rule: str
    until: dt.date | None = None
    count: int | None = None
    term: tuple[dt.date, dt.date] | None = None
    holidays: str = "skip"
    """skip, move, keep."""
    makeup: bool = True


@dataclass(frozen=True)
class Calendar:
    """What is known of the days (hub.places.working_days), and on which weekdays the site opens."""

    marked: Mapping[dt.date, bool] = field(default_factory=dict)
    makeup: Mapping[dt.date, dt.date] = field(default_factory=dict)
    """A day worked -> the day off it makes up for."""
    weekdays: frozenset[int] = frozenset(range(7))


@dataclass(frozen=True)
class Slot:
    day: dt.date
    on: dt.date | None
    """Held on this day; none: not held."""
    reason: str = ""
    """holiday_skipped, holiday_moved, makeup (held on the day worked instead), other_weekday (a day worked that follows
    another weekday), outside_term; none for a day like any other."""
    instead_of: dt.date | None = None
    """Of other_weekday: the day off that is made up for."""


def parse(rule: str, first_day: dt.date, last: dt.date) -> rrule:
    """Refused("rule_unreadable")."""
    text = rule.strip().upper()
    if not BY_DAYS.fullmatch(text):
        raise Refused("rule_unreadable")
    try:
        found = rrulestr(text, dtstart=dt.datetime.combine(first_day, dt.time()))
    except (ValueError, TypeError, KeyError, IndexError):
        raise Refused("rule_unreadable") from None
    if not isinstance(found, rrule):
        raise Refused("rule_unreadable")
    # A rule that no day ever meets would be searched for to the end of time.
    return found.replace(until=dt.datetime.combine(last, dt.time()))


def days_of(rule: Rule) -> list[dt.date]:
    """The days by the rule alone. Refused: rule_unreadable, rule_endless, series_too_long."""
    last = rule.until or (rule.term[1] if rule.term else None)
    if last is None and rule.count is None:
        raise Refused("rule_endless")
    horizon = rule.first_day + LONGEST
    found = parse(rule.rule, rule.first_day, min(last or horizon, horizon))
    days = [moment.date() for moment in islice(found, rule.count or MOST + 1)]
    if len(days) > MOST or (last or horizon) > horizon or (last is None and len(days) < (rule.count or 0)):
        raise Refused("series_too_long", most=MOST)
    return days


def slots_of(rule: Rule, calendar: Calendar) -> list[Slot]:
    """Every day by the rule and where it is held, in order of the rule's days. No two are held on one day.

    A day off that is made up for is held on the day worked instead; that day in its turn follows no weekday but the one
    it makes up for.
    """
    days = days_of(rule)
    worked_for = {off: day for day, off in calendar.makeup.items()} if rule.makeup else {}
    slots: dict[dt.date, Slot] = {}
    taken: set[dt.date] = set()
    off = []
    for day in days:
        if not _within(day, rule):
            slots[day] = Slot(day, None, "outside_term")
        elif rule.makeup and day in calendar.makeup:
            slots[day] = Slot(day, None, "other_weekday", calendar.makeup[day])
        elif rule.holidays != "keep" and is_holiday(day, calendar.marked):
            off.append(day)
        else:
            slots[day] = Slot(day, day)
            taken.add(day)
    for day in off:
        worked = worked_for.get(day)
        if worked and _bounds(worked, rule) and worked not in taken:
            slots[day] = Slot(day, worked, "makeup")
            taken.add(worked)
    for day in off:
        if day not in slots:
            on = _nearest(day, rule, calendar, taken) if rule.holidays == "move" else None
            slots[day] = Slot(day, on, "holiday_moved" if on else "holiday_skipped")
            taken |= {on} if on else set()
    return [slots[day] for day in days]


def _within(day: dt.date, rule: Rule) -> bool:
    return rule.term is None or rule.term[0] <= day <= rule.term[1]


def _bounds(day: dt.date, rule: Rule) -> bool:
    """Whether a day may be held instead of another: neither before the series nor after it."""
    return rule.first_day <= day <= (rule.until or dt.date.max) and _within(day, rule)


def _nearest(day: dt.date, rule: Rule, calendar: Calendar, taken: set[dt.date]) -> dt.date | None:
    """The later of two equally near: who looks for it on the day finds it still ahead."""
    for step in range(1, NEAREST + 1):
        for other in (day + DAY * step, day - DAY * step):
            if other not in taken and _bounds(other, rule) and is_open(other, calendar.weekdays, calendar.marked):
                return other
    return None
