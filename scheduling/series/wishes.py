"""What a series should be, and what it is: its rule, its hours, what its sessions hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from hub.places.models import Hub, Room
from hub.places.working_days import check_day, makeup_days, marked_days
from scheduling.series.content import plain
from scheduling.series.days import Calendar, Rule, days_of
from scheduling.series.models import Series, Term
from scheduling.sessions.checks import check_room, check_time, check_worker
from scheduling.sessions.needs import NeedWish, check_wishes


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A series as it should be."""

    first_day: dt.date
    rule: str
    until: dt.date | None = None
    count: int | None = None
    term: Term | None = None
    holidays: str = Series.Holidays.SKIP
    makeup: bool = True
    start: int
    minutes: int
    hub: Hub
    room: Room | None = None
    places: int | None = None
    group_only: bool = False
    """Can't be changed once it is published: somebody may have booked."""
    duty_worker: Person | None = None
    note: str = ""
    needs: Sequence[NeedWish] = ()


_ALIKE = (
    "first_day", "until", "count", "term", "holidays", "makeup", "start", "minutes", "hub", "room", "places",
    "duty_worker", "note",
)  # fmt: skip
_COLUMNS = {field.attname: field for field in Series._meta.concrete_fields if field.name in (*_ALIKE, "rule", "needs")}
"""Of a Series: what a change replaces, and an undo brings back."""


def check_wish(wish: Wish) -> None:
    """Refused: day_out_of_range, impossible_time, room_elsewhere, not_a_social_worker, term_elsewhere, rule_unreadable,
    rule_endless, series_too_long, and what check_wishes refuses."""
    check_day(wish.first_day, wish.until)
    check_time(clock.at(wish.first_day, wish.start), clock.at(wish.first_day, wish.start + wish.minutes))
    check_room(wish.room, wish.hub)
    check_worker(wish.duty_worker)
    check_wishes(wish.needs)
    if wish.term and wish.term.hub_id not in (None, wish.hub.pk, wish.hub.parent_id):
        raise Refused("term_elsewhere", term=wish.term.pk, hub=wish.hub.pk)
    days_of(rule_of(wish))


def write_wish(series: Series, wish: Wish) -> None:
    for name in _ALIKE:
        setattr(series, name, getattr(wish, name))
    if not series.published_at:
        series.group_only = wish.group_only
    series.rule = wish.rule.strip().upper()
    series.needs = [plain(need) | {"role": need.role.strip()} for need in wish.needs]


def values_of(series: Series) -> dict[str, Any]:
    """As it is now, in plain JSON."""
    values = {name: getattr(series, name) for name in _COLUMNS}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def restore_values(series: Series, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(series, name, _COLUMNS[name].to_python(value))


def rule_of(one: Series | Wish) -> Rule:
    return Rule(
        first_day=one.first_day,
        rule=one.rule,
        until=one.until,
        count=one.count,
        term=(one.term.first_day, one.term.last_day) if one.term else None,
        holidays=one.holidays,
        makeup=one.makeup,
    )


def calendar_for(hub: Hub, first: dt.date, last: dt.date) -> Calendar:
    weekdays = frozenset(window[0] for window in hub.opening) or frozenset(range(7))
    years = (first.year - 1, last.year + 1)
    return Calendar(marked_days(*years), makeup_days(*years), weekdays)
