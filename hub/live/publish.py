"""publish(): an event row in the transaction, a content-free nudge after its commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from hub import clock
from hub.live.models import Event
from hub.live.nudge import nudge
from hub.live.prune import SHORTEN_EVERY, shorten

# One statement on both databases: it locks the counters' rows, in the order given, until commit, so that numbers are
# gapless and in commit order.
NEXT_SEQ = """
    INSERT INTO live_topic (name, seq) VALUES {rows}
    ON CONFLICT (name) DO UPDATE SET seq = live_topic.seq + excluded.seq
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
    """The same, where each topic has its own to hear."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish() belongs in the transaction of the change it tells of")
    gathered = _gathered.get()
    if gathered is None:
        _write(news)
    else:
        gathered += news


_gathered: ContextVar[list[News] | None] = ContextVar("gathered", default=None)


@contextmanager
def told_together() -> Iterator[None]:
    """For a rule whose signals publish as well: all is told at its end, topics locked once and in order. Were they
    locked by each in its turn, two rules that tell the same people crosswise would wait for each other in a ring.

    Goes inside the rule's transaction; a rule inside another's adds to the outer one's news.
    """
    outer = _gathered.get()
    news: list[News] = []
    token = _gathered.set(news)
    try:
        yield
    finally:
        _gathered.reset(token)
    # Not reached by a rule that failed: what it had to tell did not happen.
    if outer is None:
        _write(news)
    else:
        outer += news


def _write(news: Iterable[News]) -> None:
    told: dict[str, list[tuple[str, Mapping[str, list[int]]]]] = defaultdict(list)
    for topic, kind, ids in news:
        told[topic].append((kind, ids))
    names = sorted(told)
    if not names:
        return
    numbered: list[tuple[int, int, str]] = []
    with connection.cursor() as cursor:
        for first in range(0, len(names), ROWS_AT_ONCE):
            some = names[first : first + ROWS_AT_ONCE]
            counts = [value for name in some for value in (name, len(told[name]))]
            cursor.execute(NEXT_SEQ.format(rows=", ".join(["(%s, %s)"] * len(some))), counts)
            numbered += cursor.fetchall()
    now = clock.now()
    Event.objects.bulk_create(
        Event(topic_id=topic_id, seq=number, kind=kind, ids=ids, at=now)
        for topic_id, seq, name in numbered
        for number, (kind, ids) in enumerate(told[name], start=seq - len(told[name]) + 1)
    )
    for topic_id, seq, name in numbered:
        if seq % SHORTEN_EVERY < len(told[name]):
            shorten(topic_id, seq)
    transaction.on_commit(lambda: nudge(names))
