"""Forgetting families nobody agreed to, in the background: once one was started, it goes on as long as any waits."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(days=1)


@task
def forget_unanswered() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from hub.people.unanswered import any_waits, end_unanswered

    if any_waits():
        keep_forgetting()
    return end_unanswered()


def keep_forgetting() -> None:
    """Have it under way, in the transaction that starts a family. Called twice, it goes on once."""
    run_by(forget_unanswered, clock.now() + EVERY)
