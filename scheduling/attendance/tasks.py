"""Closing what nobody closed, in the background: once somebody was signed in, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock

EVERY = dt.timedelta(minutes=30)


@task
def close_forgotten() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from scheduling.attendance.closing import assume_forgotten

    keep_closing()
    return assume_forgotten()


def keep_closing() -> None:
    """Have it under way, in the transaction that signs somebody in. Called twice, it goes on once."""
    if not _waiting().filter(run_after__gt=clock.now()).exists():
        close_forgotten.using(run_after=clock.now() + EVERY).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.close_forgotten", status=TaskResultStatus.READY)
