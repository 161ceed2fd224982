"""Days, moments, windows and spans: one line for each habit of writing."""

from __future__ import annotations

import datetime as dt

import pytest

from hub import clock
from hub.workbook.cells import CellFault
from hub.workbook.times import day, moment, spans, windows

MON = dt.date(2026, 12, 14)


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-14",
        "2026/12/14",
        "2026.12.14",
        "2026年12月14日",
        "２０２６－１２－１４",
        " 2026-12-14 ",
        "20261214",
        20261214,
        "2026-12-14 00:00:00",
        "2026年12月14号",
        46370,
        46370.0,
        dt.date(2026, 12, 14),
        dt.datetime(2026, 12, 14),  # noqa: DTZ001 a cell knows no zone
    ],
)
def test_a_day(written: object) -> None:
    assert day(written) == MON


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026-02-30", "impossible_date"),
        ("2026年13月1日", "impossible_date"),
        ("0026-01-01", "impossible_date"),
        ("12月14日", "year_missing"),
        ("12/14", "year_missing"),
        ("明天", "not_a_date"),
        ("=TODAY()", "not_a_date"),
        ("46370", "not_a_date"),
        (1950, "not_a_date"),
        (True, "not_a_date"),
    ],
)
def test_no_day(written: object, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        day(written)
    assert fault.value.code == code


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-14 16:30",
        "2026/12/14 16:30",
        "2026年12月14日 16:30",
        "2026年12月14日16：30",
        "2026-12-14T16:30",
        "2026-12-14 16:30:00",
        "2026年12月14日 16时30分",
        "2026年12月14日 下午4:30",
        "2026年12月14日 下午4点半",
        "2026-12-14 周一 16:30",
        "2026-12-14（周一）16:30",
        "2026-12-14 16.30",
        "2026-12-14 4:30PM",
        "2026.12.14 16:30",
        46370.6875,
        dt.datetime(2026, 12, 14, 16, 30),  # noqa: DTZ001 a cell knows no zone
        dt.datetime(2026, 12, 14, 16, 29, 59),  # noqa: DTZ001 a cell knows no zone
    ],
)
def test_a_moment(written: object) -> None:
    assert moment(written) == clock.at(MON, 16 * 60 + 30)


def test_a_time_alone_is_minutes() -> None:
    written = ("16:30", "16.30", "下午4点半", "4:30PM", "4:30 pm", dt.time(16, 30), 0.6875)
    assert [moment(one) for one in written] == [990] * len(written)
    assert [moment(one) for one in ("24:00", "晚上12点", "12:00AM", "12 PM", "中午1点")] == [1440, 1440, 0, 720, 780]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2026-12-14", "time_missing"),
        (dt.date(2026, 12, 14), "time_missing"),
        ("2026-12-14 25:00", "impossible_time"),
        ("2026-12-14 16:75", "impossible_time"),
        ("2026-02-30 16:30", "impossible_date"),
        ("2026-12-14 周二 16:30", "impossible_date"),
        ("下午", "not_a_moment"),
        ("2026-12-14 下午", "not_a_moment"),
        (12, "not_a_moment"),
        ("12-14 16:30", "year_missing"),
        ("12月14日16:30", "year_missing"),
        ("16.5", "not_a_moment"),
    ],
)
def test_no_moment(written: object, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        moment(written)
    assert fault.value.code == code


def on(days: str, start: str, end: str) -> list[tuple[int, int, int]]:
    minutes = [int(one[:2]) * 60 + int(one[3:]) for one in (start, end)]
    return [(int(weekday), *minutes) for weekday in days]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("周一至周五 08:00—17:30", on("01234", "08:00", "17:30")),
        ("周一至周五 08：00～17：30", on("01234", "08:00", "17:30")),
        ("周一到周五08:00至17:30", on("01234", "08:00", "17:30")),
        ("周一-五 8:00-17:30", on("01234", "08:00", "17:30")),
        ("星期一至星期五 8点-17点半", on("01234", "08:00", "17:30")),
        ("周1至周5 08:00-17:30", on("01234", "08:00", "17:30")),
        ("无", []),
        ("None", []),
        ("工作日 08:30-18:30", on("01234", "08:30", "18:30")),
        ("平日 08:30~18:30", on("01234", "08:30", "18:30")),
        ("周末 全天", on("56", "00:00", "24:00")),
        ("周末全天", on("56", "00:00", "24:00")),
        ("双休日", on("56", "00:00", "24:00")),
        ("周六日 09:00-21:00", on("56", "09:00", "21:00")),
        ("周六、周日 09:00-21:00", on("56", "09:00", "21:00")),
        ("周一、周三 上午", on("02", "08:00", "12:00")),
        ("周一三五 下午", on("024", "12:00", "18:00")),
        ("礼拜天 上午9点-11点", on("6", "09:00", "11:00")),
        ("周二 下午2:00-5:00", on("1", "14:00", "17:00")),
        ("每天 10:00-13:30", on("0123456", "10:00", "13:30")),
        ("10:00-13:30", on("0123456", "10:00", "13:30")),
        ("周六至周一 09:00-10:00", on("056", "09:00", "10:00")),
        ("周六 08:00至21:00;周三 16:00至21:30", [(2, 960, 1290), (5, 480, 1260)]),
        ("周六 08:00-21:00；周三 16:00-21:30", [(2, 960, 1290), (5, 480, 1260)]),
        ("周六 08:00-21:00\n周三 16:00-21:30", [(2, 960, 1290), (5, 480, 1260)]),
        ("周六 08:00-21:00，周三 16:00-21:30。", [(2, 960, 1290), (5, 480, 1260)]),
        ("周一 08:00-12:00、14:00-17:00", [(0, 480, 720), (0, 840, 1020)]),
        ("周一 08:00-12:00；周一 12:00-17:00", on("0", "08:00", "17:00")),
        ("周末 20:00-24:00", on("56", "20:00", "24:00")),
        ("周末 20:00-00:00", on("56", "20:00", "24:00")),
        ("周一至周五 8.30-17.30", on("01234", "08:30", "17:30")),
        ("周一 8:30AM-5:30PM", on("0", "08:30", "17:30")),
        ("周一 2-4pm", on("0", "14:00", "16:00")),
        ("周一 9-5pm", on("0", "09:00", "17:00")),
        ("周一 下午2点-5点", on("0", "14:00", "17:00")),
        ("周一 晚上7点-晚上12点", on("0", "19:00", "24:00")),
    ],
)
def test_windows(written: str, expected: list[tuple[int, int, int]]) -> None:
    assert windows(written) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("看情况", "not_a_window"),
        ("周一 有空就来", "not_a_window"),
        ("周八 08:00-09:00", "not_a_window"),
        ("周一 17:00-08:00", "times_reversed"),
        ("周一 8.5-9.5", "not_a_window"),
        ("周一 08:00-25:00", "impossible_time"),
    ],
)
def test_no_windows(written: str, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        windows(written)
    assert fault.value.code == code


def between(first: tuple[int, int], last: tuple[int, int]) -> tuple[dt.datetime, dt.datetime]:
    """Day of December and minute."""
    return tuple(clock.at(dt.date(2026, 12, one[0]), one[1]) for one in (first, last))  # type: ignore[return-value]


WHOLE_19 = between((19, 0), (20, 0))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-12-19 全天", [WHOLE_19]),
        ("2026-12-19", [WHOLE_19]),
        ("2026年12月19日全天", [WHOLE_19]),
        ("2026/12/19（周六） 全天", [WHOLE_19]),
        (dt.datetime(2026, 12, 19), [WHOLE_19]),  # noqa: DTZ001 a cell knows no zone
        ("2026-12-19 14:00-16:00", [between((19, 840), (19, 960))]),
        ("2026-12-19 14：00—16：00", [between((19, 840), (19, 960))]),
        ("无", []),
        ("2026-12-19至12-21", [between((19, 0), (22, 0))]),
        ("2026.12.19-12.21", [between((19, 0), (22, 0))]),
        ("2026-12-19 14.00-16.00", [between((19, 840), (19, 960))]),
        ("2026-12-19 20:00-24:00", [between((19, 1200), (20, 0))]),
        (46375, [WHOLE_19]),
        ("2026-12-19 上午", [between((19, 480), (19, 720))]),
        ("2026-12-19至2026-12-21", [between((19, 0), (22, 0))]),
        ("2026年12月19日-21日", [between((19, 0), (22, 0))]),
        ("2026年12月19日至12月21日 全天", [between((19, 0), (22, 0))]),
        ("2026-12-21 全天；2026-12-19 全天", [WHOLE_19, between((21, 0), (22, 0))]),
        ("2026-12-19 全天、2026-12-19 全天", [WHOLE_19]),
    ],
)
def test_spans(written: object, expected: list[tuple[dt.datetime, dt.datetime]]) -> None:
    assert spans(written) == expected


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("12月19日", "year_missing"),
        ("12-19 全天", "year_missing"),
        ("有事", "not_a_span"),
        ("2026-02-30 全天", "impossible_date"),
        ("2026-12-21至2026-12-19", "times_reversed"),
        ("2026-12-19 16:00-14:00", "times_reversed"),
        ("@99999999@", "impossible_date"),
    ],
)
def test_no_spans(written: str, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        spans(written)
    assert fault.value.code == code
