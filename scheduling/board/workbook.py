"""The week as a spreadsheet: one line a session, in the reader's language."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.workbook.writing import cell
from scheduling.board.week import week_board
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

COLUMNS = (
    ("board.column.day", 12),
    ("board.column.time", 13),
    ("board.column.site", 30),
    ("board.column.room", 14),
    ("board.column.session", 26),
    ("board.column.worker", 10),
    ("board.column.people", 44),
    ("board.column.state", 12),
    ("board.column.booked", 12),
)


def week_workbook(*, actor: Actor, week: dt.date, hub_id: int | None) -> bytes:
    board = week_board(actor=actor, week=week, hub_id=hub_id)
    sites = {site["id"]: site["name"] for site in board["sites"]}
    rooms = {room["id"]: room["name"] for site in board["sites"] for room in site["rooms"]}
    names = _names(actor, week, hub_id)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("board.sheet"))
    sheet.freeze_panes = "A2"
    for position, (_title, width) in enumerate(COLUMNS):
        sheet.column_dimensions["ABCDEFGHI"[position]].width = width
    sheet.append([cell(sheet, _(title), bold=True, wraps=True) for title, _width in COLUMNS])
    for row in board["sessions"]:
        cells = [
            _day(row["starts_at"]),
            f"{clock.local(row['starts_at']):%H:%M}-{clock.local(row['ends_at']):%H:%M}",
            sites.get(row["hub"], ""),
            rooms.get(row["room"], ""),
            row["title"],
            row["duty_worker"] or "",
            _people(row, names),
            state_words(row),
            _booked(row),
        ]
        sheet.append([cell(sheet, text, wraps=True) for text in cells])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _names(actor: Actor, week: dt.date, hub_id: int | None) -> dict[int, list[str]]:
    """Need id -> who holds a place, for the sessions whose people the actor may know."""
    known = visible(actor, "view_people", Session.objects.filter(week=week, **({"hub": hub_id} if hub_id else {})))
    rows = Assignment.objects.filter(session__in=known.values("pk"), state__in=Assignment.ACTIVE).order_by("pk")
    names: dict[int, list[str]] = {}
    for need_id, name in rows.values_list("need_id", "volunteer__person__name"):
        names.setdefault(need_id, []).append(name)
    return names


def _people(row: dict[str, Any], names: dict[int, list[str]]) -> str:
    return "\n".join(
        _("board.people_of_role")
        % {
            "role": need["role"],
            "filled": need["filled"],
            "target": need["target"],
            "names": _("board.name_separator").join(names.get(need["id"], [])),
        }
        for need in row["needs"]
    )


def _day(moment: dt.datetime) -> str:
    day = clock.local(moment).date()
    return _("board.day") % {"month": day.month, "day": day.day, "weekday": _(f"board.weekday.{day.weekday()}")}


def _booked(row: dict[str, Any]) -> str:
    if row["places"] is None:
        return ""
    waiting = _("board.waiting") % {"waiting": row["waiting"]} if row["waiting"] else ""
    return f"{row['booked']}/{row['places']} {waiting}".strip()


def state_words(row: dict[str, Any]) -> str:
    return _(f"board.state.{row['state']}") % {"missing": row["missing"]}
