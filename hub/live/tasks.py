"""Forgetting old events in the background, every few hours, by whichever worker is free."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.live.prune import prune

EVERY = dt.timedelta(hours=6)


@task
def prune_events() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    _queue(clock.now() + EVERY)
    return prune()


def keep_pruning() -> None:
    """Have the pruning under way: for whatever starts the workers. Called twice, it goes on once."""
    if not _waiting().exists():
        _queue(clock.now())


def _queue(moment: dt.datetime) -> None:
    if not _waiting().filter(run_after__gt=clock.now()).exists():
        prune_events.using(run_after=moment).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.prune_events", status=TaskResultStatus.READY)
