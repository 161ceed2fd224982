"""Silence becoming a yes, in the background: once a record was entered, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock

EVERY = dt.timedelta(hours=1)


@task
def confirm_silent_records() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from volunteers.hours.confirming import confirm_silent

    keep_confirming()
    return confirm_silent()


def keep_confirming() -> None:
    """Have it under way, in the transaction that enters a record. Called twice, it goes on once."""
    if not _waiting().filter(run_after__gt=clock.now()).exists():
        confirm_silent_records.using(run_after=clock.now() + EVERY).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.confirm_silent_records", status=TaskResultStatus.READY)
