"""What is closed, for whoever reckons with it: days on which nobody can come to a site."""

from __future__ import annotations

import datetime as dt

import pytest

from scheduling.closures.closed import next_open_day
from tests.closures.factories import make_closure
from tests.support.make import MONDAY, make_hub, make_room

pytestmark = pytest.mark.django_db
HOURS = [[weekday, *window] for weekday in range(5) for window in ((540, 720), (840, 1020))]
FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.mark.parametrize(
    ("opening", "spans", "days"),
    [
        (HOURS, [(540, 1020)], 1),
        (HOURS, [(600, 1020)], 0),
        (HOURS, [(540, 720), (780, 1020)], 1),
        (HOURS, [(840, 1020), (540, 720)], 1),
        (HOURS, [(0, 5 * 1440)], 7),
        ([], [(480, 1260)], 1),
        ([], [(540, 1260)], 0),
        (HOURS, [(0, 61 * 1440)], 63),
        ([], [(0, 90 * 1440), (90 * 1440, 180 * 1440)], 180),
        ([[7, 540, 720]], [(0, 1440)], 0),
    ],
)
def test_a_day_is_closed_when_all_its_hours_are(
    opening: list[list[int]], spans: list[tuple[int, int]], days: int
) -> None:
    """However long; hours that never open are a slip."""
    hub = make_hub(opening=opening)
    for span in spans:
        make_closure(hub, start=span[0], end=span[1])
    make_closure(day=MONDAY + dt.timedelta(days=1))
    make_closure(room=make_room(hub=hub), day=MONDAY + dt.timedelta(days=1))
    assert next_open_day(hub, MONDAY) == MONDAY + dt.timedelta(days=days)


def test_over_the_weekend_and_what_is_closed_behind_it() -> None:
    hub = make_hub(opening=HOURS)
    for day in (FRIDAY, FRIDAY + dt.timedelta(days=3)):
        make_closure(hub, day=day)
    assert next_open_day(hub, FRIDAY) == FRIDAY + dt.timedelta(days=4)
