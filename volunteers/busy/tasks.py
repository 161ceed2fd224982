"""Reading calendars again from their addresses, in the background: once there is one, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by


@task
def read_calendars() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from volunteers.busy.calendars import EVERY, due_again, read_again
    from volunteers.models import BusyCalendar

    if BusyCalendar.objects.exclude(address="").exists():
        keep_reading(EVERY)
    due = due_again()
    for calendar in due:
        read_again(calendar)
    return len(due)


def keep_reading(first: dt.timedelta) -> None:
    run_by(read_calendars, clock.now() + first)
