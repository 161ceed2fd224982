"""Background work that keeps itself going: queued by whoever needs it, and queued twice it runs once.

A task that queues its successor before it starts is followed by another even when its worker is killed midway.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from hub import clock

Work = Task[[], Any]


def waiting(work: Work) -> QuerySet[DBTaskResult[..., Any]]:
    return DBTaskResult.objects.filter(task_path=work.module_path, status=TaskResultStatus.READY)


def run_soon(work: Work) -> None:
    """Have it run by the next worker that is free."""
    if not waiting(work).filter(run_after__lte=clock.now()).exists():
        work.using(run_after=clock.now()).enqueue()


def run_by(work: Work, moment: dt.datetime) -> None:
    """Have it run at `moment`, unless it is to run before that anyhow."""
    if not waiting(work).filter(run_after__gt=clock.now(), run_after__lte=moment).exists():
        work.using(run_after=moment).enqueue()
