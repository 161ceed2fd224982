"""/api/book-imports: a list of books, looked at and confirmed."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import File, Form, Router, Schema, UploadedFile

from hub.access.operations import acting, schedulers
from hub.access.rules import fetch
from hub.errors import Refused
from hub.places.models import Hub
from hub.workbook.book import Finding, show
from hub.workbook.models import Upload
from hub.workbook.reading import MAX_BYTES
from hub.workbook.schemas import (
    FAULTS_SHOWN,
    NEIGHBORS,
    WARNINGS_SHOWN,
    CountsOut,
    DifferenceOut,
    FindingOut,
    GridOut,
    GridRowOut,
)
from programs.lending.importing.plan import Plan
from programs.lending.importing.records import Source
from programs.lending.importing.uploads import confirm_list, look_again, take_list
from programs.lending.importing.wording import message_of

router = Router()


class BooksPreview(Schema):
    id: int
    state: Upload.State
    file_name: str
    expires_at: dt.datetime
    sheets: list[CountsOut]
    """One: what was read."""
    fault_count: int
    faults: list[FindingOut]
    grids: list[GridOut]
    warning_count: int
    warnings: list[FindingOut]
    conflict_count: int
    conflicts: list[DifferenceOut]


class ListForm(Schema):
    hub_id: int


@router.post("/book-imports", response=BooksPreview, auth=schedulers)
def post_list(request: HttpRequest, wish: Form[ListForm], file: File[UploadedFile]) -> BooksPreview:
    """Look at a list of books (xlsx, CSV or MARC) before anything is written. It waits an hour."""
    actor = acting(request)
    hub = fetch(actor, "keep_books", Hub.objects.all(), wish.hub_id)
    if (file.size or 0) > MAX_BYTES:
        raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    return preview_out(*take_list(data=file.read(), file_name=file.name or "", hub=hub, by=actor))


@router.get("/book-imports/{int:upload_id}", response=BooksPreview, auth=schedulers)
def get_list(request: HttpRequest, upload_id: int) -> BooksPreview:
    return preview_out(*look_again(upload_id=upload_id, by=acting(request)))


@router.post("/book-imports/{int:upload_id}/confirm", response=BooksPreview, auth=schedulers)
def post_confirmed_list(request: HttpRequest, upload_id: int) -> BooksPreview:
    """Write what can be written; what is refused stays out."""
    return preview_out(*confirm_list(upload_id=upload_id, by=acting(request)))


def preview_out(upload: Upload, plan: Plan) -> BooksPreview:
    source = plan.source
    faults, warnings = source.faults[:FAULTS_SHOWN], source.warnings[:WARNINGS_SHOWN]
    counts = CountsOut(
        sheet=source.name,
        created=plan.count("imported"),
        changed=plan.count("merged"),
        same=plan.count("same"),
        faulty=plan.count("refused"),
    )
    return BooksPreview(
        id=upload.pk,
        state=Upload.State(upload.state),
        file_name=upload.file_name,
        expires_at=upload.expires_at,
        sheets=[counts],
        fault_count=len(source.faults),
        faults=[_finding_out(one) for one in faults],
        grids=[_grid(source, faults)] if faults else [],
        warning_count=len(source.warnings),
        warnings=[_finding_out(one) for one in warnings],
        conflict_count=len(source.conflicts),
        conflicts=[DifferenceOut(**vars(one)) for one in source.conflicts[:WARNINGS_SHOWN]],
    )


def _finding_out(one: Finding) -> FindingOut:
    said = {name: getattr(one, name) for name in ("sheet", "row", "column", "letter", "code", "value", "label")}
    return FindingOut(**said, message=message_of(one))


def _grid(source: Source, faults: list[Finding]) -> GridOut:
    wanted = {row for one in faults for row in range(one.row - NEIGHBORS, one.row + NEIGHBORS + 1)}
    fields = sorted(source.letters, key=lambda name: (len(source.letters[name]), source.letters[name]))
    return GridOut(
        sheet=source.name,
        letters=[source.letters[name] for name in fields],
        headers=[source.headers[name] for name in fields],
        header_row=source.header_row,
        rows=[
            GridRowOut(row=one.row, cells=[show(one.cells.get(name)) for name in fields])
            for one in source.records
            if one.row in wanted
        ],
    )
