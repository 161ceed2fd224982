"""Writing a workbook in the form that is read: the empty template, and whatever fills it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from hub.workbook.examine import in_order
from hub.workbook.sheets import Column
from hub.workbook.writing import plain

ROWS_WITH_LISTS = 2_000
PAPER = PatternFill("solid", fgColor="F6EDE4")
REQUIRED = PatternFill("solid", fgColor="F3D9C8")

Filling = Mapping[str, Iterable[Sequence[Any]]]
"""Sheet name -> rows, each in the order of the sheet's columns."""


def write_workbook(filling: Filling | None = None, *, sheets: Mapping[str, Sequence[Column]] | None = None) -> bytes:
    """Every sheet with its headers, or those of `sheets` with these columns; the rows of `filling` below. Text stays
    text: nothing is written as a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in in_order():
        if sheets is not None and sheet.name not in sheets:
            continue
        page = book.create_sheet(sheet.name)
        _write_headers(page, sheet.columns if sheets is None else sheets[sheet.name])
        for number, row in enumerate((filling or {}).get(sheet.name, ()), start=2):
            for place, value in enumerate(row, start=1):
                if value is not None:
                    plain(page.cell(number, place, value))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write_headers(page: Worksheet, columns: Sequence[Column]) -> None:
    page.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        cell = page.cell(1, place, column.header)
        cell.font = Font(bold=True)
        cell.fill = REQUIRED if column.required else PAPER
        cell.alignment = Alignment(vertical="center")
        hint = _hint(column)
        if hint:
            cell.comment = Comment(hint, "人齐了", width=280, height=90)
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = max(column.width, len(column.header) * 2 + 3)
        if column.choices:
            # A list to choose from; what else people write is still read, and faulted with its reason.
            listed = ",".join(column.choices())
            validation = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
            validation.add(f"{letter}2:{letter}{ROWS_WITH_LISTS}")
            page.add_data_validation(validation)
    page.row_dimensions[1].height = 24


def _hint(column: Column) -> str:
    parts = [gettext("workbook.template.required")] if column.required else []
    if column.choices:
        parts.append(gettext("workbook.template.one_of") % {"words": "、".join(column.choices())})
    if column.example:
        parts.append(gettext("workbook.template.example") % {"text": column.example})
    return "\n".join(parts)
