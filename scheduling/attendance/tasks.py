"""Closing what nobody closed, in the background: once somebody was signed in, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(minutes=30)


@task
def close_forgotten() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from scheduling.attendance.closing import assume_forgotten

    keep_closing()
    return assume_forgotten()


def keep_closing() -> None:
    """Have it under way, in the transaction that signs somebody in. Called twice, it goes on once."""
    run_by(close_forgotten, clock.now() + EVERY)
