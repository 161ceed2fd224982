"""/api/hours/exports: files for the official platform."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from hub.access.operations import acting, planners
from hub.access.rules import fetch, visible
from volunteers.hours.exports import COLUMNS, choose_columns, chosen_columns, make_export, mark_uploaded, write_export
from volunteers.hours.models import Export, ServiceRecord
from volunteers.hours.schemas import HoursColumns, HoursExport, HoursExports, HoursExportWish

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 20


@router.get("/hours/exports", response=HoursExports, auth=planners)
def get_exports(request: HttpRequest) -> HoursExports:
    actor = acting(request)
    confirmed = ServiceRecord.objects.filter(state=ServiceRecord.State.CONFIRMED, uploaded=None)
    rows = visible(actor, "view", Export.objects.annotate(count=Count("records")))
    return HoursExports(
        columns=chosen_columns(),
        available=list(COLUMNS),
        waiting=visible(actor, "export", confirmed).count(),
        exports=[_out(one, one.count) for one in rows.select_related("made_by", "uploaded_by").order_by("-pk")[:SHOWN]],
    )


@router.put("/hours/exports/columns", response=HoursColumns, auth=planners)
def put_columns(request: HttpRequest, wish: HoursColumns) -> HoursColumns:
    return HoursColumns(columns=choose_columns(columns=wish.columns, by=acting(request).person))


@router.post("/hours/exports", response={201: HoursExport}, auth=planners)
def post_export(request: HttpRequest, wish: HoursExportWish) -> Status[HoursExport]:
    export = make_export(actor=acting(request), again=wish.again)
    return Status(201, _out(export, export.records.count()))


@router.get("/hours/exports/{int:export_id}/file", auth=planners)
def get_export_file(request: HttpRequest, export_id: int) -> HttpResponse:
    export = fetch(acting(request), "view", Export.objects.all(), export_id)
    response = HttpResponse(write_export(export), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="hours-{export.pk}.xlsx"'
    return response


@router.post("/hours/exports/{int:export_id}/uploaded", response=HoursExport, auth=planners)
def post_uploaded(request: HttpRequest, export_id: int) -> HoursExport:
    actor = acting(request)
    export = mark_uploaded(export=fetch(actor, "view", Export.objects.all(), export_id), by=actor.person)
    return _out(export, export.records.count())


def _out(export: Export, records: int) -> HoursExport:
    return HoursExport(
        id=export.pk,
        made_at=export.made_at,
        made_by=export.made_by.name,
        records=records,
        uploaded_at=export.uploaded_at,
        uploaded_by=export.uploaded_by.name if export.uploaded_by else "",
    )
