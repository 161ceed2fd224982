"""What a session holds, as plain JSON: what a series wishes, what it gave, what is there now.

The three are merged as versions of a file are: a group that still is as the series gave it takes the series' new wish,
one that differs was edited by hand and stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from hub import clock
from scheduling.series.models import Series
from scheduling.sessions.models import Need, Session
from scheduling.sessions.needs import NeedWish

Content = dict[str, Any]
GROUPS = (("starts_at", "ends_at"), ("hub", "room"), ("places",), ("duty_worker",), ("note",), ("needs",))
"""What belongs together: an hour edited by hand keeps its end, a site its room."""
WHEN_WHERE = ("starts_at", "ends_at", "hub", "room")
NEED = ("role", "min", "target", "priority", "skill_id", "clearance", "mode")


def wished(series: Series, on: dt.date) -> Content:
    """What the series gives a session held on this day."""
    return {
        "starts_at": clock.at(on, series.start).isoformat(),
        "ends_at": clock.at(on, series.start + series.minutes).isoformat(),
        "hub": series.hub_id,
        "room": series.room_id,
        "places": series.places,
        "duty_worker": series.duty_worker_id,
        "note": series.note,
        "needs": [plain(need) for need in series.needs],
    }


def content_of(session: Session, needs: Iterable[Need]) -> Content:
    """What is there now."""
    return {
        "starts_at": clock.local(session.starts_at).isoformat(),
        "ends_at": clock.local(session.ends_at).isoformat(),
        "hub": session.hub_id,
        "room": session.room_id,
        "places": session.places,
        "duty_worker": session.duty_worker_id,
        "note": session.note,
        "needs": [{name: getattr(need, name) for name in NEED} for need in needs],
    }


def plain(need: NeedWish | Mapping[str, Any]) -> dict[str, Any]:
    return {name: need[name] if isinstance(need, Mapping) else getattr(need, name) for name in NEED}


def edited(given: Content, now: Content) -> list[str]:
    """What was edited by hand alone."""
    return [name for group in GROUPS for name in group if any(now[one] != given[one] for one in group)]


def merged(*, given: Content, now: Content, wish: Content, over_own: bool = False) -> Content:
    own = set() if over_own else set(edited(given, now))
    return {name: now[name] if name in own else value for name, value in wish.items()}


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def need_wishes(needs: Iterable[Mapping[str, Any]], ids: Mapping[str, int] | None = None) -> list[NeedWish]:
    """`ids`: of the needs that are there, by role."""
    return [NeedWish(**plain(need), id=(ids or {}).get(need["role"])) for need in needs]
