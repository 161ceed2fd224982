"""Sealing in the background, every few minutes, by whichever worker is free."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.journal.seal import seal_all
from hub.upkeep import run_by, run_soon

EVERY = dt.timedelta(minutes=5)


@task
def seal_journal() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    run_by(seal_journal, clock.now() + EVERY)
    return seal_all()


def keep_sealing() -> None:
    """Have the sealing under way: for whatever starts the workers. Called twice, it goes on once."""
    run_soon(seal_journal)
