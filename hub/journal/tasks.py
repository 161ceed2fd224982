"""Sealing in the background, every few minutes, by whichever worker is free."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.journal.seal import seal_all

EVERY = dt.timedelta(minutes=5)


@task
def seal_journal() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    _queue(clock.now() + EVERY)
    return seal_all()


def keep_sealing() -> None:
    """Have the sealing under way: for whatever starts the workers. Called twice, it goes on once."""
    if not _waiting().exists():
        _queue(clock.now())


def _queue(moment: dt.datetime) -> None:
    if not _waiting().filter(run_after__gt=clock.now()).exists():
        seal_journal.using(run_after=moment).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.seal_journal", status=TaskResultStatus.READY)
