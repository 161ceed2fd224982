"""The format: folding, escaping and what the standards ask for, read back by parsers that are not ours to bend. What
ical.js reads of `feed.ics` is tested beside the page (frontend/src/scheduling/calendars)."""

from __future__ import annotations

import datetime as dt
import warnings
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from hub import clock
from scheduling.calendars.ics import ALARMS, Entry, Heading, fold, text, write_calendar, write_entry

MOMENT = clock.at(dt.date(2026, 12, 14), 9 * 60)
CHANGED = dt.datetime(2026, 11, 23, 6, 5, 4, tzinfo=dt.UTC)
WRITTEN = Path(__file__).with_name("feed.ics")


def make_entry(**values: Any) -> Entry:
    defaults = {
        "uid": "5f0c",
        "starts_at": MOMENT,
        "ends_at": MOMENT + dt.timedelta(minutes=90),
        "summary": "社区儿童共读",
        "location": "双龙社区 书屋",
        "description": "",
        "category": "共读",
        "geo": (29.03, 106.65),
        "url": "http://localhost:8000/family",
        "status": "CONFIRMED",
        "sequence": 3,
        "created_at": CHANGED,
        "changed_at": CHANGED,
        "takes_time": not values.get("whole_day"),
    }
    return Entry(**defaults | values)  # type: ignore[arg-type]


def make_heading(**values: str) -> Heading:
    defaults = {"name": "人齐了", "description": "会自己更新", "url": "http://localhost:8000/", "language": "zh-hans"}
    return Heading(**defaults | values)


def read(body: bytes) -> Calendar:
    """As the library reads it: without a warning, and no property that it could not take."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        calendar = Calendar.from_ical(body)
    assert [part.errors for part in calendar.walk()] == [[] for _ in calendar.walk()]
    return calendar


def unfold(raw: bytes) -> list[str]:
    """By the standard's own words: a line break followed by one white space is nothing."""
    return raw.replace(b"\r\n ", b"").decode().split("\r\n")


letters = st.one_of(
    st.sampled_from("社区儿童共读，；：（）·👩‍👧‍👦🐌é\n\u2028\u2029,;:\\\"' "),
    st.characters(exclude_categories=("Cc", "Cs")),
)
# As lists: a text of its own would draw the letters above as rarely as any other, and seldom enough of them for a fold.
texts = (st.lists(letters, min_size=1) | st.lists(letters, min_size=60)).map("".join)


def broken(said: str) -> str:
    """With one kind of line break."""
    return said.translate(dict.fromkeys(map(ord, "\u2028\u2029"), "\n"))


@given(texts.map(text))
def test_every_line_is_short_whole_characters_and_unfolds_to_what_it_was(line: str) -> None:
    folded = fold(line).encode()
    pieces = folded.split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    assert [piece.decode() for piece in pieces] == folded.decode().splitlines()
    assert folded.replace(b"\r\n ", b"").decode() == line


moments = st.integers(1_609_459_200, 2_114_380_800).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC))
degrees = st.floats(-90, 90).map(lambda one: round(one, 6))
entries = st.builds(
    Entry,
    uid=st.uuids().map(str),
    starts_at=moments,
    ends_at=moments,
    summary=texts,
    location=texts,
    description=texts,
    category=texts,
    geo=st.none() | st.tuples(degrees, degrees),
    url=st.just("http://localhost:8000/shifts"),
    status=st.sampled_from(["CONFIRMED", "TENTATIVE", "CANCELLED"]),
    sequence=st.integers(0, 2**31 - 1),
    created_at=moments,
    changed_at=moments,
    whole_day=st.booleans(),
)


@given(entries, st.sampled_from([0, *ALARMS]))
def test_the_library_reads_what_was_said(entry: Entry, alarm: int) -> None:
    (event,) = read(write_calendar(make_heading(), [entry], alarm=alarm)).events
    begin, end = clock.local(entry.starts_at), clock.local(entry.ends_at)
    assert {
        "UID": f"{entry.uid}@renqi",
        "SUMMARY": broken(entry.summary),
        "LOCATION": broken(entry.location),
        "DESCRIPTION": broken(entry.description),
        "STATUS": entry.status,
        "SEQUENCE": entry.sequence,
        "URL": entry.url,
    } == {name: event[name] for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "STATUS", "SEQUENCE", "URL")}
    assert (event["DTSTART"].dt, event["DTEND"].dt) == ((begin.date(), end.date()) if entry.whole_day else (begin, end))
    assert (event.stamp, event.last_modified) == (entry.changed_at, entry.changed_at)
    assert event["CREATED"].dt == entry.created_at
    assert event["CATEGORIES"].cats == [broken(entry.category)]
    assert ("GEO" in event) == (entry.geo is not None)
    if entry.geo:
        assert (event["GEO"].latitude, event["GEO"].longitude) == entry.geo


@pytest.mark.parametrize(("minutes", "before"), [(30, "0:30:00"), (120, "2:00:00"), (1440, "1 day, 0:00:00")])
def test_an_alarm_rings_before_what_still_takes_place(minutes: int, before: str) -> None:
    going, gone = make_entry(), make_entry(status="CANCELLED")
    event, cancelled = read(write_calendar(make_heading(), [going, gone], alarm=minutes)).events
    (alarm,) = event.walk("VALARM")
    assert (alarm["ACTION"], alarm["DESCRIPTION"], str(-alarm["TRIGGER"].dt)) == ("DISPLAY", event["SUMMARY"], before)
    assert cancelled.walk("VALARM") == []


def test_what_lasts_a_day_rings_the_morning_before_or_not_at_all() -> None:
    entry = make_entry(whole_day=True)
    assert ["TRIGGER" in write_entry(entry, minutes) for minutes in (0, 30, 120)] == [False] * 3
    assert "TRIGGER:-PT15H\r\n" in write_entry(entry, 1440)


def test_a_whole_calendar_word_by_word() -> None:
    """`feed.ics` is what ical.js reads in the front end's tests, too."""
    long = "带上老花镜；读《小蝌蚪找妈妈》, 讲到“我们的妈妈有两只大眼睛，嘴巴又阔又大”为止。\n下雨改在室内 👩‍👧‍👦"
    day = clock.at(dt.date(2026, 12, 20))
    written = [
        make_entry(description=long),
        make_entry(uid="71aa", starts_at=MOMENT + dt.timedelta(days=1), ends_at=MOMENT + dt.timedelta(days=1, hours=1),
                   status="CANCELLED", sequence=4),
        make_entry(uid="loan-9", starts_at=day, ends_at=day + dt.timedelta(days=1), whole_day=True, geo=None,
                   location="", category="", summary="还书：《小蝌蚪找妈妈》"),
    ]  # fmt: skip
    heading = make_heading(name="人齐了 · 我的班次", source="http://localhost:8000/calendar/hubs/1.ics")
    body = write_calendar(heading, written, alarm=1440)
    assert unfold(body) == unfold(WRITTEN.read_bytes())
    assert body == WRITTEN.read_bytes()
    assert body.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert [event["STATUS"] for event in read(body).events] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]


def test_where_it_is_fetched_is_said_of_an_open_calendar_alone() -> None:
    assert "SOURCE" not in read(write_calendar(make_heading(), []))
    assert read(write_calendar(make_heading(source="http://x/1.ics"), []))["SOURCE"] == "http://x/1.ics"


def test_the_zone_stands_for_itself() -> None:
    """Read as by a program that knows no zone names: the offset is the calendar's own."""
    body = write_calendar(make_heading(), [make_entry()])
    zone = Calendar.from_ical(body).timezones[0].to_tz(lookup_tzid=False)
    assert dt.datetime(2026, 12, 14, 9, tzinfo=zone).utcoffset() == dt.timedelta(hours=8)


def test_a_calendar_program_finds_each_entry_on_its_day() -> None:
    later = MOMENT + dt.timedelta(days=1)
    two = [make_entry(), make_entry(uid="71aa", starts_at=later, ends_at=later + dt.timedelta(hours=1))]
    calendar = read(write_calendar(make_heading(), two))
    for day, uid in ((14, "5f0c@renqi"), (15, "71aa@renqi")):
        found = recurring_ical_events.of(calendar).at((2026, 12, day))
        assert [event["uid"] for event in found] == [uid]


def test_an_empty_calendar_is_one() -> None:
    calendar = read(write_calendar(make_heading(), []))
    assert (calendar["x-wr-calname"], calendar.events) == ("人齐了", [])


def test_nothing_in_a_text_can_end_the_entry() -> None:
    sly = "共读\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:evil"
    (event,) = read(write_calendar(make_heading(), [make_entry(summary=sly)])).events
    assert event["uid"] == "5f0c@renqi"


def test_control_characters_are_left_out() -> None:
    assert text("共\x00读\x07\r\x85") == "共读"


def test_what_means_something_to_the_format_is_escaped() -> None:
    """Parsers forgive some of it."""
    assert text("甲;乙,丙\\丁\r\n戊\u2028己\u2029庚\t") == "甲\\;乙\\,丙\\\\丁\\n戊\\n己\\n庚\t"
