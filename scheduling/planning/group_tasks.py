"""Each afternoon the groups hear what is short tomorrow: under way from the first robot on, while there is one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.notify.models import GroupRobot
from hub.notify.signals import robot_set
from scheduling.planning.group_news import tell_tomorrow

AT = 17 * 60
"""Minutes after local midnight: people are home from work, and the phone is still on."""


@task
def tell_groups() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    if not GroupRobot.objects.exists():
        return 0
    keep_telling()
    return tell_tomorrow()


@receiver(robot_set, dispatch_uid="planning.robot_set")
def keep_telling(*args: Any, **kwargs: Any) -> None:
    """Called twice, it goes on once."""
    now = clock.now()
    path = f"{__name__}.tell_groups"
    waiting = DBTaskResult.objects.filter(task_path=path, status=TaskResultStatus.READY, run_after__gt=now)
    if not waiting.exists():
        today = clock.at(clock.today(), AT)
        tell_groups.using(run_after=today if today > now else today + dt.timedelta(days=1)).enqueue()
