"""Series as the pages show them."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from typing import Any

from django.db.models import Count, Max, Min, Q

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import fetch, visible
from hub.among import among
from scheduling.series.content import content_of, edited
from scheduling.series.days import LONGEST, Rule, days_of
from scheduling.series.models import Series
from scheduling.series.series import undo_until
from scheduling.sessions.models import Session

ENDED_SHOWN = dt.timedelta(days=30)
"""What is over for longer is no news."""
MOST = 500


def series_lines(actor: Actor) -> list[dict[str, Any]]:
    """Drafts first, then those to come by their next session; what ended long ago is left out. Two queries."""
    now, recent = clock.now(), clock.now() - ENDED_SHOWN
    coming = Q(occurrences__session__starts_at__gt=now, occurrences__session__state=Session.State.PLANNED)
    rows = (
        visible(actor, "view", Series.objects.filter(removed_at=None))
        .select_related("program", "hub", "room", "term")
        .annotate(
            next_at=Min("occurrences__session__starts_at", filter=coming),
            ahead=Count("occurrences__session", filter=coming),
            last_at=Max("occurrences__session__starts_at"),
        )
        .filter(Q(published_at=None) | Q(ahead__gt=0) | Q(changed_at__gt=recent) | Q(last_at__gt=recent))
        .order_by("-pk")[:MOST]
    )
    shown = sorted(
        rows, key=lambda row: (row.published_at is not None, row.next_at is None, row.next_at or row.changed_at, row.pk)
    )
    ours = Series.objects.filter(pk__in=among(row.pk for row in shown))
    editable = set(visible(actor, "edit", ours).values_list("pk", flat=True))
    return [
        {
            "id": row.pk,
            "revision": row.revision,
            "program": row.program.name,
            "hub": row.hub.name,
            "room": row.room.name if row.room else "",
            "first_day": row.first_day,
            "rule": row.rule,
            "until": row.until,
            "count": row.count,
            "term": row.term.name if row.term else "",
            "start": row.start,
            "minutes": row.minutes,
            "draft": row.published_at is None,
            "editable": row.pk in editable,
            "next_at": row.next_at,
            "ahead": row.ahead,
            "undo_until": undo_until(row),
        }
        for row in shown
    ]


def counted_days(series: Series) -> list[dt.date]:
    """By a rule that says how many; whatever the term left of them."""
    first = series.first_day
    return days_of(Rule(first, series.rule, first + LONGEST, series.count)) if series.count else []


def series_full(actor: Actor, series_id: int) -> dict[str, Any]:
    rows = Series.objects.filter(removed_at=None).select_related("program", "term")
    series = fetch(actor, "view", rows, series_id)
    held = series.occurrences.filter(session__isnull=False).select_related("session").order_by("day")
    occurrences = held.prefetch_related("session__needs")
    days = counted_days(series)
    names = (
        "first_day", "rule", "until", "count", "holidays", "makeup", "start", "minutes", "places", "group_only", "note",
        "needs", "revision",
    )  # fmt: skip
    return {
        **{name: getattr(series, name) for name in names},
        "id": series.pk,
        "program": series.program_id,
        "program_name": series.program.name,
        "term": series.term_id,
        "hub": series.hub_id,
        "room": series.room_id,
        "duty_worker": series.duty_worker_id,
        "draft": series.published_at is None,
        "editable": visible(actor, "edit", Series.objects.filter(pk=series.pk)).exists(),
        "undo_until": undo_until(series),
        "occurrences": [
            {
                "day": row.day,
                "session": row.session.pk,
                "starts_at": row.session.starts_at,
                "ends_at": row.session.ends_at,
                "cancelled": row.session.state == Session.State.CANCELLED,
                "days_left": len(days) - bisect_left(days, row.day) if days else None,
                "own": bool(edited(row.given, content_of(row.session, row.session.needs.all()))),
            }
            for row in occurrences
            if row.session
        ],
    }
