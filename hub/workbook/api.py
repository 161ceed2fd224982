"""/api/imports: a week's workbook, looked at and confirmed."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext
from ninja import File, Router, UploadedFile

from hub import clock
from hub.access.operations import acting, planners
from hub.errors import Refused
from hub.workbook.models import Upload
from hub.workbook.reading import MAX_BYTES
from hub.workbook.schemas import HistoryOut, PreviewOut, history_out, preview_out
from hub.workbook.taking_out import take_out
from hub.workbook.template import write_workbook
from hub.workbook.uploads import WEEK, confirm_upload, look_again, take_upload

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HISTORY = 20


@router.post("/imports", response=PreviewOut, auth=planners)
def post_import(request: HttpRequest, file: File[UploadedFile]) -> PreviewOut:
    """Look at a workbook before anything is written. It waits an hour for its confirmation."""
    if (file.size or 0) > MAX_BYTES:
        raise Refused("file_too_large", megabytes=MAX_BYTES // 1024 // 1024)
    upload, book = take_upload(data=file.read(), file_name=file.name or "", by=acting(request))
    return preview_out(upload, book)


@router.get("/imports", response=list[HistoryOut], auth=planners)
def get_imports(request: HttpRequest) -> list[HistoryOut]:
    """What was imported lately by anyone, and one's own workbook that waits."""
    mine = Q(person_id=acting(request).person.pk, state=Upload.State.PREVIEW)
    weeks = Upload.objects.filter(kind=WEEK)
    uploads = weeks.filter(Q(state=Upload.State.CONFIRMED) | mine).defer("content").order_by("-pk")
    return [history_out(upload) for upload in uploads[:HISTORY]]


@router.get("/imports/template", auth=planners, openapi_extra={"responses": {200: {"content": {XLSX: {}}}}})
def get_template(request: HttpRequest) -> HttpResponse:
    """An empty workbook with every sheet and what goes into its columns."""
    response = HttpResponse(write_workbook(), content_type=XLSX)
    name = gettext("workbook.template.file_name")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@router.get("/imports/week", auth=planners, openapi_extra={"responses": {200: {"content": {XLSX: {}}}}})
def get_week(request: HttpRequest, week: dt.date) -> HttpResponse:
    """The week that has this day, as a workbook that can be imported again."""
    monday = clock.monday_of(week)
    response = HttpResponse(take_out(week=monday, actor=acting(request)), content_type=XLSX)
    name = gettext("workbook.week.file_name") % {"week": monday.isoformat()}
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@router.get("/imports/{upload_id}", response=PreviewOut, auth=planners)
def get_import(request: HttpRequest, upload_id: int) -> PreviewOut:
    return preview_out(*look_again(upload_id=upload_id, by=acting(request)))


@router.post("/imports/{upload_id}/confirm", response=PreviewOut, auth=planners)
def post_confirmation(request: HttpRequest, upload_id: int) -> PreviewOut:
    """Write it. With a fault by now nothing is: the state stays `preview`, the faults say why."""
    upload, outcome = confirm_upload(upload_id=upload_id, by=acting(request))
    return preview_out(upload, outcome.book)
