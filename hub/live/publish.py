"""publish(): an event row in the transaction, a content-free nudge after its commit."""

from __future__ import annotations

from collections.abc import Iterable

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
    RETURNING id, seq
"""


def publish(topics: Iterable[str], kind: str, **ids: list[int]) -> None:
    """Tell each topic (`hub:3`) that `kind` (`session.changed`) happened to `ids` (`session=[5]`).

    Call it last in a rule: topics are locked after everything else, in name order.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs in the transaction of the change it tells of")
    names = sorted(set(topics))
    if not names:
        return
    with connection.cursor() as cursor:
        cursor.execute(NEXT_SEQ.format(rows=", ".join(["(%s, 1)"] * len(names))), names)
        numbered = cursor.fetchall()
    now = clock.now()
    events = [Event(topic_id=topic_id, seq=seq, kind=kind, ids=ids, at=now) for topic_id, seq in numbered]
    Event.objects.bulk_create(events)
    for topic_id, seq in numbered:
        if seq % SHORTEN_EVERY == 0:
            shorten(topic_id, seq)
    transaction.on_commit(lambda: nudge(names))
