"""/api/files/months: a month's files as one ZIP, made by the worker."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from ninja import Router, Schema, Status

from hub import clock
from hub.access.actor import Actor
from hub.access.operations import acting, schedulers
from hub.access.rules import fetch, visible
from hub.errors import Refused
from hub.places.models import Agency, Hub
from scheduling.files.models import MonthFile
from scheduling.files.months import choices_for, note_fetching, request_month
from scheduling.residency.months import after, month_of

router = Router()
SHOWN = 20
Language = Literal["zh-hans", "en"]


class MonthChoice(Schema):
    agency: int
    agency_name: str
    hub: int
    hub_name: str
    sessions: int
    lacking: int


class MonthFileOut(Schema):
    id: int
    agency_name: str
    hub_name: str
    month: dt.date
    full_names: bool
    state: MonthFile.State
    sessions: int
    done: int
    bytes: int
    photos_lost: int
    """Left out, since their files are gone."""
    kept: bool
    """It can be fetched still."""
    requested_by: str
    created_at: dt.datetime


class MonthsOut(Schema):
    month: dt.date
    choices: list[MonthChoice]
    files: list[MonthFileOut]


class MonthWish(Schema):
    month: dt.date
    agency: int
    hub: int
    full_names: bool = False
    language: Language = "zh-hans"


@router.get("/files/months", response=MonthsOut, auth=schedulers)
def get_months(request: HttpRequest, month: dt.date | None = None) -> MonthsOut:
    """What can be asked for of a month, the one before this if none is named; and what was made lately."""
    actor = acting(request)
    first = month or after(month_of(clock.today()), -1)
    if first.day != 1 or not 2000 <= first.year <= 2100:
        raise Refused("not_a_month")
    return MonthsOut(
        month=first,
        choices=[MonthChoice(**vars(one)) for one in choices_for(actor=actor, month=first)],
        files=_files(actor),
    )


@router.post("/files/months", response={201: MonthFileOut}, auth=schedulers)
def post_month(request: HttpRequest, wish: MonthWish) -> Status[MonthFileOut]:
    if not 2000 <= wish.month.year <= 2100:
        raise Refused("not_a_month")
    actor = acting(request)
    agency, hub = Agency.objects.filter(pk=wish.agency).first(), Hub.objects.filter(pk=wish.hub).first()
    if agency is None or hub is None:
        raise Refused("nothing_held")
    made = request_month(
        month=wish.month, agency=agency, hub=hub, full_names=wish.full_names, language=wish.language, actor=actor
    )
    return Status(201, _out(made))


@router.get("/files/months/{int:month_id}/file", auth=schedulers)
def get_month_file(request: HttpRequest, month_id: int) -> FileResponse:
    """Who fetches it is in the journal."""
    actor = acting(request)
    row = fetch(actor, "fetch", MonthFile.objects.all(), month_id)
    path = note_fetching(month_file=row, by=actor.person)
    return FileResponse(
        default_storage.open(path),
        as_attachment=True,
        filename=f"renqi-files-{row.month:%Y-%m}-{row.pk}.zip",
        headers={"Cache-Control": "private, no-store"},
    )


def _files(actor: Actor) -> list[MonthFileOut]:
    rows = visible(actor, "fetch", MonthFile.objects.select_related("agency", "hub", "requested_by"))
    return [_out(row) for row in rows.order_by("-pk")[:SHOWN]]


def _out(row: MonthFile) -> MonthFileOut:
    return MonthFileOut(
        id=row.pk,
        agency_name=row.agency.name,
        hub_name=row.hub.name,
        month=row.month,
        full_names=row.full_names,
        state=MonthFile.State(row.state),
        sessions=row.sessions,
        done=row.done,
        bytes=row.bytes,
        photos_lost=row.photos_lost,
        kept=bool(row.name),
        requested_by=row.requested_by.name,
        created_at=row.created_at,
    )
