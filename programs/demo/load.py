"""The demo district, built through the workbook and the planner like real data: four weeks behind, this week published,
next week to plan."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Role
from hub.places.models import District, Hub
from hub.workbook.confirm import import_workbook
from programs.demo.books import fill_book_houses
from programs.demo.borrowing import lend_some_books
from programs.demo.district import draw_district
from programs.demo.doors import open_doors
from programs.demo.families import start_from_afar
from programs.demo.files import keep_files
from programs.demo.profiles import ask_a_guardian, ask_about, leave_claims
from programs.demo.reading import note_what_was_read
from programs.demo.repeating import repeat_a_reading
from programs.demo.residencies import exchange_space
from programs.demo.rosters import ask_early, fill_week, keep_some_standing, tell_those_ahead
from programs.demo.service import record_service
from programs.demo.stand_ins import look_for_a_stand_in
from programs.demo.standbys import keep_some_ready
from programs.demo.swaps import propose_one_swap
from programs.demo.turns import free_a_place
from programs.demo.waiting import let_some_ask
from programs.demo.weeks import workbook_of
from scheduling.planning.models import Run
from scheduling.planning.runs import request_run
from scheduling.signups.models import Assignment

WEEKS_BEHIND = 4
FIRST_PLAN_SECONDS = 10


def load_district() -> None:
    """Loading again changes nothing."""
    now = clock.monday_of(clock.today())
    district = draw_district(now)
    served: list[Assignment] = []
    for step in range(-WEEKS_BEHIND, 2):
        monday = now + dt.timedelta(weeks=step)
        outcome = import_workbook(data=workbook_of(district, monday), file_name=f"demo-{monday}.xlsx")
        if outcome.book.faults:
            raise RuntimeError(f"the demo's workbook is at fault: {outcome.book.faults[:3]}")
        if step == 0:
            # Before the shifts are told of: what visitors look for stands on top of the messages.
            leave_claims()
            ask_a_guardian()
            start_from_afar()
            ask_about(now + dt.timedelta(weeks=1))
        if step <= 0 and not Assignment.objects.filter(session__week=monday).exists():
            made = fill_week(monday, over=step < 0)
            if step < 0:
                served += made
            else:
                tell_those_ahead(made)
                keep_some_standing(made)
    record_service(served)
    tell_those_ahead(ask_early(now + dt.timedelta(weeks=1)))
    keep_some_ready()
    look_for_a_stand_in()
    propose_one_swap()
    free_a_place()
    let_some_ask()
    open_doors()
    note_what_was_read()
    fill_book_houses()
    lend_some_books()
    repeat_a_reading()
    exchange_space()
    keep_files()


def plan_next_week() -> None:
    """The first plannings, unless the week was planned before; the worker takes them up. The coordinator that visitors
    become asks for their own sites, the administrator for all the others."""
    monday = clock.monday_of(clock.today()) + dt.timedelta(weeks=1)
    if Run.objects.filter(week=monday).exists():
        return
    coordinator, administrator = face_of(Role.COORDINATOR), face_of(Role.ADMINISTRATOR)
    own = load_actor(coordinator).hub_ids if coordinator else frozenset()
    for by, hubs in (
        (coordinator, Hub.objects.filter(pk__in=own)),
        (administrator, Hub.objects.exclude(pk__in=own)),
    ):
        request_run(week=monday, hubs=list(hubs.order_by("pk")), seconds=FIRST_PLAN_SECONDS, by=by)


def ensure_district() -> None:
    if not District.objects.exists():
        District.objects.create(name="綦江区", code="500110")
