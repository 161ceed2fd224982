"""Working days, with holidays and make-up days."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.people.models import Role
from hub.places.models import MarkedDay
from hub.places.working_days import mark_day, marked_days, unannounced, working_days_after
from tests.support.make import make_person
from tests.support.server import ROOT, environment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("day", "count", "last"),
    [
        ((2026, 3, 2), 0, (2026, 3, 2)),
        ((2026, 3, 2), 10, (2026, 3, 16)),
        # Spring Festival: off from 15 to 23 February, Saturdays 14 and 28 are worked.
        ((2026, 2, 13), 1, (2026, 2, 14)),
        ((2026, 2, 13), 10, (2026, 3, 5)),
        ((2026, 12, 31), 2, (2027, 1, 5)),
    ],
)
def test_counting_goes_over_holidays_and_make_up_days(
    day: tuple[int, int, int], count: int, last: tuple[int, int, int]
) -> None:
    assert working_days_after(dt.date(*day), count) == dt.date(*last)


def test_counting_is_what_a_calendar_says() -> None:
    marked = marked_days(2026, 2026)
    start = dt.date(2026, 1, 1)
    for ahead in range(0, 300, 7):
        day = start + dt.timedelta(days=ahead)
        last = clock.add_working_days(day, 5, marked)
        between = [day + dt.timedelta(days=n) for n in range(1, (last - day).days + 1)]
        assert sum(clock.is_working_day(one, marked) for one in between) == 5
        assert clock.is_working_day(last, marked)


def test_what_is_marked_by_hand_stands_above_what_was_published() -> None:
    monday, by = dt.date(2026, 3, 9), make_person()
    mark_day(day=monday, works=False, by=by)
    assert working_days_after(dt.date(2026, 3, 6), 1) == dt.date(2026, 3, 10)
    mark_day(day=monday, works=True, by=by)
    assert working_days_after(dt.date(2026, 3, 6), 1) == monday
    mark_day(day=monday, works=None, by=by)
    mark_day(day=monday, works=None, by=by)
    assert not MarkedDay.objects.exists()
    actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["day.marked", "day.marked", "day.unmarked"]
    with pytest.raises(Refused, match="day_out_of_range"):
        mark_day(day=dt.date(1, 1, 1), works=False, by=by)


def test_a_year_is_announced_once_a_day_to_make_up_is_known() -> None:
    assert unannounced({2026, 2098, 2099}) == [2098, 2099]
    mark_day(day=dt.date(2098, 10, 10), works=True, instead_of=dt.date(2098, 10, 6), by=make_person())
    mark_day(day=dt.date(2099, 10, 10), works=False, by=make_person())
    assert (unannounced({2026, 2098, 2099}), unannounced(set())) == ([2099], [])


def test_the_list_of_a_year(sign_in: Callable[..., Any]) -> None:
    client = sign_in(make_person(Role.ADMINISTRATOR))
    assert client.put("/api/working-days/2026-03-09", {"works": False}, "application/json").status_code == 204
    days = {one["day"]: (one["works"], one["by_hand"]) for one in client.get("/api/working-days?year=2026").json()}
    expected = {"2026-02-14": (True, False), "2026-02-17": (False, False), "2026-03-09": (False, True)}
    assert {day: days[day] for day in expected} == expected
    assert client.get("/api/working-days?year=9999").status_code == 422
    assert client.put("/api/working-days/soon", {"works": False}, "application/json").status_code == 422


def test_the_published_lists_are_read_when_somebody_asks() -> None:
    """Importing them takes longer than most of a start."""
    begun = "import hub.config.urls, hub.places.working_days, sys; print('holidays' in sys.modules)"
    code = f"import django; django.setup(); {begun}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, env=environment(DJANGO_SETTINGS_MODULE="tests.settings"), capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "False"
