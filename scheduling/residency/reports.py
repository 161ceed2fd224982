"""A month on paper and as a spreadsheet, in the reader's language: what was agreed on, what was done, and from what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook

from hub import clock
from hub.paper import typeset
from hub.places.models import Residency
from hub.workbook.writing import cell
from scheduling.residency.closing import yes_of
from scheduling.residency.counting import ROOM_MINUTES
from scheduling.residency.ledger import Month
from scheduling.residency.models import Casework
from scheduling.residency.months import after
from scheduling.residency.sources import Source

TEMPLATE = Path(__file__).parent / "report.typ"
FIGURES = ("agency", "hub", "figure", "unit", "owed", "done", "pending", "corrected", "missing", "how")
SESSIONS = ("day", "time", "session", "site", "room", "visits", "newcomers", "volunteer_hours", "room_hours", "record")
WIDTHS = {
    "agency": 28,
    "hub": 28,
    "how": 60,
    "session": 26,
    "site": 26,
    "day": 14,
    "time": 14,
    "figure": 14,
    "room": 14,
}
Cell = str | int | float


def figures_of(stay: Residency, told: Month) -> list[list[Cell]]:
    """A row for each indicator, then the rooms: `FIGURES`. Time in hours; empty where nothing was agreed on."""
    rows: list[list[Cell]] = []
    for line in told.lines:
        code = line.indicator
        figures = (line.owed, line.done, line.pending, line.corrected, line.missing if line.owed else None)
        rows.append(_figures(stay, code, figures))
    rooms = told.rooms
    rows.append(_figures(stay, ROOM_MINUTES, (rooms.granted, rooms.used, 0, rooms.corrected, None)))
    return rows


def _figures(stay: Residency, code: str, figures: Iterable[int | None]) -> list[Cell]:
    said = [_amount(code, one) for one in figures]
    unit = _(f"ledger.unit.{code}")
    return [stay.agency.name, stay.hub.name, _(f"ledger.figure.{code}"), unit, *said, _(f"ledger.how.{code}")]


def sessions_of(sources: Sequence[Source]) -> list[list[Cell]]:
    """A row for each that is over: `SESSIONS`."""
    return [
        [
            day_words(clock.local(one.starts_at).date()),
            f"{clock.local(one.starts_at):%H:%M}-{clock.local(one.ends_at):%H:%M}",
            one.title,
            one.site,
            one.room,
            one.children + (one.counted or 0),
            one.newcomers,
            _amount("volunteer_minutes", one.volunteer_minutes),
            _amount(ROOM_MINUTES, one.room_minutes),
            _("ledger.on_record") if one.on_record else _("ledger.no_record"),
        ]
        for one in sources
        if one.over
    ]


def workbook(told: Sequence[tuple[Residency, Month]], sources: Sequence[Source] | None = None) -> bytes:
    """A sheet of figures; with `sources` one of the sessions besides."""
    book = Workbook(write_only=True)
    figures = [row for stay, month in told for row in figures_of(stay, month)]
    _sheet(book, "ledger.sheet.figures", FIGURES, figures)
    if sources is not None:
        _sheet(book, "ledger.sheet.sessions", SESSIONS, sessions_of(sources))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def paper(stay: Residency, told: Month, sources: Sequence[Source]) -> bytes:
    """A PDF to sign and file."""
    language = (get_language() or "zh")[:2]
    columns = FIGURES[2:]
    words = {name: _(f"ledger.{name}") for name in ("title", "signature", "date", "casework", "corrections")}
    facts = {
        "language": language,
        "words": words | {"sessions": _("ledger.sheet.sessions")},
        "agency": stay.agency.name,
        "hub": stay.hub.name,
        "month": _("ledger.month") % {"year": told.month.year, "month": told.month.month},
        "phase": _(f"ledger.phase.{told.phase}"),
        "term": _term(stay),
        "columns": [_(f"ledger.column.{name}") for name in columns],
        "figures": [[str(figure) for figure in row[2:]] for row in figures_of(stay, told)],
        "session_columns": [_(f"ledger.column.{name}") for name in SESSIONS],
        "sessions": [[str(figure) for figure in row] for row in sessions_of(sources)],
        "casework_columns": [_(f"ledger.column.{name}") for name in ("day", "cases", "by", "confirmed_by")],
        "correction_columns": [
            _(f"ledger.column.{name}") for name in ("figure", "change", "reason", "by", "confirmed_by")
        ],
        "casework": _casework(stay, told.month),
        "corrections": _corrections(told),
        "sides": [{"side": _(f"ledger.side.{side}"), "yes": _yes(told, side)} for side in ("agency", "hub")],
        "made": _("ledger.made") % {"day": day_words(clock.today()), "year": clock.today().year},
    }
    return typeset(TEMPLATE, facts)


def day_words(day: dt.date) -> str:
    return _("ledger.day") % {"month": day.month, "day": day.day}


def _amount(code: str, value: int | None) -> Cell:
    if value is None:
        return ""
    if not code.endswith("_minutes"):
        return value
    hours = round(value / 60, 1)
    return int(hours) if hours == int(hours) else hours


def _term(stay: Residency) -> str:
    if not stay.starts_on or not stay.ends_on:
        return ""
    return _("ledger.term") % {"from": stay.starts_on.isoformat(), "to": stay.ends_on.isoformat()}


def _casework(stay: Residency, month: dt.date) -> list[list[str]]:
    rows = Casework.objects.filter(residency=stay, day__gte=month, day__lt=after(month)).order_by("day", "pk")
    return [
        [
            day_words(one.day),
            str(one.count),
            one.by.name,
            one.confirmed_by.name if one.confirmed_by else _("ledger.not_confirmed"),
        ]
        for one in rows.select_related("by", "confirmed_by")
    ]


def _corrections(told: Month) -> list[list[str]]:
    rows = told.closing.corrections.all() if told.closing else []
    return [
        [
            _(f"ledger.figure.{one.figure}"),
            f"{'+' if one.change > 0 else ''}{_amount(one.figure, one.change)}",
            one.reason,
            one.by.name,
            one.confirmed_by.name if one.confirmed_by else _("ledger.not_confirmed"),
        ]
        for one in rows
    ]


def _yes(told: Month, side: str) -> str:
    said = yes_of(told, side)
    if said is None:
        return ""
    by, at = said
    return _("ledger.said_yes") % {"name": by.name, "day": day_words(clock.local(at).date())}


def _sheet(book: Workbook, title: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sheet: Any = book.create_sheet(_(title))
    sheet.freeze_panes = "A2"
    for position, name in enumerate(columns):
        sheet.column_dimensions["ABCDEFGHIJ"[position]].width = WIDTHS.get(name, 10)
    sheet.append([cell(sheet, _(f"ledger.column.{name}"), bold=True, wraps=True) for name in columns])
    for row in rows:
        sheet.append([cell(sheet, value, wraps=True) for value in row])
