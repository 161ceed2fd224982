"""Numbers, words, names and phones as people write them; and that no cell, however odd, breaks a parser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.people import cells as people
from hub.workbook.cells import (
    CellFault,
    as_text,
    between,
    hours_as_minutes,
    one_of,
    prose,
    text,
    whole,
    words,
    yes_no,
)
from hub.workbook.reading import ErrorCell
from hub.workbook.sheets import all_sheets
from hub.workbook.times import day, moment, spans, windows


@pytest.mark.parametrize(
    ("parse", "written", "expected"),
    [
        (text(), "　双龙社区　", "双龙社区"),
        (text(), "共读  ·春禾", "共读 ·春禾"),
        (text(), 12.0, "12"),
        (prose(), "=SUM(A1)", "=SUM(A1)"),
        (prose(), "<b>粗</b>\n第二行", "<b>粗</b>\n第二行"),
        (whole(), "１２", 12),
        (whole(), 12.0, 12),
        (whole(), "12人", 12),
        (whole(), "1,200", 1200),
        (between(0), "46.5", 46.5),
        (hours_as_minutes, "46.5小时", 2790),
        (yes_no, "是", True),
        (yes_no, "Y", True),
        (yes_no, "√", True),
        (yes_no, True, True),
        (yes_no, "否", False),
        (yes_no, "Ｎ", False),
        (one_of({"社工": 1}), " 社 工 ", 1),
        (words(), "讲故事；急救、送餐,驾驶;送餐", ["讲故事", "急救", "送餐", "驾驶"]),
        (words(), "无", []),
        (people.name, "李  雷", "李雷"),
        (people.name, "Anna Li", "Anna Li"),
        (people.phone, 13812345678, "13812345678"),
        (people.phone, 13812345678.0, "13812345678"),
        (people.phone, "138 1234-5678", "13812345678"),
        (people.phone, "＋86 13812345678", "13812345678"),
        (people.phone, 199301904218, "199301904218"),
        (people.relatives, "奶奶 唐秀英；爷爷：张三", [("奶奶", "唐秀英"), ("爷爷", "张三")]),
        (people.relatives, "唐秀英", [("", "唐秀英")]),
    ],
)
def test_a_cell(parse: Callable[[Any], object], written: object, expected: object) -> None:
    assert parse(written) == expected


@pytest.mark.parametrize(
    ("parse", "written", "code"),
    [
        (text(), ErrorCell("#N/A"), "excel_error"),
        (text(3), "四个汉字", "too_long"),
        (whole(), "3.5", "not_whole"),
        (whole(), -1, "negative"),
        (whole(1, 3), 4, "out_of_range"),
        (whole(), "三个", "not_a_number"),
        (whole(), True, "not_a_number"),
        (between(0), float("inf"), "not_a_number"),
        (between(0), dt.date(2026, 1, 1), "not_a_number"),
        (yes_no, "也许", "not_yes_no"),
        (one_of({"社工": 1}), "老师", "unknown_word"),
        (people.name, True, "not_a_name"),
        (people.name, 12345, "not_a_name"),
        (people.phone, "12345", "not_a_phone"),
        (people.phone, "02348671234", "not_a_phone"),
        (people.phone, dt.date(2026, 1, 1), "not_a_phone"),
    ],
)
def test_no_such_cell(parse: Callable[[Any], object], written: object, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        parse(written)
    assert fault.value.code == code


CELLS = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="周一二三六日末至到-—:：；;、,0123456789年月日上下午全天点半@. /", max_size=30),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.dates(),
    st.times(),
    st.timedeltas(),
    st.just(ErrorCell("#REF!")),
)


@settings(max_examples=400, deadline=None)
@given(cell=CELLS)
def test_no_cell_breaks_a_parser(cell: object) -> None:
    parsers = {column.parse for sheet in all_sheets() for column in sheet.columns}
    for parse in [*parsers, day, moment, windows, spans, as_text]:
        with suppress(CellFault):
            parse(cell)  # type: ignore[arg-type]
