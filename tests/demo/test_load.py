"""The demo district: sound, lively, the same again."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from django.core.management import call_command

from hub.people.models import Child, Person, Role, RoleGrant
from hub.people.phones import is_invented
from hub.places.models import District, Hub
from hub.workbook.examine import examine
from programs.demo.district import draw_district
from programs.demo.weeks import workbook_of
from programs.lending.models import Copy, Title
from scheduling.bookings.models import Booking
from scheduling.planning.models import Run
from scheduling.series.models import Series
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.models import StandingShift, Volunteer

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 12, 16, 4, tzinfo=dt.UTC)
WEEKS = [dt.date(2026, 12, 14) + dt.timedelta(weeks=step) for step in range(-4, 2)]


def counts() -> dict[str, int]:
    models = (
        Hub,
        Person,
        RoleGrant,
        Volunteer,
        Child,
        Session,
        Booking,
        Assignment,
        StandingShift,
        Run,
        Title,
        Copy,
        Series,
    )
    return {model.__name__: model.objects.count() for model in models}


def test_loading_fills_the_weeks_and_again_changes_nothing(at_time: Any) -> None:
    at_time(NOW)
    call_command("load_demo", stdout=io.StringIO())
    first = counts()
    assert District.objects.get().name == "綦江区"
    assert min(first.values()) > 0
    assert [Session.objects.filter(week=week).exists() for week in WEEKS] == [True] * 6
    placed = Assignment.objects.filter(state__in=Assignment.PLACED)
    assert [placed.filter(session__week=week).exists() for week in WEEKS] == [True] * 5 + [False]
    past = Assignment.objects.filter(session__week__lt=WEEKS[4]).values_list("state", flat=True)
    assert set(past) == {"accepted"}
    assert set(placed.filter(session__week=WEEKS[4]).values_list("state", flat=True)) == {
        *("accepted", "published", "declined")
    }
    asked = Assignment.objects.filter(state__in=Assignment.OPEN)
    assert set(asked.values_list("state", flat=True)) == {"requested", "wished", "waiting"}
    assert set(RoleGrant.objects.values_list("role", flat=True)) == set(Role)
    assert [person.pk for person in Person.objects.exclude(phone_key="") if not is_invented(person.phone)] == []
    assert [(run.week, len(run.hubs.all())) for run in Run.objects.order_by("pk")] == [(WEEKS[5], 3), (WEEKS[5], 8)]
    call_command("load_demo", "--force", stdout=io.StringIO())
    assert counts() == first


def test_a_database_in_use_is_left_alone() -> None:
    Hub.objects.create(name="有人用")
    call_command("load_demo", stdout=io.StringIO())
    assert (Hub.objects.count(), Person.objects.count()) == (1, 0)


@pytest.mark.parametrize("monday", [dt.date(2026, 11, 23), dt.date(2026, 12, 28), dt.date(2028, 2, 28)])
def test_its_workbook_is_sound_whenever_it_is_drawn(monday: dt.date, at_time: Any) -> None:
    at_time(dt.datetime.combine(monday, dt.time(4), tzinfo=dt.UTC))
    book = examine(workbook_of(draw_district(monday), monday))
    assert book.faults == []
    assert book.week == monday
