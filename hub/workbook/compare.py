"""The three-way comparison: what the file says, what it said when it was last imported, and what the app has.

Changed in the file alone: written. In the app alone: left. In both: a conflict, and the app's value stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hub.sealed import keyed_hash
from hub.workbook.book import Book, Difference, show
from hub.workbook.models import Baseline
from hub.workbook.sheets import Column, Row, all_sheets, canonical

AT_ONCE = 5_000


def row_key(row: Row, book: Book) -> str:
    return keyed_hash("workbook", row.sheet.name, *row.key)


def cell_hash(column: Column, text: str) -> str:
    """Bound to the column, not to the row: enough to tell that a cell changed. Blank stays recognizable as blank."""
    return keyed_hash("cell", column.field, text)[:16] if text else ""


def cell_name(column: Column, book: Book) -> str:
    return f"{column.field}@{book.week:%Y-%m-%d}" if column.weekly else column.field


def load_baselines(book: Book) -> dict[tuple[str, str], dict[str, str]]:
    wanted = [row_key(row, book) for rows in book.rows.values() for row in rows if not row.faulty]
    found: dict[tuple[str, str], dict[str, str]] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Baseline.objects.filter(key__in=wanted[start : start + AT_ONCE]).values_list("sheet", "key", "cells")
        found.update({(sheet, key): cells for sheet, key, cells in rows})
    return found


def compare(book: Book) -> None:
    """Decide for every sound row what is new, what is to be written and what stays; and what to remember of it."""
    remembered = load_baselines(book)
    memory: dict[tuple[str, str], dict[str, str]] = {}
    for sheet in all_sheets():
        for row in book.good(sheet):
            key = (sheet.name, row_key(row, book))
            before = remembered.get(key, {})
            if before and sheet.current(row, book) is None:
                # It was imported and is gone: whoever removed it meant it. What refers to it is left out, too.
                book.warn(row, sheet.columns[0].field, "gone_in_app")
                row.faulty = True
                continue
            after = {**before, **dict(_compare_row(row, before, book))}
            if after != before:
                memory[key] = after
    book.kept["memory"] = memory


def _compare_row(row: Row, before: dict[str, str], book: Book) -> Iterator[tuple[str, str]]:
    """Sets the row's plan; yields what to remember of its cells."""
    current = row.sheet.current(row, book)
    row.new = current is None
    for column in row.sheet.columns:
        if column.field not in book.letters[row.sheet.name]:
            # The file doesn't speak of it.
            if current is not None:
                row.values[column.field] = current[column.field]
            continue
        name = cell_name(column, book)
        said = canonical(row.values[column.field])
        told = cell_hash(column, said)
        if column.required and not said and (current is None or canonical(current[column.field])):
            book.fault(row, column.field, "required")
            continue
        if current is None:
            yield name, told
            continue
        has = current[column.field]
        if said == canonical(has):
            yield name, told
            continue
        base = before.get(name)
        if base is None:
            changed_in_file, changed_in_app = said != "", canonical(has) != ""
        else:
            changed_in_file, changed_in_app = told != base, cell_hash(column, canonical(has)) != base
        if changed_in_file and not changed_in_app:
            row.write.add(column.field)
            book.changes.append(_difference(row, column, has, book))
            yield name, told
            continue
        if changed_in_file:
            book.conflicts.append(_difference(row, column, has, book))
        row.values[column.field] = has


def _difference(row: Row, column: Column, has: Any, book: Book) -> Difference:
    return Difference(
        sheet=row.sheet.name,
        row=row.number,
        column=column.header,
        letter=book.letters[row.sheet.name][column.field],
        file_value="" if column.private else show(row.cells.get(column.field)),
        app_value="" if column.private else show(column.shown(has) if column.shown and has is not None else has),
        private=column.private,
        label=row.label,
    )
