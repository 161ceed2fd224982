"""Opening a spreadsheet that strangers made: its cells as plain values, or Refused by name.

Nothing in it runs: of a formula the result that the file holds is read, macros and links are never looked at.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import openpyxl
from openpyxl.utils.escape import unescape
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from hub.errors import Refused

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED_BYTES = 200 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_PARTS = 2_000
MAX_TEXT = 5_000
"""Characters of a cell that are kept."""


ENVELOPE = bytes.fromhex("d0cf11e0a1b11ae1")
"""How the container begins that a workbook with a password is put in."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True)
class ErrorCell:
    """What a spreadsheet shows where a formula failed (`#N/A`), or what is no value of any kind."""

    text: str
    code: str = "excel_error"


Cell = None | str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | ErrorCell


@dataclass
class RawSheet:
    name: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    """Row number -> column number -> value, as the spreadsheet counts them; blank cells are absent."""
    formulas: set[tuple[int, int]] = field(default_factory=set)


UNSEEN = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Marks without a width, and those that turn the direction of writing: two names that look alike are one."""
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""No text has them, but files do: a line that ended in two characters leaves `_x000D_`."""


def plain(text: str) -> str:
    """One form for full-width and half-width writing, no blanks around."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()


def read_workbook(data: bytes) -> list[RawSheet]:
    """Refused: file_too_large, workbook_encrypted, not_a_workbook, unpacks_too_large, too_many_rows."""
    if len(data) > MAX_BYTES:
        raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    if data.startswith(ENVELOPE) and ENCRYPTED in data:
        raise Refused("workbook_encrypted")
    _check_archive(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read_sheets(data)
    except Refused:
        raise
    except Exception:
        # Whatever a damaged or forged file makes the reader stumble over: it is no workbook we can read.
        raise Refused("not_a_workbook") from None


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            # A part is never unpacked beyond the size it declares, so that the sum is a promise.
            if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS:
                raise Refused("unpacks_too_large", megabytes=MAX_UNPACKED_BYTES // 1024 // 1024)
            if "[Content_Types].xml" not in names or any(part.flag_bits & 1 for part in parts):
                raise Refused("not_a_workbook")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as start:
                        # Entities are how markup multiplies itself; no spreadsheet program writes any.
                        if b"<!DOCTYPE" in start.read(2048).upper():
                            raise Refused("not_a_workbook")
    except Refused:
        raise
    except Exception:
        raise Refused("not_a_workbook") from None


def _read_sheets(data: bytes) -> list[RawSheet]:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    try:
        counter = [0]
        return [_read_sheet(book, sheet, counter) for sheet in book.worksheets]
    finally:
        book.close()


class _Parser(WorkSheetParser):
    """Says of each cell whether it holds a formula; one that can't be read is an error of its own."""

    def parse_cell(self, element: Any) -> dict[str, Any]:
        formula = element.find(FORMULA_TAG) is not None
        try:
            cell: dict[str, Any] = super().parse_cell(element)
        except (ValueError, IndexError):
            error = str(element.findtext(VALUE_TAG) or "?")
            cell = {"column": self.col_counter, "value": error, "data_type": "e"}
        if formula and cell["value"] is None and element.get("t") != "str":
            # Written by a program that does not compute.
            cell |= {"value": ErrorCell("=", "formula_without_result")}
        return cell | {"formula": formula}


def _read_sheet(book: Any, sheet: Any, counter: list[int]) -> RawSheet:
    found = RawSheet(plain(sheet.title))
    with book._archive.open(sheet._worksheet_path) as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            row = dict(_read_cells(cells, number, found.formulas))
            if row:
                counter[0] += 1
                if counter[0] > MAX_ROWS:
                    raise Refused("too_many_rows", rows=MAX_ROWS)
                found.rows[number] = row
        merged = parser.merged_cells.mergeCell if parser.merged_cells else []
    for area in merged:
        _fill_merged(found, area)
    return found


def _read_cells(cells: list[dict[str, Any]], number: int, formulas: set[tuple[int, int]]) -> Iterator[tuple[int, Cell]]:
    for cell in cells:
        column, value, kind = cell["column"], cell["value"], cell["data_type"]
        if value is None or column > MAX_COLUMNS:
            continue
        if cell["formula"]:
            formulas.add((number, column))
        if kind == "e":
            value = ErrorCell(str(value)[:20])
        elif isinstance(value, str):
            value = CONTROLS.sub("", unescape(value))[:MAX_TEXT]
            if not value.strip():
                continue
        yield column, value


def _fill_merged(sheet: RawSheet, area: Any) -> None:
    """A merged cell says the same for every row it spans; across columns only its first cell speaks."""
    value = sheet.rows.get(area.min_row, {}).get(area.min_col)
    if value is None:
        return
    for number in range(area.min_row + 1, min(area.max_row, area.min_row + MAX_ROWS) + 1):
        if number in sheet.rows:
            sheet.rows[number].setdefault(area.min_col, value)
