"""publish(): an event row in the transaction, a content-free nudge after its commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from hub import clock
from hub.live.models import Event
from hub.live.nudge import nudge
from hub.live.prune import SHORTEN_EVERY, shorten

# One statement on both databases: it locks the counters' rows, in the order given, until commit, so that numbers are
# gapless and in commit order.
NEXT_SEQ = """
    INSERT INTO live_topic (name, seq) VALUES {rows}
    ON CONFLICT (name) DO UPDATE SET seq = live_topic.seq + 1
    RETURNING id, seq, name
"""
ROWS_AT_ONCE = 400


News = tuple[str, str, Mapping[str, list[int]]]
"""(topic, kind, ids)"""


def publish(topics: Iterable[str], kind: str, **ids: list[int]) -> None:
    """Tell each topic (`hub:3`) that `kind` (`session.changed`) happened to `ids` (`session=[5]`).

    Call it last in a rule: topics are locked after everything else, in name order.
    """
    publish_each((topic, kind, ids) for topic in set(topics))


def publish_each(news: Iterable[News]) -> None:
    """The same, where each topic has its own to hear; one thing per topic."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs in the transaction of the change it tells of")
    told = {topic: (kind, ids) for topic, kind, ids in news}
    names = sorted(told)
    if not names:
        return
    numbered: list[tuple[int, int, str]] = []
    with connection.cursor() as cursor:
        for first in range(0, len(names), ROWS_AT_ONCE):
            some = names[first : first + ROWS_AT_ONCE]
            cursor.execute(NEXT_SEQ.format(rows=", ".join(["(%s, 1)"] * len(some))), some)
            numbered += cursor.fetchall()
    now = clock.now()
    Event.objects.bulk_create(
        Event(topic_id=topic_id, seq=seq, kind=told[name][0], ids=told[name][1], at=now)
        for topic_id, seq, name in numbered
    )
    for topic_id, seq, _ in numbered:
        if seq % SHORTEN_EVERY == 0:
            shorten(topic_id, seq)
    transaction.on_commit(lambda: nudge(names))
