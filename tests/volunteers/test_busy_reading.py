"""Calendar files of any making: what they come to, or a refusal."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refused
from volunteers.busy.reading import MAX_BYTES, MOST_ENTRIES, Reading, read_busy

FIRST = dt.datetime(2026, 12, 14, tzinfo=ZoneInfo("Asia/Shanghai"))
ALL_DAY = ",".join(str(hour) for hour in range(24))
LAST = FIRST + dt.timedelta(weeks=26)


def calendar(*entries: str) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//", *entries, "END:VCALENDAR", ""]
    return "\r\n".join(line for part in lines for line in part.split("\n")).encode()


def event(*lines: str, uid: str = "1") -> str:
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def read(*entries: str) -> Reading:
    return read_busy(calendar(*entries), first=FIRST, last=LAST)


def spans(*entries: str) -> list[str]:
    """In local time, `12-14 09:00/12-14 10:00`."""
    zone = ZoneInfo("Asia/Shanghai")
    reading = read(*entries)
    assert reading.skipped == []
    return [f"{start.astimezone(zone):%m-%d %H:%M}/{end.astimezone(zone):%m-%d %H:%M}" for start, end in reading.spans]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["DTSTART:20261215T010000Z", "DTEND:20261215T020000Z"], ["12-15 09:00/12-15 10:00"]),
        (["DTSTART;TZID=Asia/Tokyo:20261215T100000", "DURATION:PT90M"], ["12-15 09:00/12-15 10:30"]),
        (["DTSTART;TZID=China Standard Time:20261215T090000", "DURATION:PT1H"], ["12-15 09:00/12-15 10:00"]),
        (["DTSTART:20261215T090000", "DTEND:20261215T100000"], ["12-15 09:00/12-15 10:00"]),
        (["DTSTART;VALUE=DATE:20261215"], ["12-15 00:00/12-16 00:00"]),
        (["DTSTART;VALUE=DATE:20261212", "DTEND;VALUE=DATE:20261216"], ["12-14 00:00/12-16 00:00"]),
        (["DTSTART:20261215T010000Z"], []),
        (["DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", "TRANSP:TRANSPARENT"], []),
        (["DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", "STATUS:CANCELLED"], []),
        (["DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"], []),
        (["DTSTART:20261201T010000Z", "DTEND:20261201T020000Z"], []),
        (["DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", "RRULE:"], ["12-15 09:00/12-15 10:00"]),
    ],
    ids=lambda value: value[-1] if value else "none",
)
def test_an_entry_keeps_its_time(lines: list[str], found: list[str]) -> None:
    assert spans(event(*lines)) == found


def test_what_repeats_is_cut_at_the_window_and_honors_its_exceptions() -> None:
    weekly = event(
        "DTSTART;TZID=Asia/Shanghai:20200106T090000",
        "DTEND;TZID=Asia/Shanghai:20200106T100000",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Asia/Shanghai:20261221T090000",
    )
    moved = event(
        "RECURRENCE-ID;TZID=Asia/Shanghai:20261228T090000",
        "DTSTART;TZID=Asia/Shanghai:20261229T090000",
        "DTEND;TZID=Asia/Shanghai:20261229T100000",
    )
    found = spans(weekly, moved)
    assert found[:3] == ["12-14 09:00/12-14 10:00", "12-29 09:00/12-29 10:00", "01-04 09:00/01-04 10:00"]
    assert len(found) == 26 - 1


def test_spans_that_touch_are_one_and_our_own_entries_are_none() -> None:
    assert spans(
        event("DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", uid="a"),
        event("DTSTART:20261215T020000Z", "DTEND:20261215T030000Z", uid="b"),
        event("DTSTART:20261216T010000Z", "DTEND:20261216T020000Z", uid="shift@renqi"),
    ) == ["12-15 09:00/12-15 11:00"]


def test_free_and_busy_times_told_as_such_count() -> None:
    told = "\n".join(
        [
            "BEGIN:VFREEBUSY",
            "UID:f",
            "FREEBUSY:20261215T010000Z/PT1H,20261216T010000Z/20261216T020000Z",
            "FREEBUSY;FBTYPE=FREE:20261217T010000Z/PT1H",
            "END:VFREEBUSY",
        ]
    )
    assert spans(told) == ["12-15 09:00/12-15 10:00", "12-16 09:00/12-16 10:00"]


def test_one_entry_that_cannot_be_read_leaves_the_others() -> None:
    good = event("DTSTART:20261215T010000Z", "DTEND:20261215T020000Z", uid="good")
    reading = read(
        event("SUMMARY:no time", uid="a"),
        good,
        event("DTSTART:20200101T000000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY", uid="b"),
        event(
            "DTSTART:20200101T000000Z",
            "DURATION:PT1H",
            "RRULE:FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,1,2,3",
            uid="c",
        ),
        event("DTSTART:20261215T010000Z", "DURATION:nonsense", uid="d"),
    )
    assert len(reading.spans) == 1
    assert [(one.entry, one.code) for one in reading.skipped] == [
        (1, "no_start"),
        (3, "too_frequent"),
        (4, "too_frequent"),
        (5, "unreadable"),
    ]


def test_a_rule_that_never_comes_true_ends() -> None:
    assert (
        spans(event("DTSTART:20200101T000000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"))[1:] == []
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_calendar"),
        (b"\x00\xff\xfe\x00", "not_a_calendar"),
        (b"PK\x03\x04 a workbook", "not_a_calendar"),
        (b"BEGIN:VTIMEZONE\r\nTZID:x\r\nEND:VTIMEZONE\r\n", "not_a_calendar"),
        (b"x" * (MAX_BYTES + 1), "file_too_large"),
        (calendar(*["BEGIN:VEVENT\nEND:VEVENT"] * (MOST_ENTRIES + 1)), "too_many_entries"),
    ],
    ids=["empty", "binary", "workbook", "no calendar", "too large", "too many"],
)
def test_what_is_no_calendar_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_busy(data, first=FIRST, last=LAST)
    assert refused.value.code == code


def test_a_chinese_file_in_its_old_encoding_reads() -> None:
    data = calendar(event("SUMMARY:开会", "DTSTART:20261215T010000Z", "DTEND:20261215T020000Z"))
    assert len(read_busy(data.decode().encode("gb18030"), first=FIRST, last=LAST).spans) == 1


MINUTES = st.integers(0, 26 * 7 * 24 * 60)


@given(st.lists(st.tuples(MINUTES, st.integers(0, 3000)), max_size=12))
def test_minute_by_minute_somebody_is_busy_as_their_entries_say(drawn: list[tuple[int, int]]) -> None:
    step = dt.timedelta(minutes=1)
    entries = [
        event(
            f"DTSTART:{(FIRST + start * step).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            f"DTEND:{(FIRST + (start + length) * step).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
            uid=str(number),
        )
        for number, (start, length) in enumerate(drawn)
    ]
    end = int((LAST - FIRST) / step)
    wanted = {minute for start, length in drawn for minute in range(start, min(start + length, end))}
    found = read(*entries).spans
    minutes = [range(int((start - FIRST) / step), int((stop - FIRST) / step)) for start, stop in found]
    assert sorted(minute for span in minutes for minute in span) == sorted(wanted)
    assert all(one[1] < other[0] for one, other in pairwise(found))
