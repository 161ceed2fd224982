"""Sealing in the background, every few minutes, by whichever worker is free."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.journal.seal import seal_all
from hub.upkeep import run_by

EVERY = dt.timedelta(minutes=5)


@task
def seal_journal() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    run_by(seal_journal, clock.now() + EVERY)
    return seal_all()
