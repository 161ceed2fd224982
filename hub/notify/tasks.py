"""Sending in the background: woken by a commit that queued something, and by itself while anything waits."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.notify.sending import LEASE, next_due, send_due

AFTER_A_CRASH = LEASE + dt.timedelta(seconds=5)


@task
def deliver() -> int:
    """Queues its own successor before it starts, so that a worker killed midway is followed by another look."""
    if next_due() is None:
        return 0
    _look_again(clock.now() + AFTER_A_CRASH)
    sent = send_due()
    later = next_due()
    if later:
        _look_again(later)
    return sent


def wake() -> None:
    """Have the outbox looked at soon, by whichever worker is free."""
    if not _waiting().filter(run_after__lte=clock.now()).exists():
        deliver.using(run_after=clock.now()).enqueue()


def _look_again(moment: dt.datetime) -> None:
    if not _waiting().filter(run_after__gt=clock.now(), run_after__lte=moment).exists():
        deliver.using(run_after=moment).enqueue()


def _waiting() -> QuerySet[DBTaskResult[..., int]]:
    return DBTaskResult.objects.filter(task_path=f"{__name__}.deliver", status=TaskResultStatus.READY)
