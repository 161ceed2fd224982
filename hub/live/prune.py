"""Forgetting events. Who comes from further back than what is kept is told to fetch everything anew (`reset`)."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.live.models import Event
from hub.live.read import MOST_EVENTS

SHORTEN_EVERY = 100
"""Events of a topic, between two looks at its length."""
KEPT_DAYS = 7


def shorten(topic_id: int, seq: int) -> None:
    """Keep of a topic only what would be replayed. publish() calls it now and then, under the topic's lock."""
    Event.objects.filter(topic_id=topic_id, seq__lte=seq - MOST_EVENTS).delete()


def prune(*, before: dt.datetime | None = None) -> int:
    """Delete events older than a week (or than `before`); how many. Topics keep their counters."""
    deleted, _ = Event.objects.filter(at__lt=before or clock.now() - dt.timedelta(days=KEPT_DAYS)).delete()
    return deleted
