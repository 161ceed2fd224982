"""Looking after what is out and what is set aside, in the background: once a book was lent or asked for, it goes on."""

from __future__ import annotations

import datetime as dt

from django_tasks import task

from hub import clock
from hub.upkeep import run_by

EVERY = dt.timedelta(hours=1)
TOGETHER = dt.timedelta(minutes=3)
"""What is set aside for a family within this time is told in one message."""


@task
def look_after_books() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another. Each book is a
    transaction: what was passed on stays so, the rest is found again."""
    from programs.lending.circulation.upkeep import look

    keep_looking()
    return look()


def keep_looking() -> None:
    run_by(look_after_books, clock.now() + EVERY)


def tell_soon() -> None:
    run_by(look_after_books, clock.now() + TOGETHER)
