"""The ledger of space for service (以空间换服务): what a hub granted, what an agency did in exchange, month by month.

    month(residency, dt.date(2026, 12, 1)) -> Month       of one stay, by its id
    months(residency, first, last) -> [Month, ...]        oldest first
    of_stays(stays, month) -> [Month, ...]                of many, in the order given

A closed month is told as it stood when both closed it, with what both corrected since; every other is counted anew.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.db.models import Prefetch

from hub import clock
from hub.among import among
from hub.errors import Refused
from hub.places.models import Residency
from scheduling.residency.counting import ROOM_MINUTES, Counts, count
from scheduling.residency.models import Agreement, Closing, Correction, Indicator
from scheduling.residency.months import after, month_of, months_between

Phase = Literal["ahead", "running", "open", "closed"]
"""`open`: over, not closed yet."""
Standing = Literal["none", "met", "on_course", "watch", "behind", "short"]
"""Nothing owed; reached; reached with what is scheduled; not reached with it, but at the month's pace; nor at its pace;
the month is over and it was not reached."""


@dataclass(frozen=True)
class Line:
    """One indicator of a month. Minutes for time, else a count."""

    indicator: str
    done: int
    """What counts, corrections among it."""
    pending: int
    """Recorded, and not counted before somebody confirms or notes it."""
    coming: int
    """Already scheduled in what is left of the month."""
    corrected: int
    owed: int | None
    standing: Standing
    missing: int
    """Of what is owed, with what is to come."""


@dataclass(frozen=True)
class Rooms:
    """Minutes of the hub's rooms."""

    used: int
    coming: int
    corrected: int
    granted: int | None


@dataclass(frozen=True)
class Month:
    residency: int
    month: dt.date
    phase: Phase
    agreement: Agreement | None
    """The one in force; none where nothing was agreed on for a month as a whole."""
    lines: tuple[Line, ...]
    """One for each Indicator, in its order."""
    rooms: Rooms
    closing: Closing | None

    @property
    def lags(self) -> bool:
        """It did not reach what is owed, or won't by what is planned."""
        return self.worst > 0

    @property
    def worst(self) -> float:
        """How much is missing: the shares of what is owed, summed over the indicators that lag."""
        return sum(one.missing / one.owed for one in self.lines if one.owed and one.standing in ("behind", "short"))


def month(residency: int, month: dt.date) -> Month:
    """Refused("not_found")."""
    return months(residency, month, month)[0]


def months(residency: int, first: dt.date, last: dt.date) -> list[Month]:
    """Refused("not_found")."""
    stay = Residency.objects.filter(pk=residency).first()
    if stay is None:
        raise Refused("not_found", model="residency", id=residency)
    return _tell([stay], month_of(first), month_of(last))


def of_stays(stays: Sequence[Residency], month: dt.date) -> list[Month]:
    return _tell(stays, month_of(month), month_of(month))


def agreements_of(stays: Sequence[Residency]) -> Mapping[int, list[Agreement]]:
    """Residency -> what was agreed on, the newest first."""
    found: dict[int, list[Agreement]] = defaultdict(list)
    rows = Agreement.objects.filter(residency__in=among(one.pk for one in stays))
    for row in rows.select_related("by").prefetch_related("rooms").order_by("-valid_from", "-pk"):
        found[row.residency_id].append(row)
    return found


def in_force(stay: Residency, agreements: Sequence[Agreement], month: dt.date) -> Agreement | None:
    """In a month that the term doesn't hold as a whole nothing is owed."""
    begun_late = stay.starts_on and stay.starts_on > month
    ended_early = stay.ends_on and stay.ends_on < after(month) - dt.timedelta(days=1)
    if begun_late or ended_early:
        return None
    return next((one for one in agreements if one.valid_from <= month), None)


def counted(found: Month) -> dict[str, Any]:
    """The figures that a month is closed with (residency.closing)."""
    return {
        "agreement": found.agreement.pk if found.agreement else None,
        "owed": {one.indicator: one.owed for one in found.lines if one.owed is not None},
        "done": {one.indicator: one.done for one in found.lines} | {ROOM_MINUTES: found.rooms.used},
        "granted": found.rooms.granted,
    }


def _tell(stays: Sequence[Residency], first: dt.date, last: dt.date) -> list[Month]:
    found, agreements = count(stays, first, last), agreements_of(stays)
    closings = _closings(stays, first, last)
    rows = []
    for stay in stays:
        for one in months_between(first, last):
            closing = closings.get((stay.pk, one))
            agreement = in_force(stay, agreements.get(stay.pk, ()), one)
            if closing and closing.closed_at:
                rows.append(_closed(stay, one, closing, agreements.get(stay.pk, ())))
            else:
                rows.append(_open(stay, one, found.get((stay.pk, one)) or Counts(), agreement, closing))
    return rows


def _closings(stays: Sequence[Residency], first: dt.date, last: dt.date) -> dict[tuple[int, dt.date], Closing]:
    corrections = Prefetch(
        "corrections", Correction.objects.select_related("by", "confirmed_by", "refused_by").order_by("pk")
    )
    rows = Closing.objects.filter(residency__in=among(one.pk for one in stays), month__gte=first, month__lte=last)
    found = rows.select_related("agency_by", "hub_by").prefetch_related(corrections)
    return {(one.residency_id, one.month): one for one in found}


def _open(
    stay: Residency, month: dt.date, found: Counts, agreement: Agreement | None, closing: Closing | None
) -> Month:
    today = clock.today()
    phase: Phase = "ahead" if month > today else "open" if after(month) <= today else "running"
    owed = agreement.owed if agreement else {}
    lines = []
    for code in Indicator.values:
        done, pending, coming = found.done[code], found.pending[code], found.coming[code]
        standing, missing = judge(done, pending, coming, owed.get(code), phase, month, today)
        lines.append(Line(code, done, pending, coming, 0, owed.get(code), standing, missing))
    granted = agreement.room_minutes if agreement else None
    rooms = Rooms(found.done[ROOM_MINUTES], found.coming[ROOM_MINUTES], 0, granted)
    return Month(stay.pk, month, phase, agreement, tuple(lines), rooms, closing)


def judge(
    done: int, pending: int, coming: int, owed: int | None, phase: Phase, month: dt.date, today: dt.date
) -> tuple[Standing, int]:
    """How it stands, and how much is missing. Of a month that is over nothing comes any more, and what waits for a word
    is not counted yet. While it runs, its pace is the share of its days that have passed."""
    if not owed:
        return "none", 0
    if done >= owed:
        return "met", 0
    if phase in ("open", "closed"):
        return "short", owed - done
    missing = owed - done - pending - coming
    if missing <= 0:
        return "on_course", 0
    passed = (today - month).days if phase == "running" else 0
    pace = owed * passed // calendar.monthrange(month.year, month.month)[1]
    return ("behind" if done + pending < pace else "watch"), missing


def _closed(stay: Residency, month: dt.date, closing: Closing, agreements: Sequence[Agreement]) -> Month:
    corrected: dict[str, int] = defaultdict(int)
    for one in closing.corrections.all():
        if one.confirmed_at:
            corrected[one.figure] += one.change
    figures, lines = closing.figures, []
    for code in Indicator.values:
        done, owed = figures["done"][code] + corrected[code], figures["owed"].get(code)
        standing, missing = judge(done, 0, 0, owed, "closed", month, month)
        lines.append(Line(code, done, 0, 0, corrected[code], owed, standing, missing))
    used = figures["done"][ROOM_MINUTES] + corrected[ROOM_MINUTES]
    agreement = next((one for one in agreements if one.pk == figures["agreement"]), None)
    rooms = Rooms(used, 0, corrected[ROOM_MINUTES], figures["granted"])
    return Month(stay.pk, month, "closed", agreement, tuple(lines), rooms, closing)
