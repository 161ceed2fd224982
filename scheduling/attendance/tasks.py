"""Closing what nobody closed, in the background: once somebody was signed in, it goes on by itself."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by, run_soon

EVERY = dt.timedelta(minutes=30)
WATCHES_EVERY = dt.timedelta(minutes=5)
STRETCHED_AT_ONCE = 10
"""Pick-up codes: a few seconds, so that what else is waiting waits no longer."""


@task
def close_forgotten() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another."""
    from scheduling.attendance.closing import assume_forgotten

    keep_closing()
    return assume_forgotten()


def keep_closing() -> None:
    """Have it under way, in the transaction that signs somebody in. Called twice, it goes on once."""
    run_by(close_forgotten, clock.now() + EVERY)


@task
def watch_pickups() -> int:
    """While children are here. Queues its successor before it starts, as above."""
    from scheduling.attendance.late_pickups import awaited_children, tell_families

    if awaited_children().exists():
        keep_watching()
    return tell_families()


def keep_watching() -> None:
    """Have it under way, in the transaction that notes a child's coming."""
    run_by(watch_pickups, clock.now() + WATCHES_EVERY)


@task
def stretch_codes() -> None:
    """What tablets check today's pick-up codes against, for a tablet that lacks some."""
    from scheduling.attendance.children_sheet import stretch_awaited

    if not stretch_awaited(most=STRETCHED_AT_ONCE):
        run_soon(stretch_codes)
