"""What is closed, for whoever reckons with it: days on which nobody can come to a site."""

from __future__ import annotations

import datetime as dt

import pytest

from hub import clock
from hub.places.models import Hub, Room
from scheduling.closures.closed import next_open_day
from scheduling.sessions.models import Closure
from tests.support.make import MONDAY, make_hub, make_person, make_room

pytestmark = pytest.mark.django_db
HOURS = [[weekday, *window] for weekday in range(5) for window in ((540, 720), (840, 1020))]
FRIDAY = MONDAY + dt.timedelta(days=4)


def close(hub: Hub, day: dt.date, start: int, end: int, *, room: Room | None = None) -> Closure:
    return Closure.objects.create(
        hub=hub, room=room, starts_at=clock.at(day, start), ends_at=clock.at(day, end), reason="停电",
        by=make_person(), created_at=clock.now(),
    )  # fmt: skip


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
        (HOURS, [(0, 61 * 1440)], 0),
    ],
)
def test_a_day_is_closed_when_all_its_hours_are(
    opening: list[list[int]], spans: list[tuple[int, int]], days: int
) -> None:
    """And what is closed for too long is not waited for."""
    hub = make_hub(opening=opening)
    for span in spans:
        close(hub, MONDAY, *span)
    close(make_hub(), MONDAY + dt.timedelta(days=1), 0, 1440)
    close(hub, MONDAY + dt.timedelta(days=1), 0, 1440, room=make_room(hub=hub))
    assert next_open_day(hub, MONDAY) == MONDAY + dt.timedelta(days=days)


def test_over_the_weekend_and_what_is_closed_behind_it() -> None:
    hub = make_hub(opening=HOURS)
    for day in (FRIDAY, FRIDAY + dt.timedelta(days=3)):
        close(hub, day, 0, 1440)
    assert next_open_day(hub, FRIDAY) == FRIDAY + dt.timedelta(days=4)
