"""publish(): an event row in the transaction, a content-free nudge after its commit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import orjson
from django.db import connection, transaction

from hub import clock
from hub.live.models import Event
from hub.live.nudge import nudge
from hub.live.prune import SHORTEN_EVERY, shorten
from hub.statement import prepared_cursor

# Locks the counters' rows, in the order given, until commit, so that numbers are gapless and in commit order.
NEXT_SEQ = """
    INSERT INTO live_topic (name, seq) {rows}
    ON CONFLICT (name) DO UPDATE SET seq = live_topic.seq + excluded.seq
    RETURNING id, seq, name
"""
# PostgreSQL writes the events in the same statement, since nearly every request that changes something waits for it;
# SQLite, which waits for no network, knows no INSERT below WITH. `later`: how many of the topic's come after it.
NUMBER_AND_TELL = f"""
    WITH counted AS ({NEXT_SEQ.format(rows="SELECT * FROM unnest(%s::text[], %s::int[])")}),
    told AS (
        INSERT INTO live_event (topic_id, seq, kind, ids, at)
        SELECT counted.id, counted.seq - news.later, news.kind, news.ids::jsonb, %s
        FROM unnest(%s::text[], %s::int[], %s::text[], %s::text[]) AS news (name, later, kind, ids)
        JOIN counted USING (name)
    )
    SELECT id, seq, name FROM counted
"""
ROWS_AT_ONCE = 400

Numbered = list[tuple[int, int, str]]
"""Topics with their id, the number of their newest event, and their name."""
Told = Mapping[str, Sequence[tuple[str, Mapping[str, list[int]]]]]
"""Topic -> (kind, ids) of what happened, oldest first; topics in name order."""

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
    gathered: dict[str, list[tuple[str, Mapping[str, list[int]]]]] = defaultdict(list)
    for topic, kind, ids in news:
        gathered[topic].append((kind, ids))
    if not gathered:
        return
    told = dict(sorted(gathered.items()))
    numbered = _number_and_tell(told) if connection.vendor == "postgresql" else _number_then_tell(told)
    for topic_id, seq, name in numbered:
        if seq % SHORTEN_EVERY < len(told[name]):
            shorten(topic_id, seq)
    transaction.on_commit(lambda: nudge(list(told)))


def _number_and_tell(told: Told) -> Numbered:
    news = [
        (name, len(some) - place, kind, orjson.dumps(ids).decode())
        for name, some in told.items()
        for place, (kind, ids) in enumerate(some, start=1)
    ]
    with prepared_cursor() as cursor:
        counts = [len(some) for some in told.values()]
        cursor.execute(NUMBER_AND_TELL, [list(told), counts, clock.now(), *map(list, zip(*news, strict=True))])
        numbered: Numbered = cursor.fetchall()
    return numbered


def _number_then_tell(told: Told) -> Numbered:
    numbered: Numbered = []
    names = list(told)
    with connection.cursor() as cursor:
        for first in range(0, len(names), ROWS_AT_ONCE):
            some = names[first : first + ROWS_AT_ONCE]
            counts = [value for name in some for value in (name, len(told[name]))]
            cursor.execute(NEXT_SEQ.format(rows=f"VALUES {', '.join(['(%s, %s)'] * len(some))}"), counts)
            numbered += cursor.fetchall()
    now = clock.now()
    Event.objects.bulk_create(
        Event(topic_id=topic_id, seq=number, kind=kind, ids=ids, at=now)
        for topic_id, seq, name in numbered
        for number, (kind, ids) in enumerate(told[name], start=seq - len(told[name]) + 1)
    )
    return numbered
