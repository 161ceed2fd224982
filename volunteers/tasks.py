"""Reminding of what ends, once a day in the background: once a check is on record, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock

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
    if not _waiting().filter(run_after__gt=clock.now()).exists():
        remind.using(run_after=clock.now() + first).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.remind", status=TaskResultStatus.READY)
