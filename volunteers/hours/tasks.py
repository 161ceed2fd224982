"""Silence becoming a yes, in the background: once a record was entered, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(hours=1)


@task
def confirm_silent_records() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from volunteers.hours.confirming import confirm_silent

    keep_confirming()
    return confirm_silent()


def keep_confirming() -> None:
    """Have it under way, in the transaction that enters a record or opens it again. Called twice, it goes on once."""
    run_by(confirm_silent_records, clock.now() + EVERY)
