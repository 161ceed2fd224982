"""The yearly notice on days off (国务院办公厅关于部分节假日安排的通知), read as it is published.

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

A line gives days off, how many they are, and the weekend days worked for them; brackets give weekdays. Both the count
and the weekdays are held against the dates, which finds a slip and a year that is not meant. Which day off a day worked
makes up for the notice leaves open: by custom they are the last weekdays of that holiday, in order.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import transaction

from hub.errors import Refused
from hub.people.models import Person
from hub.places.working_days import check_day, makeup_days, mark_day, marked_days

LONGEST = 20_000
"""Characters."""
WEEKDAYS = {word: number for number, word in enumerate("一二三四五六日")}
YEAR, MONTH, DAY = "年", "月", "日"
TO, OFF, WORKED, ALTOGETHER = "至", "放假", "上班", "共"
TITLE = re.compile(rf"(\d{{4}}){YEAR}\S{{0,6}}节假日安排")
"""2027年部分节假日安排"""
DATE = re.compile(
    rf"(?:(?P<year>\d{{4}}){YEAR})?(?:(?P<month>\d{{1,2}}){MONTH})?(?P<day>\d{{1,2}}){DAY}"
    rf"(?:\((?P<told>[^()]*)\))?(?P<to>\s*[{TO}-])?"
)
WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")
COUNT = re.compile(rf"(?:{ALTOGETHER}|{OFF})(\d{{1,2}})天")
EVEN = str.maketrans("（）—－～", "()---")


@dataclass(frozen=True)
class NoticeDay:
    day: dt.date
    works: bool
    instead_of: dt.date | None = None
    new: bool = True
    """Other than it is known here by now."""


def read_notice(text: str) -> list[NoticeDay]:
    """In order of days. Weekends off are left out, as weekends are.

    Refused: notice_too_long, notice_without_year, notice_empty, day_out_of_range, and with the day:
    notice_weekday_wrong, notice_count_wrong, notice_span_wrong, notice_date_wrong.
    """
    if len(text) > LONGEST:
        raise Refused("notice_too_long", longest=LONGEST)
    even = text.translate(EVEN)
    title = TITLE.search(even.replace(" ", ""))
    if title is None:
        raise Refused("notice_without_year")
    found: dict[dt.date, NoticeDay] = {}
    # What stands above the first holiday tells of the notice itself, and has its own date.
    for line in even.splitlines():
        if OFF in line or WORKED in line:
            found |= {one.day: one for one in _holiday(line, int(title[1]))}
    if not found:
        raise Refused("notice_empty")
    check_day(*found)
    return [found[day] for day in sorted(found)]


@transaction.atomic
def take_notice(*, text: str, write: bool, by: Person) -> list[NoticeDay]:
    """Its days, each with whether it is news; `write`: from now on they hold. Refused: as read_notice."""
    days = read_notice(text)
    years = {one.day.year for one in days}
    marked, makeup = marked_days(min(years), max(years)), makeup_days(min(years), max(years))
    told = [replace(one, new=(marked.get(one.day), makeup.get(one.day)) != (one.works, one.instead_of)) for one in days]
    if write:
        for one in told:
            if one.new:
                mark_day(day=one.day, works=one.works, instead_of=one.instead_of, by=by)
    return told


def _holiday(line: str, year: int) -> Iterator[NoticeDay]:
    off: list[dt.date] = []
    worked: list[dt.date] = []
    for sentence in re.split(r"[。;；]", line):
        if WORKED in sentence:
            worked += _days(sentence, year)
        elif OFF in sentence:
            days = _days(sentence, year)
            count = COUNT.search(sentence)
            if count and int(count[1]) != len(days):
                raise Refused("notice_count_wrong", day=days[0].isoformat() if days else "", told=int(count[1]))
            off += days
    weekdays = [day for day in off if day.weekday() < 5]
    yield from (NoticeDay(day, works=False) for day in weekdays)
    made_up = weekdays[len(weekdays) - len(worked) :] if len(worked) <= len(weekdays) else []
    for place, day in enumerate(sorted(worked)):
        yield NoticeDay(day, works=True, instead_of=made_up[place] if made_up else None)


def _days(sentence: str, year: int) -> list[dt.date]:
    """Single days and spans. A month that is not said is that of the date before, a year the notice's, until one is
    named."""
    found: list[dt.date] = []
    month, since = 0, None
    for match in DATE.finditer(sentence):
        if match["year"]:
            year = int(match["year"])
        month = int(match["month"] or month)
        day = _date(year, month, int(match["day"]), match["told"] or "")
        if since is not None:
            if not dt.timedelta() < day - since < dt.timedelta(days=31):
                raise Refused("notice_span_wrong", day=day.isoformat())
            found += [since + dt.timedelta(days=n) for n in range(1, (day - since).days + 1)]
        else:
            found.append(day)
        since = day if match["to"] else None
    return found


def _date(year: int, month: int, day: int, told: str) -> dt.date:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise Refused("notice_date_wrong", year=year, month=month, day=day) from None
    weekday = WEEKDAY.search(told)
    if weekday and WEEKDAYS.get(weekday[1], 6) != found.weekday():
        raise Refused("notice_weekday_wrong", day=found.isoformat(), told=weekday[0])
    return found
