"""Reminding of what ends, once a day in the background: once a check is on record, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(days=1)
SOON = dt.timedelta(minutes=10)


@task
def remind() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from volunteers.reminders import remind_of_endings

    keep_reminding(EVERY)
    return remind_of_endings()


def keep_reminding(first: dt.timedelta = SOON) -> None:
    """Have it under way, in the transaction that records something that ends. Called twice, it goes on once."""
    run_by(remind, clock.now() + first)
