"""Catching up: what a listener reads, at the first subscription, after each nudge and after a broken network."""

from __future__ import annotations

from typing import TypedDict

from hub.live.models import Event, Topic

MOST_EVENTS = 500


class Update(TypedDict, total=False):
    topic: str
    seq: int
    events: list[dict[str, object]]
    reset: bool


def read_after(topic: str, after: int | None) -> Update | None:
    """Events of `topic` after a sequence number, oldest first; None when there are none.

    `reset` when some of them are gone (pruned, or more than a screen would replay): the client then refetches and goes
    on from `seq`. `after=None` asks only where the topic stands.
    """
    row = Topic.objects.filter(name=topic).first()
    seq = row.seq if row else 0
    if after is None:
        return {"topic": topic, "events": [], "seq": seq}
    if after == seq:
        return None
    if after > seq or seq - after > MOST_EVENTS:
        return {"topic": topic, "reset": True, "seq": seq}
    events = Event.objects.filter(topic=row, seq__gt=after, seq__lte=seq).order_by("seq")
    rows: list[dict[str, object]] = [dict(one) for one in events.values("seq", "kind", "ids")]
    if len(rows) < seq - after:
        return {"topic": topic, "reset": True, "seq": seq}
    return {"topic": topic, "events": rows, "seq": seq}


def heads(topics: list[str]) -> dict[str, int]:
    return dict(Topic.objects.filter(name__in=topics).values_list("name", "seq"))
