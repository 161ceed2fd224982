"""What a hub's group hears by its robot: that a roster is out, and each afternoon which sessions of tomorrow are short.

Sessions and figures as the board has them, nobody's name.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.among import among
from hub.notify.models import GroupRobot
from hub.notify.robots import tell_group
from hub.notify.templates import DEFAULT
from scheduling.board.rows import board_rows
from scheduling.planning.group_post import find_link
from scheduling.planning.models import Run
from scheduling.planning.publications import left_in, published_in
from scheduling.sessions.models import Session

MOST = 8
"""Sessions named; the rest is a number."""


def tell_published(run: Run) -> None:
    """After the roster is in force, all of a site's; told twice, a group hears it once. A site that had no part in what
    was published hears nothing: its sessions were over, or cancelled, before."""
    week = run.week
    published = published_in(run)
    waiting = left_in(run, published).values()
    out = Session.objects.filter(pk__in=among(published), state=Session.State.PLANNED).values("hub")
    for hub in run.hubs.filter(pk__in=out).exclude(pk__in=set(waiting)).order_by("pk"):
        rows = board_rows(Session.objects.filter(hub=hub, week=week, state=Session.State.PLANNED), actor=None)
        last = week + dt.timedelta(days=6)
        tell_group(
            hub=hub.pk,
            template="group_published",
            variables={
                "week": f"{week.month}/{week.day}-{last.month}/{last.day}",
                "sessions": str(len(rows)),
                "missing": str(sum(row["missing"] for row in rows)),
                "link_words": find_link(),
            },
            dedupe_key=f"group_published:{hub.pk}:{run.pk}",
        )


def tell_tomorrow() -> int:
    """How many groups were told. Told twice, they hear it once."""
    day = clock.today() + dt.timedelta(days=1)
    told = 0
    for hub in GroupRobot.objects.order_by("hub_id").values_list("hub_id", flat=True):
        begin, end = clock.at(day, 0), clock.at(day + dt.timedelta(days=1), 0)
        sessions = Session.objects.filter(hub=hub, starts_at__gte=begin, starts_at__lt=end, state=Session.State.PLANNED)
        short = [row for row in board_rows(sessions, actor=None) if row["missing"]]
        if not short:
            continue
        with override(DEFAULT):
            lines = [
                _("group.short_session")
                % {
                    "time": f"{clock.local(row['starts_at']):%H:%M}",
                    "program": row["title"],
                    "missing": row["missing"],
                }
                for row in short[:MOST]
            ]
        tell_group(
            hub=hub,
            template="group_tomorrow",
            variables={"count": str(len(short)), "lines": "\n".join(lines), "link_words": find_link()},
            dedupe_key=f"group_tomorrow:{hub}:{day}",
        )
        told += 1
    return told
