"""Which days a rule comes to: holidays, make-up days, terms. The published table of 2026 is the example."""

from __future__ import annotations

import datetime as dt

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.errors import Refused
from hub.places.open_days import is_holiday
from scheduling.series.days import Calendar, Rule, Slot, days_of, slots_of

DAY = dt.timedelta(days=1)
# Of the State Council's notice for 2026: Spring Festival from 15 to 23 February, worked on the 14th and the 28th; the
# 14th makes up for Friday the 20th, the 28th for Monday the 23rd.
OFF = {dt.date(2026, 2, day): False for day in (16, 17, 18, 19, 20, 23)}
MADE_UP = {dt.date(2026, 2, 14): dt.date(2026, 2, 20), dt.date(2026, 2, 28): dt.date(2026, 2, 23)}
SPRING = Calendar(OFF | dict.fromkeys(MADE_UP, True), MADE_UP)


def february(byday: str, **values: object) -> Rule:
    defaults: dict[str, object] = {"first_day": dt.date(2026, 2, 9), "until": dt.date(2026, 3, 1)}
    return Rule(rule=f"FREQ=WEEKLY;BYDAY={byday}", **defaults | values)  # type: ignore[arg-type]


def told(slots: list[Slot]) -> list[tuple[str, str, str]]:
    return [(f"{one.day:%m-%d}", f"{one.on:%m-%d}" if one.on else "", one.reason) for one in slots]


def test_a_day_off_is_held_on_the_day_worked_for_it() -> None:
    assert told(slots_of(february("FR"), SPRING)) == [
        ("02-13", "02-13", ""),
        ("02-20", "02-14", "makeup"),
        ("02-27", "02-27", ""),
    ]


def test_what_nothing_makes_up_for_is_left_out() -> None:
    assert told(slots_of(february("TU"), SPRING)) == [
        ("02-10", "02-10", ""),
        ("02-17", "", "holiday_skipped"),
        ("02-24", "02-24", ""),
    ]


def test_or_moved_to_the_nearest_open_day() -> None:
    assert told(slots_of(february("TU", holidays="move"), SPRING))[1] == ("02-17", "02-14", "holiday_moved")


def test_a_site_that_is_closed_on_saturdays_is_no_open_day_unless_it_is_worked() -> None:
    weekdays = Calendar(SPRING.marked, SPRING.makeup, frozenset(range(5)))
    assert told(slots_of(february("WE", holidays="move"), weekdays))[1] == ("02-18", "02-14", "holiday_moved")


def test_a_saturday_worked_is_no_saturday() -> None:
    slots = slots_of(february("SA"), SPRING)
    assert told(slots) == [
        ("02-14", "", "other_weekday"),
        ("02-21", "", "holiday_skipped"),
        ("02-28", "", "other_weekday"),
    ]
    assert slots[0].instead_of == dt.date(2026, 2, 20)


def test_who_minds_neither_keeps_every_day() -> None:
    kept = slots_of(february("FR,SA", holidays="keep", makeup=False), SPRING)
    assert [(one.on, one.reason) for one in kept] == [(one.day, "") for one in kept]


def test_a_day_made_up_for_before_the_series_begins_is_none_of_its_own() -> None:
    later = february("FR", first_day=dt.date(2026, 2, 16))
    assert told(slots_of(later, SPRING))[0] == ("02-20", "", "holiday_skipped")


def test_a_term_bounds_it() -> None:
    term = (dt.date(2026, 2, 11), dt.date(2026, 2, 14))
    assert told(slots_of(february("MO,TH", term=term), Calendar()))[:4] == [
        ("02-09", "", "outside_term"),
        ("02-12", "02-12", ""),
        ("02-16", "", "outside_term"),
        ("02-19", "", "outside_term"),
    ]
    assert days_of(february("MO,TH", until=None, term=term)) == [dt.date(2026, 2, 9), dt.date(2026, 2, 12)]


def test_the_first_saturday_of_each_month() -> None:
    rule = Rule(dt.date(2027, 3, 1), "FREQ=MONTHLY;BYDAY=1SA", count=3)
    assert days_of(rule) == [dt.date(2027, 3, 6), dt.date(2027, 4, 3), dt.date(2027, 5, 1)]


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("", "rule_unreadable"),
        ("every tuesday", "rule_unreadable"),
        ("FREQ=HOURLY", "rule_unreadable"),
        ("FREQ=WEEKLY;BYDAY=XX", "rule_unreadable"),
        ("FREQ=WEEKLY;INTERVAL=0", "rule_unreadable"),
        ("FREQ=WEEKLY;COUNT=3", "rule_unreadable"),
        ("FREQ=WEEKLY;BYHOUR=3,4", "rule_unreadable"),
        ("FREQ=WEEKLY;BYDAY=TU\nEXDATE:20270302", "rule_unreadable"),
        ("FREQ=WEEKLY;BYDAY=TU\nDTSTART:20200302", "rule_unreadable"),
    ],
)
def test_what_no_rule_is(rule: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        days_of(Rule(dt.date(2027, 3, 1), rule, count=3))
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({}, "rule_endless"),
        ({"until": dt.date(2030, 1, 1)}, "series_too_long"),
        ({"rule": "FREQ=DAILY", "until": dt.date(2027, 12, 1)}, "series_too_long"),
        ({"rule": "FREQ=YEARLY", "count": 5}, "series_too_long"),
        ({"rule": "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31", "count": 5}, "series_too_long"),
    ],
)
def test_it_ends(values: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        days_of(Rule(**{"first_day": dt.date(2027, 3, 1), "rule": "FREQ=WEEKLY"} | values))  # type: ignore[arg-type]
    assert refused.value.code == code


weekdays = st.lists(st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=7, unique=True)
YEAR = [dt.date(2026, 1, 1) + DAY * number for number in range(365)]


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    off = draw(st.sets(st.sampled_from([day for day in YEAR if day.weekday() < 5]), max_size=12))
    worked = draw(st.lists(st.sampled_from([day for day in YEAR if day.weekday() > 4]), max_size=6, unique=True))
    made_up = dict(zip(worked, sorted(off), strict=False))
    return Calendar(dict.fromkeys(off, False) | dict.fromkeys(worked, True), made_up)


@settings(max_examples=150, deadline=None)
@given(
    byday=weekdays,
    interval=st.integers(1, 3),
    first=st.sampled_from(YEAR),
    weeks=st.integers(0, 20),
    holidays=st.sampled_from(("skip", "move", "keep")),
    makeup=st.booleans(),
    calendar=calendars(),
)
def test_every_day_of_the_rule_once_and_no_two_on_one_day(
    byday: list[str], interval: int, first: dt.date, weeks: int, holidays: str, makeup: bool, calendar: Calendar
) -> None:
    """dateutil says which days there are; the table which of them are off."""
    text = f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(byday)}"
    until = first + DAY * 7 * weeks
    rule = Rule(first, text, until=until, holidays=holidays, makeup=makeup)
    slots = slots_of(rule, calendar)
    oracle = rrulestr(text, dtstart=dt.datetime.combine(first, dt.time()))
    assert [one.day for one in slots] == [
        one.date()
        for one in oracle.between(
            dt.datetime.combine(first, dt.time()), dt.datetime.combine(until, dt.time()), inc=True
        )
    ]
    held = [one.on for one in slots if one.on]
    assert len(set(held)) == len(held)
    assert all(first <= day <= until for day in held)
    for one in slots:
        works_otherwise = makeup and one.day in calendar.makeup
        off = holidays != "keep" and is_holiday(one.day, calendar.marked)
        if not works_otherwise and not off:
            assert (one.on, one.reason) == (one.day, "")
        if off and one.on:
            assert not is_holiday(one.on, calendar.marked)
