"""Cells of a spreadsheet that goes out: text stays text, whatever it begins with. A name is never a formula."""

from __future__ import annotations

from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font


def plain(cell: Any) -> Any:
    if isinstance(cell.value, str):
        cell.data_type = "s"
    return cell


def cell(sheet: Any, value: Any, *, bold: bool = False, wraps: bool = False) -> Any:
    """Of a sheet that is written row by row."""
    made = plain(WriteOnlyCell(sheet, value=value))
    if bold:
        made.font = Font(bold=True)
    if wraps:
        made.alignment = Alignment(vertical="top", wrap_text=True)
    return made
