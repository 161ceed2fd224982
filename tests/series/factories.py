"""Series as their own rules make them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub.people.models import Person, Role
from programs.models import Program
from scheduling.bookings.bookings import book
from scheduling.bookings.models import Booking
from scheduling.series.models import Occurrence, Series
from scheduling.series.outcome import Outcome
from scheduling.series.series import add_series, change_series
from scheduling.series.settling import Settled
from scheduling.series.wishes import Wish
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish
from tests.support.make import make_child, make_hub, make_person, make_program

TUESDAY = dt.date(2027, 3, 2)
"""No holiday is near: the next is 5 April."""
READER = NeedWish(role="领读员", min=1, target=2)


def make_wish(**values: Any) -> Wish:
    """Every Tuesday from four o'clock, six times."""
    hub = values.pop("hub", None) or (values["room"].hub if values.get("room") else make_hub())
    defaults: dict[str, Any] = {
        "first_day": TUESDAY,
        "rule": "FREQ=WEEKLY;BYDAY=TU",
        "count": None if "until" in values or "term" in values else 6,
        "start": 16 * 60,
        "minutes": 90,
        "places": 12,
        "needs": [READER],
    }
    return Wish(hub=hub, **defaults | values)


def add(
    wish: Wish | None = None, *, program: Program | None = None, by: Person | None = None, **settled: Any
) -> Series:
    """As it comes out, saved; `settled`: where dates clash."""
    wish, program, how = wish or make_wish(), program or make_program(), Settled(**settled)
    by = by or make_person(Role.ADMINISTRATOR)
    shown = add_series(program=program, wish=wish, seen="", by=by, settled=how)
    saved = add_series(program=program, wish=wish, seen=shown.seen, by=by, settled=how)
    assert saved.saved
    return Series.objects.get(pk=saved.series)


def change(series: Series, wish: Wish, **values: Any) -> Outcome:
    """As it comes out, saved."""
    series.refresh_from_db()
    given: dict[str, Any] = {"reason": "场地维修", "by": make_person(Role.ADMINISTRATOR)} | values
    wanted: dict[str, Any] = {"series_id": series.pk, "revision": series.revision, "wish": wish} | given
    shown = change_series(seen="", **wanted)
    saved = change_series(seen=shown.seen, **wanted)
    assert saved.saved
    return saved


def sessions_of(series: Series) -> list[Session]:
    return list(Session.objects.filter(occurrence__series=series).order_by("starts_at"))


def session_on(series: Series, day: dt.date) -> Session:
    """Of the rule's day."""
    held = Occurrence.objects.get(series=series, day=day).session
    assert held is not None
    return held


def booked(session: Session) -> Booking:
    child = make_child()
    return book(session=session.pk, child=child.pk, by=child.family.guardian)
