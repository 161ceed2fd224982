"""The demo district, built through the workbook and the planner like real data: four weeks behind, this week published,
next week to plan."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.places.models import District, Hub
from hub.workbook.confirm import import_workbook
from programs.demo.district import draw_district
from programs.demo.rosters import fill_week, tell_those_ahead
from programs.demo.weeks import workbook_of
from scheduling.planning.models import Run
from scheduling.planning.runs import request_run
from scheduling.signups.models import Assignment

WEEKS_BEHIND = 4
FIRST_PLAN_SECONDS = 20


def load_district() -> None:
    """Loading again changes nothing."""
    now = clock.monday_of(clock.today())
    district = draw_district(now)
    for step in range(-WEEKS_BEHIND, 2):
        monday = now + dt.timedelta(weeks=step)
        outcome = import_workbook(data=workbook_of(district, monday), file_name=f"demo-{monday}.xlsx")
        if outcome.book.faults:
            raise RuntimeError(f"the demo's workbook is at fault: {outcome.book.faults[:3]}")
        if step <= 0 and not Assignment.objects.filter(session__week=monday).exists():
            made = fill_week(monday, over=step < 0)
            if step == 0:
                tell_those_ahead(made)


def plan_next_week() -> None:
    """The first planning, unless the week was planned before: the worker takes it up."""
    monday = clock.monday_of(clock.today()) + dt.timedelta(weeks=1)
    if Run.objects.filter(week=monday).exists():
        return
    request_run(week=monday, hubs=list(Hub.objects.order_by("pk")), seconds=FIRST_PLAN_SECONDS, by=None)


def ensure_district() -> None:
    if not District.objects.exists():
        District.objects.create(name="綦江区", code="500110")
