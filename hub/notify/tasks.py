"""Sending in the background: woken by a commit that queued something, and by itself while anything waits."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.notify.sending import LEASE, next_due, send_due
from hub.upkeep import run_by, run_soon

AFTER_A_CRASH = LEASE + dt.timedelta(seconds=5)


@task
def deliver() -> int:
    """Queues its own successor before it starts, so that a worker killed midway is followed by another look."""
    if next_due() is None:
        return 0
    run_by(deliver, clock.now() + AFTER_A_CRASH)
    sent = send_due()
    later = next_due()
    if later:
        run_by(deliver, later)
    return sent


def wake() -> None:
    """Have the outbox looked at soon, by whichever worker is free."""
    run_soon(deliver)
