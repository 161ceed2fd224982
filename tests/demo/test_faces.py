"""Whom visitors become: somebody with something to see and to answer, on every day of the week."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import QuerySet

from hub import clock
from hub.access.actor import load_actor
from hub.people.demo import face_of
from hub.people.models import Child, Person, Role
from scheduling.bookings.models import Booking
from scheduling.callouts.models import CallOut, Swap
from scheduling.callouts.swaps import RELATED, is_open
from scheduling.planning.models import Run
from scheduling.planning.proposal import Proposal
from scheduling.planning.tasks import solve_claimed
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from scheduling.solver.explain import explain_unfilled

pytestmark = pytest.mark.django_db
DAYS = [
    pytest.param(dt.datetime(2026, 12, 5, 12, tzinfo=dt.UTC), id="Saturday evening"),
    pytest.param(dt.datetime(2027, 1, 3, 15, 50, tzinfo=dt.UTC), id="Sunday night"),
]


def face(role: Role) -> Person:
    found = face_of(role)
    assert found is not None
    return found


def states(rows: QuerySet[Any]) -> list[str]:
    return list(rows.values_list("state", flat=True))


@pytest.mark.parametrize("now", DAYS)
def test_late_in_the_week_everybody_has_something_ahead(now: dt.datetime, at_time: Any) -> None:
    at_time(now)
    call_command("load_demo", stdout=io.StringIO())
    look_at_faces(now)
    look_at_search()


def look_at_search() -> None:
    """Stand-ins are being looked for even when the week is over."""
    callout = CallOut.objects.get()
    assert callout.state == CallOut.State.RUNNING
    assert callout.asks.filter(state="no").count() == 1
    assert callout.asks.filter(state="silent").count() == callout.asks.count() - 1 > 0
    assert [is_open(swap) for swap in Swap.objects.select_related(*RELATED)] == [True]


def look_at_faces(now: dt.datetime) -> None:
    mine = Assignment.objects.filter(volunteer__person=face(Role.VOLUNTEER)).order_by("session__starts_at")
    assert states(mine.filter(session__starts_at__gt=now))[0] == "published"
    assert "accepted" in states(mine.filter(session__starts_at__gt=now))
    assert mine.filter(session__ends_at__lte=now).exists()

    children = Child.objects.filter(family__guardian=face(Role.GUARDIAN)).values("person")
    booked = Booking.objects.filter(participant__in=children, session__starts_at__gt=now)
    assert 2 <= len(children) <= 3
    assert (states(booked).count("waiting"), states(booked).count("booked") > 0) == (1, True)

    agencies = load_actor(face(Role.SOCIAL_WORKER)).agency_ids
    soon = clock.at(clock.today() + dt.timedelta(days=2))
    assert Session.objects.filter(program__agency__in=agencies, ends_at__gt=now, starts_at__lt=soon).exists()
    assert [face(role).pk for role in Role] == [face(role).pk for role in Role]


def test_on_a_monday_too_and_the_coordinator_finds_what_is_short_and_who_nearly_could(at_time: Any) -> None:
    at_time(now := dt.datetime(2026, 12, 14, 1, tzinfo=dt.UTC))
    call_command("load_demo", stdout=io.StringIO())
    look_at_faces(now)
    look_at_search()
    run = Run.objects.get(requested_by=face(Role.COORDINATOR))
    run.seconds = 1
    run.save()
    solve_claimed(run.pk)
    run.refresh_from_db()
    proposal = Proposal(run)
    short = explain_unfilled(proposal.problem, proposal.triples)
    wanted = {(proposal.problem.sessions[one.session].needs[one.need].skill, one.missing) for one in short}
    assert wanted == {("理发", 1), ("手语", 1)}
    assert all(one.relaxations for one in short)
