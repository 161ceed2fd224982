"""Looking after call-outs in the background: woken when one starts, and by itself while any is open."""

from __future__ import annotations

import datetime as dt

from django.db.models import Min
from django_tasks import task

from hub import clock
from hub.among import among
from hub.upkeep import run_by, run_soon
from scheduling.callouts.callouts import look
from scheduling.callouts.models import CallOut

AFTER_A_CRASH = dt.timedelta(minutes=1)


@task
def look_after() -> int:
    """Queues its own successor before it starts, so that a worker killed midway is followed by another look."""
    if next_due() is None:
        return 0
    run_by(look_after, clock.now() + AFTER_A_CRASH)
    seen = look_at_due()
    later = next_due()
    if later:
        run_by(look_after, later)
    return seen


def look_at_due() -> int:
    """Each in a transaction of its own; returns how many there were something to do for."""
    due = CallOut.objects.filter(state__in=CallOut.OPEN, next_look__lte=clock.now()).order_by("next_look", "pk")
    return sum(look(pk) for pk in list(due.values_list("pk", flat=True)))


def next_due() -> dt.datetime | None:
    """When a call-out next wants a look; none when none is open."""
    moment: dt.datetime | None = CallOut.objects.filter(state__in=CallOut.OPEN).aggregate(at=Min("next_look"))["at"]
    return moment


def wake() -> None:
    """Have call-outs looked at soon, by whichever worker is free."""
    run_soon(look_after)


def look_soon(*needs: int) -> None:
    """Places were taken: whether their call-outs are over is seen at once."""
    if CallOut.objects.filter(need__in=among(needs), state__in=CallOut.OPEN).update(next_look=clock.now()):
        wake()
