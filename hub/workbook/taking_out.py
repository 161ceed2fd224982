"""A week taken out as a workbook of the form that is read: imported again it changes nothing.

Who takes it out gets what they run: their sites, the sessions there and whom these need, their volunteers, the children
booked. What a column marks as staying (`stays`) has no column in the file, so that importing it again empties nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from hub import clock
from hub.access.actor import Actor
from hub.journal.append import append
from hub.workbook.book import Book
from hub.workbook.cells import as_text, listed
from hub.workbook.sheets import Column, Row, Sheet, Values, all_sheets
from hub.workbook.template import write_workbook


@transaction.atomic
def take_out(*, week: dt.date, actor: Actor) -> bytes:
    """A deed: the journal says who, of which week and how many rows of each sheet."""
    book = Book(actor=actor, week=week, week_told=True)
    columns, filling = {}, {}
    for sheet in all_sheets():
        rows = [_row(sheet, names) for names in sheet.there(book)]
        book.rows[sheet.name] = rows
        sheet.load(rows, book)
        if rows:
            columns[sheet.name] = [one for one in sheet.columns if not one.stays]
            filling[sheet.name] = list(_written(rows, columns[sheet.name], book))
    counts = {name: len(rows) for name, rows in filling.items()}
    append(
        action="workbook.taken_out", subject=actor.person, actor_id=actor.person.pk, week=week.isoformat(), rows=counts
    )
    return write_workbook(filling, sheets=columns)


def _row(sheet: Sheet, names: Values) -> Row:
    blank = {one.field: one.blank() if callable(one.blank) else one.blank for one in sheet.columns}
    values = blank | names
    return Row(sheet=sheet, number=0, cells={}, values=values, key=sheet.key(values))


def _written(rows: list[Row], columns: list[Column], book: Book) -> Iterator[list[Any]]:
    """A row that would not be known again is left out."""
    for row in rows:
        values = row.sheet.current(row, book)
        if values is not None:
            yield [as_cell(one, values[one.field]) for one in columns]


def as_cell(column: Column, value: Any) -> Any:
    """A value as it would be typed into the column."""
    if value is None or value == "" or value == []:
        return None
    if column.shown:
        return column.shown(value)
    if isinstance(value, bool):
        return as_text(value)
    if isinstance(value, dt.datetime):
        return f"{clock.local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list):
        return listed(map(str, value))
    return value
