"""What the import's page is told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from ninja import Schema

from hub import clock
from hub.workbook.book import Book, Finding, show
from hub.workbook.confirm import count
from hub.workbook.examine import excerpt
from hub.workbook.models import Upload
from hub.workbook.sheets import Row, Sheet, all_sheets
from hub.workbook.wording import message_of

FAULTS_SHOWN = 200
WARNINGS_SHOWN = 500
CHANGES_SHOWN = 200
NEIGHBORS = 1
"""Rows above and below a faulty one that are shown with it."""


class CountsOut(Schema):
    sheet: str
    created: int
    changed: int
    same: int
    faulty: int


class FindingOut(Schema):
    sheet: str
    row: int
    column: str
    letter: str
    code: str
    message: str
    value: str
    label: str


class GridRowOut(Schema):
    row: int
    cells: list[str]


class GridOut(Schema):
    """The cells around the faults of a sheet, as the spreadsheet shows them."""

    sheet: str
    letters: list[str]
    headers: list[str]
    header_row: int
    rows: list[GridRowOut]


class DifferenceOut(Schema):
    sheet: str
    row: int
    column: str
    letter: str
    file_value: str
    app_value: str
    private: bool
    label: str


class PreviewOut(Schema):
    id: int
    state: str
    file_name: str
    expires_at: dt.datetime
    week: dt.date
    week_told: bool
    """Without it the week is only today's: the file has no sessions."""
    sheets: list[CountsOut]
    fault_count: int
    faults: list[FindingOut]
    grids: list[GridOut]
    warning_count: int
    warnings: list[FindingOut]
    change_count: int
    changes: list[DifferenceOut]
    """What the file changes in rows that are known."""
    conflicts: list[DifferenceOut]


class HistoryOut(Schema):
    id: int
    file_name: str
    state: str
    created_at: dt.datetime
    week: dt.date | None
    created: int
    changed: int


def finding_out(finding: Finding) -> FindingOut:
    return FindingOut(
        sheet=finding.sheet,
        row=finding.row,
        column=finding.column,
        letter=finding.letter,
        code=finding.code,
        message=message_of(finding),
        value=finding.value,
        label=finding.label,
    )


def preview_out(upload: Upload, book: Book) -> PreviewOut:
    faults = book.faults[:FAULTS_SHOWN]
    return PreviewOut(
        id=upload.pk,
        state=upload.state,
        file_name=upload.file_name,
        expires_at=upload.expires_at,
        week=book.week,
        week_told=book.week_told,
        sheets=[CountsOut(sheet=name, **vars(counts)) for name, counts in count(book).items()],
        fault_count=len(book.faults),
        faults=[finding_out(one) for one in faults],
        grids=_grids(faults, book),
        warning_count=len(book.warnings),
        warnings=[finding_out(one) for one in book.warnings[:WARNINGS_SHOWN]],
        change_count=len(book.changes),
        changes=[DifferenceOut(**vars(one)) for one in book.changes[:CHANGES_SHOWN]],
        conflicts=[DifferenceOut(**vars(one)) for one in book.conflicts[:CHANGES_SHOWN]],
    )


def _grids(faults: list[Finding], book: Book) -> list[GridOut]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for fault in faults:
        wanted[fault.sheet] |= set(range(fault.row - NEIGHBORS, fault.row + NEIGHBORS + 1))
    sheets = {sheet.name: sheet for sheet in all_sheets()}
    return [_grid(sheets[name], rows, book) for name, rows in wanted.items() if book.letters.get(name)]


def _grid(sheet: Sheet, wanted: set[int], book: Book) -> GridOut:
    letters = book.letters[sheet.name]
    fields = [column.field for column in sheet.columns if column.field in letters]
    fields.sort(key=lambda field: (len(letters[field]), letters[field]))
    return GridOut(
        sheet=sheet.name,
        letters=[letters[field] for field in fields],
        headers=[sheet.column(field).header for field in fields],
        header_row=book.header_rows.get(sheet.name, 1),
        rows=[_grid_row(row, fields) for row in book.rows[sheet.name] if row.number in wanted],
    )


def _grid_row(row: Row, fields: list[str]) -> GridRowOut:
    return GridRowOut(
        row=row.number, cells=[show(row.cells.get(field)) or excerpt(row.cells.get(field)) for field in fields]
    )


def history_out(upload: Upload) -> HistoryOut:
    sheets = upload.outcome.get("sheets", {}).values()
    week = upload.outcome.get("week")
    return HistoryOut(
        id=upload.pk,
        file_name=upload.file_name,
        state=Upload.State.EXPIRED if _is_over(upload) else upload.state,
        created_at=upload.created_at,
        week=dt.date.fromisoformat(week) if week else None,
        created=sum(one["created"] for one in sheets),
        changed=sum(one["changed"] for one in sheets),
    )


def _is_over(upload: Upload) -> bool:
    return upload.state == Upload.State.PREVIEW and upload.expires_at <= clock.now()
