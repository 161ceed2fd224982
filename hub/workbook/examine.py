"""From the bytes of a workbook to a Book: read, parsed, compared and checked. Writes nothing."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from openpyxl.utils import get_column_letter

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.workbook.book import Book, Finding
from hub.workbook.cells import CellFault, as_text
from hub.workbook.compare import compare
from hub.workbook.reading import Cell, RawSheet, plain, read_workbook
from hub.workbook.sheets import Column, Row, Sheet, all_sheets, sheet_named

HEADER_WITHIN = 10
"""Rows above the headers that a title may take."""
EXAMPLE = "示例"
"""The first word of a row that only shows how to fill in."""


def examine(data: bytes, *, actor: Actor | None = None, as_week: dt.date | None = None) -> Book:
    """Refused: what `read_workbook` refuses, no_known_sheet."""
    book = Book(actor=actor)
    known = []
    for raw in read_workbook(data):
        sheet = sheet_named(raw.name)
        if sheet and sheet.name not in book.letters:
            known.append((sheet, raw))
            book.letters[sheet.name] = {}
        elif raw.rows:
            book.warnings.append(Finding(raw.name[:40], 0, "", "sheet_ignored"))
    if not known:
        raise Refused("no_known_sheet", sheets="、".join(sheet.name for sheet in in_order()))
    for sheet, raw in known:
        _parse_sheet(sheet, raw, book)
    _settle_week(book, as_week)
    for sheet in all_sheets():
        _name_rows(sheet, book)
    for sheet in all_sheets():
        sheet.load(book.rows[sheet.name], book)
    compare(book)
    for sheet in all_sheets():
        sheet.check(book.good(sheet), book)
    _blame_missing_sheets(book)
    order = {sheet.name: place for place, sheet in enumerate(in_order())}
    for findings in (book.faults, book.warnings):
        findings.sort(key=lambda one: (order.get(one.sheet, 99), one.row, len(one.letter), one.letter))
    return book


def in_order() -> list[Sheet]:
    return sorted(all_sheets(), key=lambda sheet: sheet.position)


def _header(raw: RawSheet, sheet: Sheet) -> tuple[int, dict[str, int]]:
    """The row that names the columns, and where each stands: the one among the first rows that names the most."""
    wanted = {_plain_header(column.header): column.field for column in sheet.columns}
    best: tuple[int, dict[str, int]] = (min(raw.rows, default=1), {})
    for number in sorted(raw.rows)[:HEADER_WITHIN]:
        found: dict[str, int] = {}
        for place, cell in sorted(raw.rows[number].items()):
            name = wanted.get(_plain_header(cell)) if isinstance(cell, str) else None
            if name:
                found.setdefault(name, place)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def _plain_header(text: str) -> str:
    return "".join(plain(text).split()).strip("*:()必填选")


def _parse_sheet(sheet: Sheet, raw: RawSheet, book: Book) -> None:
    if not raw.rows:
        return
    header, places = _header(raw, sheet)
    book.header_rows[sheet.name] = header
    book.letters[sheet.name] = {name: get_column_letter(place) for name, place in places.items()}
    if not places:
        book.faults.append(Finding(sheet.name, 0, "", "header_missing"))
        return
    missing = [column for column in sheet.columns if column.required and column.field not in places]
    for column in missing:
        book.faults.append(Finding(sheet.name, header, column.header, "column_missing"))
    _warn_of_other_columns(sheet, raw, header, set(places.values()), book)
    for number in sorted(raw.rows):
        if number <= header:
            continue
        cells = {name: raw.rows[number].get(place) for name, place in places.items()}
        if any(cell is not None for cell in cells.values()) and not (
            _is_example(raw.rows[number]) or _is_header(raw.rows[number], raw.rows[header])
        ):
            row = _parse_row(sheet, number, cells, book, {column.field for column in missing})
            _warn_of_formulas(row, raw, places, book)


def _is_example(cells: dict[int, Cell]) -> bool:
    first = cells.get(min(cells))
    return isinstance(first, str) and plain(first).startswith(EXAMPLE)


def _is_header(cells: dict[int, Cell], header: dict[int, Cell]) -> bool:
    """Said again, where several lists were put one below the other."""
    return all(isinstance(cell, str) and cell == header.get(place) for place, cell in cells.items())


def _warn_of_other_columns(sheet: Sheet, raw: RawSheet, header: int, known: set[int], book: Book) -> None:
    for place, cell in raw.rows.get(header, {}).items():
        if place not in known and isinstance(cell, str):
            finding = Finding(sheet.name, header, plain(cell)[:40], "column_ignored", letter=get_column_letter(place))
            book.warnings.append(finding)


def _warn_of_formulas(row: Row, raw: RawSheet, places: dict[str, int], book: Book) -> None:
    """Not beside a fault, which the formula may well be the cause of."""
    if row.faulty:
        return
    for name, place in places.items():
        if (row.number, place) in raw.formulas:
            book.warn(row, name, "formula_kept")


def _parse_row(sheet: Sheet, number: int, cells: dict[str, Cell], book: Book, missing: set[str]) -> Row:
    row = Row(sheet, number, cells, {})
    book.rows[sheet.name].append(row)
    for column in sheet.columns:
        row.values[column.field] = _parse_cell(row, column, book, column.field in missing)
    return row


def _parse_cell(row: Row, column: Column, book: Book, missing: bool) -> Any:
    cell = row.cells.get(column.field)
    if missing:
        row.faulty = True
    elif cell is None:
        if column.required and not column.may_lack:
            book.fault(row, column.field, "required")
    else:
        try:
            return column.parse(cell)
        except CellFault as fault:
            book.fault(row, column.field, fault.code, **fault.facts)
    return column.blank() if callable(column.blank) else column.blank


def _settle_week(book: Book, as_week: dt.date | None) -> None:
    """The workbook's week is the one most of its sessions are in; `as_week` takes all its dates along to another."""
    told: Counter[dt.date] = Counter()
    for sheet in all_sheets():
        if sheet.week_field:
            moments = (row.values[sheet.week_field] for row in book.rows[sheet.name])
            told.update(clock.monday_of(moment) for moment in moments if isinstance(moment, dt.datetime))
    book.week_told = bool(told or as_week)
    if told:
        book.week = min(told, key=lambda week: (-told[week], week))
        if as_week:
            book.shift, book.week = as_week - book.week, as_week
    elif as_week:
        book.week = as_week
    if book.shift:
        for sheet in all_sheets():
            for column in sheet.columns:
                if column.moves:
                    for row in book.rows[sheet.name]:
                        row.values[column.field] = _moved(row.values[column.field], book.shift)


def _moved(value: Any, by: dt.timedelta) -> Any:
    if isinstance(value, dt.datetime):
        there = clock.local(value) + by
        return clock.at(there.date(), there.hour * 60 + there.minute)
    if isinstance(value, dt.date):
        return value + by
    if isinstance(value, list | tuple):
        return type(value)(_moved(one, by) for one in value)
    return value


def _name_rows(sheet: Sheet, book: Book) -> None:
    """Tell rows apart by their keys. The second row of a key is at fault, not the first."""
    seen: dict[tuple[str, ...], Row] = {}
    alike: dict[tuple[str, ...], Row] = {}
    for row in book.rows[sheet.name]:
        if not row.faulty:
            sheet.tidy(row, book)
        row.key = sheet.key(row.values)
        if sheet.defines:
            name = sheet.defined(row)
            if name and all(name):
                book.defined[sheet.defines][name].append(row)
            else:
                book.nameless[sheet.defines] += 1
        if row.faulty or not any(row.key):
            continue
        earlier = seen.setdefault(row.key, row)
        if earlier is not row:
            book.fault(row, sheet.columns[0].field, "duplicate", other=earlier.number)
            # It may have been meant as another: the name it would have had is excused.
            book.nameless[sheet.defines] += 1
            continue
        first = alike.setdefault(tuple(part.casefold() for part in row.key), row)
        if first is not row:
            book.warn(row, sheet.columns[0].field, "same_but_for_case", other=first.number)


NAMES_TOLD = 3


def _blame_missing_sheets(book: Book) -> None:
    """Many names nobody knows, of a sheet without rows: the sheet is the fault, not they.

    A single name that the database lacks, while it has others of its kind, is misspelled where it stands.
    """
    for sheet in all_sheets():
        kinds = {sheet.defines, *sheet.also_names} - {""}
        unknown = {key: fault for key, fault in book.unknown.items() if key[0] in kinds}
        if book.rows[sheet.name] or not unknown:
            continue
        if len(unknown) == 1 and any(book.names[kind] for kind, _ in unknown):
            continue
        ours = {id(fault) for fault in unknown.values()}
        # A sheet whose headers are at fault already says so.
        at_fault = any(fault.sheet == sheet.name for fault in book.faults)
        book.faults = [fault for fault in book.faults if id(fault) not in ours]
        if not at_fault:
            names = [fault.facts["name"] for fault in unknown.values()]
            told = "、".join(f"“{name}”" for name in names[:NAMES_TOLD])
            facts = {"names": told, "count": len(names), "first": next(iter(unknown.values())).place}
            book.faults.append(Finding(sheet.name, 0, "", "sheet_missing", facts))


def excerpt(cell: Cell) -> str:
    try:
        return as_text(cell)
    except CellFault as fault:
        return str(fault.facts.get("error", ""))
