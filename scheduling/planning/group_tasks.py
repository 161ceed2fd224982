"""Telling groups, by the worker: that a roster is out; and each afternoon what is short tomorrow, under way from the
first robot on, while there is one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.dispatch import receiver
from django_tasks import task

from hub import clock
from hub.notify.models import GroupRobot
from hub.notify.signals import robot_set
from hub.upkeep import run_by
from scheduling.planning.group_news import tell_published, tell_tomorrow
from scheduling.planning.models import Run

AT = 17 * 60
"""Minutes after local midnight: people are home from work, and the phone is still on."""


@task
def tell_roster(run_id: int) -> None:
    """Counted once the locks of publishing are gone."""
    tell_published(Run.objects.get(pk=run_id))


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
    today = clock.at(clock.today(), AT)
    run_by(tell_groups, today if today > clock.now() else today + dt.timedelta(days=1))
