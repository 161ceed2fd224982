"""What repeats in the demo: a school term, and a weekly reading within it after the weeks that the workbook holds."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Role
from programs.models import Program
from scheduling.series.models import Series
from scheduling.series.series import add_series
from scheduling.series.terms import set_term
from scheduling.series.wishes import Wish
from scheduling.sessions.needs import NeedWish

THURSDAY = 3
TERM = dt.timedelta(weeks=9)
HOURS = (16 * 60 + 30, 90)


def repeat_a_reading() -> None:
    """Of the agency that visitors work for, at a site where it resides. Loading again changes nothing."""
    worker = face_of(Role.SOCIAL_WORKER)
    if worker is None or Series.objects.exists():
        return
    ours = Program.objects.filter(agency__in=load_actor(worker).agency_ids, kind="reading")
    program = ours.select_related("agency").order_by("pk").first()
    hub = program.agency.hubs.order_by("pk").first() if program else None
    if program is None or hub is None:
        return
    monday = clock.monday_of(clock.today())
    first_day = monday + dt.timedelta(weeks=2, days=THURSDAY)
    term = set_term(term=None, name="本学期", hub=None, first_day=monday - TERM, last_day=first_day + TERM, by=worker)
    start, minutes = HOURS
    wish = Wish(
        first_day=first_day,
        rule="FREQ=WEEKLY;BYDAY=TH",
        term=term,
        start=start,
        minutes=minutes,
        hub=hub,
        places=12,
        needs=[NeedWish(role="领读员", min=1, target=2, clearance="child")],
    )
    shown = add_series(program=program, wish=wish, seen="", by=worker)
    add_series(program=program, wish=wish, seen=shown.seen, by=worker)
