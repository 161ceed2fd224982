"""The worker's part: making months, looking after those whose worker died, clearing away what is kept long enough."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

CLEARS_EVERY = dt.timedelta(hours=1)


def begin(month_file: int) -> None:
    """In the transaction that asks for it."""
    build_month.enqueue(month_file)


@task
def build_month(month_file: int) -> None:
    """Queues its successor before it starts, so that a worker killed midway is followed by another; where all went well
    that one finds nothing to do."""
    from scheduling.files.building import build
    from scheduling.files.models import MonthFile
    from scheduling.files.months import DEAD_AFTER

    if MonthFile.objects.filter(pk=month_file, state__in=MonthFile.LIVE).exists():
        build_month.using(run_after=clock.now() + 2 * DEAD_AFTER).enqueue(month_file)
    build(month_file)


@task
def clear_months() -> None:
    """Queues its successor before it starts, while any file is kept."""
    from scheduling.files.models import MonthFile
    from scheduling.files.months import clear_old

    if MonthFile.objects.exclude(name="").exists():
        run_by(clear_months, clock.now() + CLEARS_EVERY)
    clear_old()


def keep_clearing() -> None:
    """In the transaction that keeps a file."""
    from scheduling.files.months import KEPT_FOR

    run_by(clear_months, clock.now() + KEPT_FOR)
