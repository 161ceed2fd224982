"""The one clock. Every other module asks here for the time, the local day and the week.

A week is named by its Monday. Days and weeks are local to the district (`settings.TIME_ZONE`); a hub elsewhere would
pass its own zone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

MINUTES_A_DAY = 24 * 60


def now() -> dt.datetime:
    """The present moment, aware, in UTC."""
    return timezone.now()


def zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def local(moment: dt.datetime) -> dt.datetime:
    """`moment` on the district's wall clock."""
    return moment.astimezone(zone())


def today() -> dt.date:
    return local(now()).date()


def at(day: dt.date, minute: int = 0) -> dt.datetime:
    """The moment `minute` minutes into the local day `day`, read off the wall clock (1440 is the next midnight)."""
    day, minute = day + dt.timedelta(days=minute // MINUTES_A_DAY), minute % MINUTES_A_DAY
    return dt.datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone())


def monday_of(day: dt.date | dt.datetime) -> dt.date:
    """The Monday of the local week that holds `day`."""
    if isinstance(day, dt.datetime):
        day = local(day).date()
    return day - dt.timedelta(days=day.weekday())


def week_bounds(monday: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """First moment of the week and of the next one."""
    return at(monday), at(monday + dt.timedelta(days=7))


def week_minute(moment: dt.datetime, monday: dt.date) -> int:
    """Wall-clock minutes from the Monday's local midnight: the unit of a planning problem."""
    there = local(moment)
    return (there.date() - monday).days * MINUTES_A_DAY + there.hour * 60 + there.minute


def parse_week(text: str) -> dt.date:
    """`2026-W51` or any date of the week (`2026-12-14`) as its Monday. Raises ValueError."""
    if match := re.fullmatch(r"(\d{4})-W(\d{2})", text.strip()):
        return dt.date.fromisocalendar(int(match[1]), int(match[2]), 1)
    return monday_of(dt.date.fromisoformat(text.strip()))


def age_on(born: dt.date, day: dt.date) -> int:
    """Full years of age on `day`."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def is_working_day(day: dt.date, marked: Mapping[dt.date, bool]) -> bool:
    """Monday to Friday, but for what `marked` says: days off, and days worked to make up for them (调休)."""
    return marked.get(day, day.weekday() < 5)


def add_working_days(day: dt.date, count: int, marked: Mapping[dt.date, bool]) -> dt.date:
    """The last of `count` working days after `day`. Which days are marked: hub.places.working_days."""
    while count:
        day += dt.timedelta(days=1)
        count -= is_working_day(day, marked)
    return day
