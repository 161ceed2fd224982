"""What is closed of a site: for whoever shows it, and for whoever reckons with days on which people can come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from hub import clock
from hub.places.models import Hub
from hub.places.open_days import first_open_day
from scheduling.sessions.models import Closure
from scheduling.sessions.nearest import DAYTIME

YEAR = dt.timedelta(days=366)


def closed_in(hub: int, since: dt.datetime, until: dt.datetime) -> QuerySet[Closure]:
    """What reaches into this span, in order of time."""
    rows = Closure.objects.filter(hub=hub, starts_at__lt=until, ends_at__gt=since)
    return rows.select_related("room").order_by("starts_at", "pk")


def spans_in(hub: int, since: dt.datetime, until: dt.datetime) -> list[dict[str, Any]]:
    """The same as everybody may read it (ClosedSpan): why is for staff, since a reason may name somebody."""
    return [
        {"room": one.room.name if one.room else "", "starts_at": one.starts_at, "ends_at": one.ends_at}
        for one in closed_in(hub, since, until)
    ]


def next_open_day(hub: Hub, day: dt.date) -> dt.date:
    """`day`, or the first after it on which the site is open and not closed from morning till night, however long that
    is; of closures that begin in more than a year nobody knows yet."""
    whole = list(closed_in(hub.pk, clock.at(day), clock.at(day + YEAR)).filter(room=None))
    last = max((clock.local(one.ends_at).date() for one in whole), default=day)
    days = (day + dt.timedelta(days=ahead) for ahead in range((last - day).days + 1)) if whole else ()
    return first_open_day(hub, day, but={one for one in days if _all_day(hub, one, whole)})


def _all_day(hub: Hub, day: dt.date, closures: Sequence[Closure]) -> bool:
    hours = [(since, until) for weekday, since, until in hub.opening if weekday == day.weekday()]
    # On a day worked for another weekday's nobody knows the hours either.
    return all(_covered(clock.at(day, since), clock.at(day, until), closures) for since, until in hours or [DAYTIME])


def _covered(since: dt.datetime, until: dt.datetime, closures: Sequence[Closure]) -> bool:
    for one in closures:
        if one.starts_at <= since < one.ends_at:
            since = one.ends_at
    return since >= until
