"""Everything that is kept about somebody, to take along: for machines (JSON), or to read (a spreadsheet)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import orjson
from openpyxl import Workbook

from hub import clock
from hub.people.my_data import About, Value, worded
from hub.workbook.writing import cell

LONGEST_TITLE = 31
NOT_IN_A_TITLE = str.maketrans(r"\/*?:[]", "-------")


def as_json(abouts: Sequence[About]) -> bytes:
    people = [
        {
            "name": about.person.name,
            "child": about.child,
            "parts": {
                one.part.name: [dict(zip(one.part.columns, row, strict=True)) for row in one.rows] for one in about.kept
            },
        }
        for about in abouts
    ]
    return orjson.dumps({"made_at": clock.now(), "people": people}, option=orjson.OPT_INDENT_2)


def as_workbook(abouts: Sequence[About]) -> bytes:
    """A sheet for each part; a child's bear the child's name."""
    book = Workbook(write_only=True)
    for about in abouts:
        for one in about.kept:
            name = f"{one.title} {about.person.name}" if about.child else one.title
            sheet = book.create_sheet(name.translate(NOT_IN_A_TITLE)[:LONGEST_TITLE])
            sheet.freeze_panes = "A2"
            sheet.append([cell(sheet, column, bold=True) for column in one.columns])
            for row in one.rows:
                sheet.append([cell(sheet, _shown(value)) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(value: Value) -> dt.datetime | int | str:
    if isinstance(value, dt.datetime):
        return clock.local(value).replace(tzinfo=None)
    return value if isinstance(value, int) and not isinstance(value, bool) else worded(value)
