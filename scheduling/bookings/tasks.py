"""Looking after the lines in the background: offers that nobody answered are passed on, places that came free where
nobody looked are offered. By whichever worker is free, every few minutes and when the next offer runs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db.models import Min
from django_tasks import task

from hub import clock
from hub.upkeep import run_by, run_soon
from scheduling.bookings.late import remind_of_tomorrow
from scheduling.bookings.line import fill_from_line, pass_silent, sessions_to_look_at
from scheduling.bookings.models import Turn

EVERY = dt.timedelta(minutes=5)
_besides: list[Callable[[], int]] = []


def looked_after_with(look: Callable[[], int]) -> Callable[[], int]:
    """What an app above looks at every time, too; it returns in how much something was done."""
    _besides.append(look)
    return look


@task
def look_after_bookings() -> int:
    """Queues its successor before it starts, so that a worker killed midway is followed by another. Each session is one
    transaction: what was passed on stays so, the rest is found again."""
    keep_looking()
    done = look()
    later = Turn.objects.filter(answer_by__gt=clock.now()).aggregate(first=Min("answer_by"))["first"]
    if later:
        run_by(look_after_bookings, later)
    return done


def look() -> int:
    """How many offers ran out or were made, and what was done besides."""
    remind_of_tomorrow()
    silent, free = sessions_to_look_at()
    done = sum(pass_silent(session=session) for session in silent)
    done += sum(fill_from_line(session=session) for session in free)
    return done + sum(look_too() for look_too in _besides)


def keep_looking() -> None:
    """Have the bookings looked after, from the transaction on that makes one: once begun, it goes on."""
    run_by(look_after_bookings, clock.now() + EVERY)


def wake() -> None:
    """Places came free where nobody looked: have them offered soon."""
    run_soon(look_after_bookings)
