"""Forgetting background work that is done: its rows say nothing that the journal and the outbox don't keep."""

from __future__ import annotations

import datetime as dt

from django.core.management import call_command
from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(days=1)
KEPT_DAYS = 14


@task
def prune_tasks() -> None:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    run_by(prune_tasks, clock.now() + EVERY)
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)
