"""Forgetting old events in the background, every few hours, by whichever worker is free."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.live.prune import prune
from hub.upkeep import run_by

EVERY = dt.timedelta(hours=6)


@task
def prune_events() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    run_by(prune_events, clock.now() + EVERY)
    return prune()
