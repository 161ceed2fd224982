"""What a hub's group hears by its robot: that a roster is out, and each afternoon which sessions of tomorrow are short.

Sessions and figures, nobody's name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.notify.models import GroupRobot
from hub.notify.robots import tell_group
from hub.notify.templates import DEFAULT
from scheduling.planning.group_post import find_link
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

MOST = 8
"""Sessions named; the rest is a number."""


def tell_published(*, run: int, week: dt.date, hubs: Iterable[int]) -> None:
    """In the transaction that publishes."""
    for hub in hubs:
        sessions = Session.objects.filter(hub=hub, week=week, state=Session.State.PLANNED)
        missing = sum(_missing(sessions).values())
        last = week + dt.timedelta(days=6)
        tell_group(
            hub=hub,
            template="group_published",
            variables={
                "week": f"{week.month}/{week.day}-{last.month}/{last.day}",
                "sessions": str(sessions.count()),
                "missing": str(missing),
                "link_words": find_link(),
            },
            dedupe_key=f"group_published:{hub}:{run}",
        )


def tell_tomorrow() -> int:
    """How many groups were told. Told twice, they hear it once."""
    day = clock.today() + dt.timedelta(days=1)
    told = 0
    for hub in GroupRobot.objects.order_by("hub_id").values_list("hub_id", flat=True):
        begin, end = clock.at(day, 0), clock.at(day + dt.timedelta(days=1), 0)
        sessions = Session.objects.filter(hub=hub, starts_at__gte=begin, starts_at__lt=end, state=Session.State.PLANNED)
        short = _missing(sessions)
        if not short:
            continue
        named = sessions.filter(pk__in=short).select_related("program").order_by("starts_at", "pk")[:MOST]
        with override(DEFAULT):
            lines = [
                _("group.short_session")
                % {
                    "time": f"{clock.local(one.starts_at):%H:%M}",
                    "program": one.program.name,
                    "missing": short[one.pk],
                }
                for one in named
            ]
        tell_group(
            hub=hub,
            template="group_tomorrow",
            variables={"count": str(len(short)), "lines": "\n".join(lines), "link_words": find_link()},
            dedupe_key=f"group_tomorrow:{hub}:{day}",
        )
        told += 1
    return told


def _missing(sessions: QuerySet[Session]) -> dict[int, int]:
    """Session id -> people it lacks to its needs' least, where it lacks any. Two queries."""
    there = Counter(
        Assignment.objects.filter(session__in=sessions, state__in=Assignment.ACTIVE).values_list("need", flat=True)
    )
    missing: Counter[int] = Counter()
    for session, need, least in sessions.values_list("pk", "needs__pk", "needs__min"):
        missing[session] += max(0, (least or 0) - there[need])
    return {session: count for session, count in missing.items() if count}
