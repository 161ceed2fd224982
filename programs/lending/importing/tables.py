"""Lists of books as spreadsheets and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from openpyxl.utils import get_column_letter

from hub.errors import Refused
from hub.workbook.cells import CellFault, as_text
from hub.workbook.reading import MAX_ROWS, Cell, plain, read_workbook
from programs.lending.importing.records import UNREADABLE, Record, Source
from programs.lending.importing.sheets import COLUMNS

HEADER_WITHIN = 10
MAX_CELL = 5_000
FIELD_OF = {plain(word).casefold(): name for name, words in COLUMNS.items() for word in words}

Rows = Iterable[tuple[int, dict[int, Cell]]]


def read_xlsx(data: bytes) -> Source:
    """The first sheet that has a column of names. Refused: what `read_workbook` refuses, no_title_column."""
    for raw in read_workbook(data):
        source = _read_rows(raw.name, sorted(raw.rows.items()))
        if source:
            return source
    raise Refused("no_title_column", column=COLUMNS["name"][0])


def read_csv(data: bytes) -> Source:
    """UTF-8 with or without its mark, or GB18030. Refused: not_a_list, too_many_rows, no_title_column."""
    text = decode(data)
    if "\0" in text:
        raise Refused("not_a_list")
    head = text[:2000]
    delimiter = max(",;\t", key=head.count)
    rows: list[tuple[int, dict[int, Cell]]] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter), start=1):
            if number > MAX_ROWS:
                raise Refused("too_many_rows", rows=MAX_ROWS)
            rows.append((number, {place: cell[:MAX_CELL] for place, cell in enumerate(cells, 1) if cell.strip()}))
    except csv.Error:
        raise Refused("not_a_list") from None
    source = _read_rows("CSV", rows)
    if source is None:
        raise Refused("no_title_column", column=COLUMNS["name"][0])
    return source


def decode(data: bytes) -> str:
    """By the coding that leaves the fewest bytes over; those are marked where they stand."""
    texts = [data.decode(coding, errors="replace") for coding in ("utf-8-sig", "gb18030")]
    return min(texts, key=lambda text: text.count(UNREADABLE))


def _read_rows(name: str, rows: Rows) -> Source | None:
    rows = list(rows)
    header, places = _header(rows)
    if "name" not in places:
        return None
    words = dict(rows)[header]
    source = Source(
        name=name,
        letters={field: get_column_letter(place) for field, place in places.items()},
        headers={field: _heading(words[place]) for field, place in places.items()},
        header_row=header,
    )
    for number, cells in rows:
        said = {field: _text(cells.get(place)) for field, place in places.items()} if number > header else {}
        if any(said.values()):
            source.records.append(Record(number, said))
    return source


def _header(rows: Rows) -> tuple[int, dict[str, int]]:
    """The row among the first that names the most columns, and where each stands."""
    best: tuple[int, dict[str, int]] = (0, {})
    for number, cells in list(rows)[:HEADER_WITHIN]:
        found: dict[str, int] = {}
        for place, cell in sorted(cells.items()):
            name = FIELD_OF.get(_heading(cell).casefold())
            if name:
                found.setdefault(name, place)
        if len(found) > len(best[1]):
            best = (number, found)
    return best


def _heading(cell: Cell) -> str:
    return plain(cell).strip("*: ") if isinstance(cell, str) else ""


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell.strip()
    try:
        return as_text(cell)
    except CellFault:
        return ""
