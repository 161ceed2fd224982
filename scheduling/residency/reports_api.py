"""/api/ledger/...report: a month as a spreadsheet and on paper."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hub import clock
from hub.access.operations import acting, staff
from hub.access.rules import fetch
from hub.places.models import Residency
from scheduling.residency.ledger import month as month_of_stay
from scheduling.residency.months import month_of
from scheduling.residency.reading import of_all
from scheduling.residency.reports import paper, workbook
from scheduling.residency.schemas import LedgerMonthDay
from scheduling.residency.sources import sources

router = Router()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get("/ledger/report.xlsx", auth=staff)
def get_report_of_all(request: HttpRequest, month: LedgerMonthDay | None = None) -> HttpResponse:
    """Of every stay one sees."""
    month = month or month_of(clock.today())
    return _file(workbook(of_all(acting(request), month)), XLSX, f"ledger-{month:%Y-%m}.xlsx")


@router.get("/ledger/{int:residency_id}/months/{month}/report.xlsx", auth=staff)
def get_workbook(request: HttpRequest, residency_id: int, month: LedgerMonthDay) -> HttpResponse:
    stay = _stay(request, residency_id)
    told = month_of_stay(stay.pk, month)
    return _file(workbook([(stay, told)], sources(stay, month)), XLSX, _name(stay, month, "xlsx"))


@router.get("/ledger/{int:residency_id}/months/{month}/report.pdf", auth=staff)
def get_paper(request: HttpRequest, residency_id: int, month: LedgerMonthDay) -> HttpResponse:
    """To sign and file."""
    stay = _stay(request, residency_id)
    told = month_of_stay(stay.pk, month)
    return _file(paper(stay, told, sources(stay, month)), "application/pdf", _name(stay, month, "pdf"))


def _stay(request: HttpRequest, residency_id: int) -> Residency:
    return fetch(acting(request), "view_ledger", Residency.objects.select_related("agency", "hub"), residency_id)


def _name(stay: Residency, month: dt.date, kind: str) -> str:
    return f"ledger-{stay.pk}-{month:%Y-%m}.{kind}"


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
