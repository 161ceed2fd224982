"""/api/reading: what children read, written down by staff, kept by families."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from hub.access.operations import acting, guardians, schedulers
from hub.access.rules import fetch
from hub.people.models import Child
from programs.reading.desk import PAGE, sessions_behind, sheet_of
from programs.reading.keepsake import keepsake_of
from programs.reading.logs import write_logs
from programs.reading.schemas import (
    KeepsakeOut,
    ReadingDesk,
    ReadingIn,
    ReadingSheet,
    behind_out,
    keepsake_out,
    read_of,
    sheet_out,
)
from scheduling.sessions.models import Session

router = Router()


@router.get("/reading/sessions", response=ReadingDesk, auth=schedulers)
def get_sessions(request: HttpRequest, skip: int = 0) -> ReadingDesk:
    """Shared reading that began within five weeks, newest first, with how many children are noted."""
    behind, more = sessions_behind(actor=acting(request), skip=min(max(skip, 0), 100_000))
    return ReadingDesk(sessions=[behind_out(one) for one in behind], size=PAGE, more=more)


@router.get("/reading/sessions/{int:session_id}", response=ReadingSheet, auth=schedulers)
def get_sheet(request: HttpRequest, response: HttpResponse, session_id: int) -> ReadingSheet:
    response["Cache-Control"] = "no-store"
    return sheet_out(sheet_of(actor=acting(request), session=session_id))


@router.put("/reading/sessions/{int:session_id}", response=ReadingSheet, auth=schedulers)
def put_sheet(request: HttpRequest, session_id: int, wish: ReadingIn) -> ReadingSheet:
    """Of the children named; the others stay as they are."""
    actor = acting(request)
    session = fetch(actor, "log_reading", Session.objects.all(), session_id)
    write_logs(session=session.pk, read=[read_of(one) for one in wish.children], by=actor.person)
    return sheet_out(sheet_of(actor=actor, session=session.pk))


@router.get("/reading/children/{int:child_id}", response=KeepsakeOut, auth=guardians)
def get_keepsake(request: HttpRequest, response: HttpResponse, child_id: int) -> KeepsakeOut:
    child = fetch(acting(request), "guard", Child.objects.select_related("person"), child_id)
    response["Cache-Control"] = "no-store"
    return keepsake_out(keepsake_of(child))
