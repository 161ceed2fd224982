"""/api/board, /api/today and the side panel of a session: reading only."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from hub import clock
from hub.access.operations import acting, staff
from hub.errors import Refused
from scheduling.board import onlookers_api, walls_api
from scheduling.board.answers import fresh
from scheduling.board.panel import session_bookings, session_panel
from scheduling.board.schemas import Board, BoardDay, BoardPlace, BoardSession, BookedPlace, SessionPanel
from scheduling.board.serving import serving_on
from scheduling.board.week import day_board, rows_of, week_board
from scheduling.board.workbook import week_workbook

router = Router()
router.add_router("", walls_api.router)
router.add_router("", onlookers_api.router)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IDS = 200


def parse_week(text: str) -> dt.date:
    try:
        return clock.parse_week(text) if text else clock.monday_of(clock.today())
    except ValueError:
        raise Refused("invalid", places=[{"place": "query.week", "code": "not_a_week"}]) from None


@router.get("/board", response=Board, auth=staff)
def get_board(request: HttpRequest, week: str = "", hub: int | None = None) -> HttpResponse:
    """A week (any of its days; this week when none is given) of one site or of all."""
    return fresh(request, week_board(actor=acting(request), week=parse_week(week), hub_id=hub))


@router.get("/board/sessions", response=list[BoardSession], auth=staff)
def get_board_sessions(request: HttpRequest, ids: Annotated[list[int], Query()]) -> HttpResponse:
    """The named sessions as they are now; those missing are gone or not this person's to see."""
    return fresh(request, rows_of(actor=acting(request), ids=ids[:MOST_IDS]))


@router.get("/board/serving", response=list[BoardPlace], auth=staff)
def get_serving(request: HttpRequest, day: dt.date) -> HttpResponse:
    """Who serves in a day's sessions, by need."""
    return fresh(request, serving_on(actor=acting(request), day=day))


@router.get("/board/week.xlsx", auth=staff)
def get_board_workbook(request: HttpRequest, week: str = "", hub: int | None = None) -> HttpResponse:
    """The week as a spreadsheet."""
    monday = parse_week(week)
    response = HttpResponse(week_workbook(actor=acting(request), week=monday, hub_id=hub), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="week-{monday.isoformat()}.xlsx"'
    return response


@router.get("/today", response=BoardDay, auth=staff)
def get_today(request: HttpRequest, day: dt.date | None = None) -> HttpResponse:
    """A day's sessions of one's own sites or agency; today when none is given."""
    return fresh(request, day_board(actor=acting(request), day=day or clock.today()))


@router.get("/board/sessions/{int:session_id}", response=SessionPanel, auth=staff)
def get_session(request: HttpRequest, session_id: int) -> Any:
    return session_panel(actor=acting(request), session_id=session_id)


@router.get("/board/sessions/{int:session_id}/bookings", response=list[BookedPlace], auth=staff)
def get_session_bookings(request: HttpRequest, session_id: int) -> Any:
    """Who takes its places. Reading the names of children is logged."""
    return session_bookings(actor=acting(request), session_id=session_id)
