"""Nobody stands before a closed door: opening hours, weekends, published holidays and what was marked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from hub.places.models import MarkedDay
from hub.places.open_days import first_open_day
from tests.support.make import make_hub

pytestmark = pytest.mark.django_db
WEEK = [[weekday, 540, 1080] for weekday in range(7)]
WEEKDAYS = WEEK[:5]


@pytest.mark.parametrize(
    ("opening", "day", "expected"),
    [
        (WEEK, (2026, 12, 12), (2026, 12, 12)),
        ([], (2026, 12, 12), (2026, 12, 12)),
        (WEEKDAYS, (2026, 12, 12), (2026, 12, 14)),
        # Closed on Mondays.
        (WEEK[1:], (2026, 12, 14), (2026, 12, 15)),
        # The national holiday, with the weekend in its middle.
        (WEEK, (2026, 10, 1), (2026, 10, 8)),
        (WEEK, (2026, 10, 4), (2026, 10, 8)),
        # A Saturday worked to make up for the Spring Festival, and the Sunday before it.
        (WEEKDAYS, (2026, 2, 14), (2026, 2, 14)),
        (WEEK, (2026, 2, 15), (2026, 2, 24)),
    ],
)
def test_due_on_the_next_open_day(
    opening: list[list[int]], day: tuple[int, int, int], expected: tuple[int, int, int]
) -> None:
    assert first_open_day(make_hub(opening=opening), dt.date(*day)) == dt.date(*expected)


def test_marked_by_hand() -> None:
    hub = make_hub(opening=WEEKDAYS)
    MarkedDay.objects.create(day=dt.date(2026, 12, 16), works=False)
    MarkedDay.objects.create(day=dt.date(2026, 12, 19), works=True)
    assert first_open_day(hub, dt.date(2026, 12, 16)) == dt.date(2026, 12, 17)
    assert first_open_day(hub, dt.date(2026, 12, 19)) == dt.date(2026, 12, 19)


def test_hours_that_never_open_leave_the_day() -> None:
    assert first_open_day(make_hub(opening=[[9, 540, 600]]), dt.date(2026, 12, 16)) == dt.date(2026, 12, 16)
