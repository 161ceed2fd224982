"""What a coordinator posts to a chat group once a roster is out: text, and a picture with a QR code to find a shift.

Names no children; volunteers by family name only, and only where the hub wants it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

import segno
from django.conf import settings
from django.utils.translation import gettext as _

from hub import clock
from hub.places.models import Hub
from scheduling.board.rows import board_rows
from scheduling.planning.snapshot import take_snapshot
from scheduling.sessions.models import Session
from scheduling.solver.book import Book
from volunteers.models import Volunteer

FIND_A_SHIFT = "/shifts/find"


@dataclass(frozen=True)
class Line:
    day: dt.date
    time: str
    title: str
    place: str
    missing: int
    names: tuple[str, ...]


def roster_lines(*, week: dt.date, hub: Hub, names: bool = False) -> list[Line]:
    """The hub's sessions to come, with how many are missing to each one's minimum."""
    snapshot = take_snapshot(week=week, hub_ids=[hub.pk], now=clock.now())
    index, book = snapshot.index, Book(snapshot.problem.published)
    sessions = Session.objects.select_related("program", "room").in_bulk(index.sessions)
    called = dict(Volunteer.objects.filter(pk__in=index.volunteers).values_list("pk", "person__name")) if names else {}
    rows = board_rows(Session.objects.filter(pk__in=index.sessions), actor=None)
    missing = {row["id"]: row["missing"] for row in rows}
    lines = []
    for s, pk in enumerate(index.sessions):
        session = sessions[pk]
        start, end = clock.local(session.starts_at), clock.local(session.ends_at)
        people = [called[index.volunteers[v]] for v in book.present.get(s, ())] if names else []
        lines.append(
            Line(
                day=start.date(),
                time=f"{start:%H:%M}-{end:%H:%M}",
                title=session.program.name,
                place=session.room.name if session.room else "",
                missing=missing[pk],
                names=tuple(_("group.called") % {"family": name[:1]} for name in people),
            )
        )
    return lines


def group_text(*, week: dt.date, hub: Hub, names: bool = False) -> str:
    lines = roster_lines(week=week, hub=hub, names=names)
    parts = [_("group.title") % {"hub": hub.name, "week": _week_words(week)}]
    for day, of_day in groupby(lines, key=lambda line: line.day):
        parts.append(f"\n{_day_words(day)}")
        parts += [" ".join(_words(line)) for line in of_day]
    parts.append("")
    parts.append(_summary(lines))
    parts.append(_("group.find") % {"link": find_link()})
    return "\n".join(parts)


def find_link() -> str:
    return f"{settings.PUBLIC_URL}{FIND_A_SHIFT}"


def _words(line: Line) -> list[str]:
    place = _("group.place") % {"place": line.place} if line.place else ""
    state = _("group.short") % {"n": line.missing} if line.missing else _("group.full")
    return [line.time, f"{line.title}{place}", *([_("group.comma").join(line.names)] if line.names else []), state]


def _summary(lines: Sequence[Line]) -> str:
    missing = sum(line.missing for line in lines)
    if not missing:
        return _("group.all_full")
    return _("group.missing") % {"sessions": sum(1 for line in lines if line.missing), "n": missing}


def _week_words(week: dt.date) -> str:
    last = week + dt.timedelta(days=6)
    key = "group.week" if week.month == last.month else "group.week_across"
    return _(key) % {"month": week.month, "day": week.day, "last_month": last.month, "last_day": last.day}


def _day_words(day: dt.date) -> str:
    return _("group.day") % {"month": day.month, "day": day.day, "weekday": _(f"group.weekday_{day.weekday()}")}


WIDTH, MARGIN, LINE_HEIGHT, QR_SIZE = 750, 40, 44, 220
INK, QUIET, BRAND, FULL, SHORT, PAPER = "#26221f", "#6d655e", "#c8501e", "#2e7d4f", "#9a5b00", "#fffdf9"


def group_picture(*, week: dt.date, hub: Hub) -> str:
    """SVG: a title, a line a session, the QR code of the page that finds a shift."""
    lines = roster_lines(week=week, hub=hub)
    drawing = _Drawing()
    drawing.text(hub.name, size=34, bold=True)
    drawing.text(_("group.picture_title") % {"week": _week_words(week)}, size=26, fill=QUIET)
    for day, of_day in groupby(lines, key=lambda line: line.day):
        drawing.gap(14)
        drawing.text(_day_words(day), size=24, fill=BRAND, bold=True)
        for line in of_day:
            state = _("group.short") % {"n": line.missing} if line.missing else _("group.full")
            drawing.row(line.time, line.title, state, SHORT if line.missing else FULL)
    drawing.gap(30)
    drawing.qr(find_link(), _summary(lines), _("group.scan"))
    return drawing.svg()


class _Drawing:
    def __init__(self) -> None:
        self.y = MARGIN
        self.parts: list[str] = []

    def text(self, words: str, *, size: int, fill: str = INK, bold: bool = False) -> None:
        self.y += LINE_HEIGHT
        self.put(MARGIN, words, size=size, fill=fill, bold=bold)

    def row(self, time: str, title: str, state: str, fill: str) -> None:
        self.y += LINE_HEIGHT
        self.put(MARGIN, time, size=22, fill=QUIET)
        self.put(MARGIN + 150, title if len(title) <= 17 else f"{title[:16]}…", size=24)
        self.put(WIDTH - MARGIN, state, size=24, fill=fill, bold=True, anchor="end")

    def put(self, x: int, words: str, *, size: int, fill: str = INK, bold: bool = False, anchor: str = "start") -> None:
        weight = ' font-weight="600"' if bold else ""
        place = f'x="{x}" y="{self.y}" text-anchor="{anchor}"'
        self.parts.append(f'<text {place} font-size="{size}" fill="{fill}"{weight}>{escape(words)}</text>')

    def gap(self, height: int) -> None:
        self.y += height

    def qr(self, link: str, first: str, second: str) -> None:
        code = segno.make(link, error="m", micro=False)
        scale = QR_SIZE / code.symbol_size(border=0)[0]
        body = code.svg_inline(border=0, scale=scale, dark=INK, omitsize=False, svgclass=None, lineclass=None)
        self.parts.append(f'<svg x="{MARGIN}" y="{self.y}" width="{QR_SIZE}" height="{QR_SIZE}">{body}</svg>')
        top = self.y
        self.y = top + QR_SIZE // 2 - 10
        self.put(MARGIN * 2 + QR_SIZE, first, size=26, bold=True)
        self.y += LINE_HEIGHT
        self.put(MARGIN * 2 + QR_SIZE, second, size=24, fill=QUIET)
        self.y = top + QR_SIZE + MARGIN

    def svg(self) -> str:
        fonts = "PingFang SC, HarmonyOS Sans SC, MiSans, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, sans-serif"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{self.y}" viewBox="0 0 {WIDTH} {self.y}"'
            f' font-family="{fonts}"><rect width="100%" height="100%" fill="{PAPER}"/>{"".join(self.parts)}</svg>'
        )
