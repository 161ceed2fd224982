"""The format: folding, escaping and what the standard asks for, read back by parsers that are not ours to bend."""

from __future__ import annotations

import datetime as dt
from typing import Any

import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hub import clock
from scheduling.calendars.ics import Entry, write_calendar, write_entry

MOMENT = clock.at(dt.date(2026, 12, 14), 9 * 60)
CHANGED = dt.datetime(2026, 11, 23, 6, 5, 4, tzinfo=dt.UTC)


def make_entry(**values: Any) -> Entry:
    defaults = {
        "uid": "5f0c",
        "starts_at": MOMENT,
        "ends_at": MOMENT + dt.timedelta(minutes=90),
        "summary": "社区儿童共读",
        "location": "双龙社区 书屋",
        "description": "",
        "geo": (29.03, 106.65),
        "url": "http://localhost:8000/family",
        "status": "CONFIRMED",
        "sequence": 3,
        "created_at": CHANGED,
        "changed_at": CHANGED,
    }
    return Entry(**defaults | values)  # type: ignore[arg-type]


def unfold(raw: bytes) -> list[str]:
    """By the standard's own words: a line break followed by one white space is nothing."""
    return raw.replace(b"\r\n ", b"").decode().split("\r\n")


def unescape(value: str) -> str:
    out, rest = "", iter(value)
    for letter in rest:
        if letter == "\\":
            letter = next(rest)
            letter = "\n" if letter in "nN" else letter
        out += letter
    return out


texts = st.text(
    alphabet=st.one_of(
        st.sampled_from("社区儿童共读，；：（）·👩‍👧‍👦🐌é\n,;:\\\"' "),
        st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")),
    ),
    min_size=1,
    max_size=200,
)


@given(texts, texts)
def test_every_line_is_short_whole_characters_and_unfolds_to_what_was_said(summary: str, description: str) -> None:
    raw = write_entry(make_entry(summary=summary, description=description))
    for line in raw.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    values = dict(line.partition(":")[::2] for line in unfold(raw) if line)
    assert unescape(values["SUMMARY"]) == summary
    assert unescape(values["DESCRIPTION"]) == description


def test_a_whole_calendar_word_by_word() -> None:
    body = write_calendar(name="人齐了 · 我的班次", entries=[make_entry()], language="zh-hans")
    assert [line for line in unfold(body) if line] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Renqi//Renqi 1//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:人齐了 · 我的班次",
        "X-WR-CALNAME:人齐了 · 我的班次",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        "X-PUBLISHED-TTL:PT1H",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:20200101T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:社区儿童共读",
        "DTSTART;TZID=Asia/Shanghai:20261214T090000",
        "DTEND;TZID=Asia/Shanghai:20261214T103000",
        "DTSTAMP:20261123T060504Z",
        "UID:5f0c@renqi",
        "SEQUENCE:3",
        "CREATED:20261123T060504Z",
        "GEO:29.03;106.65",
        "LAST-MODIFIED:20261123T060504Z",
        "LOCATION:双龙社区 书屋",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:http://localhost:8000/family",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")


def test_the_zone_stands_for_itself() -> None:
    """Read as by a program that knows no zone names: the offset is the calendar's own."""
    body = write_calendar(name="x", entries=[make_entry()], language="en")
    zone = Calendar.from_ical(body).timezones[0].to_tz(lookup_tzid=False)
    assert dt.datetime(2026, 12, 14, 9, tzinfo=zone).utcoffset() == dt.timedelta(hours=8)


def test_a_calendar_program_finds_each_entry_on_its_day() -> None:
    later = MOMENT + dt.timedelta(days=1)
    entries = [make_entry(), make_entry(uid="71aa", starts_at=later, ends_at=later + dt.timedelta(hours=1))]
    calendar = Calendar.from_ical(write_calendar(name="x", entries=entries, language="en"))
    for day, uid in ((14, "5f0c@renqi"), (15, "71aa@renqi")):
        found = recurring_ical_events.of(calendar).at((2026, 12, day))
        assert [event["uid"] for event in found] == [uid]


def test_an_empty_calendar_is_one() -> None:
    calendar = Calendar.from_ical(write_calendar(name="人齐了", entries=[], language="zh-hans"))
    assert (calendar["x-wr-calname"], calendar.events) == ("人齐了", [])


def test_nothing_in_a_text_can_end_the_entry() -> None:
    sly = "共读\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"
    (event,) = Calendar.from_ical(write_calendar(name="x", entries=[make_entry(summary=sly)], language="en")).events
    assert event["uid"] == "5f0c@renqi"


def test_control_characters_are_left_out() -> None:
    raw = write_entry(make_entry(summary="共\x00读\x07\r\x85", description="甲\r\n乙\t丙"))
    values = dict(line.partition(":")[::2] for line in unfold(raw) if line)
    assert (values["SUMMARY"], values["DESCRIPTION"]) == ("共读", "甲\\n乙\t丙")
