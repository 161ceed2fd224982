"""What is closed, as a row: the deed that closes is closing's own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hub import clock
from hub.places.models import Hub, Room
from scheduling.sessions.models import Closure
from tests.support.make import MONDAY, make_hub, make_person


def make_closure(
    hub: Hub | None = None,
    *,
    room: Room | None = None,
    day: dt.date = MONDAY,
    start: int = 0,
    end: int = clock.MINUTES_A_DAY,
    reason: str = "停电",
    **values: Any,
) -> Closure:
    """From a minute of the day to another, of that day or a later one."""
    hub = hub or (room.hub if room else make_hub())
    times = {"starts_at": clock.at(day, start), "ends_at": clock.at(day, end), "created_at": clock.now()}
    return Closure.objects.create(hub=hub, room=room, reason=reason, **{"by": make_person(), **times, **values})
