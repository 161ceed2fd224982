"""The conflict engine: what stands against holding a session then and there, one function a rule. No database here.

`known.py` reads what is known, `overrides.py` says who may bear which clash, `nearest.py` looks for what has none, and
`claims.py` holds what was decided. Spans end where the next begins: 16:00-17:00 and 17:00-18:00 do not clash.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub import clock
from hub.places.models import LONGEST_TURNAROUND, Hub, Room
from hub.places.open_days import is_holiday
from scheduling.sessions.claims import clash_facts, kit_resource, person_resource, room_resource, room_window
from scheduling.sessions.models import Claim, Closure


@dataclass(frozen=True)
class Wish:
    """A session as it would be held."""

    hub: Hub
    room: Room | None
    starts_at: dt.datetime
    ends_at: dt.datetime
    places: int | None = None
    equipment: Sequence[str] = ()
    """What its program needs of a room."""
    worker: int | None = None
    people: Collection[int] = ()
    """Who serves in it, and can't serve elsewhere then."""
    children: Collection[int] = ()
    """Who is booked: whoever is elsewhere then would lose the place here."""
    kits: Collection[int] = ()


@dataclass(frozen=True)
class Known:
    """What may stand against it, within the span that was read."""

    holds: Mapping[str, Sequence[Claim]] = field(default_factory=dict)
    """By resource: the claims of other sessions, in order of time."""
    closures: Sequence[Closure] = ()
    marked: Mapping[dt.date, bool] = field(default_factory=dict)
    makeup: Mapping[dt.date, dt.date] = field(default_factory=dict)
    """Days off and days worked (hub.places.working_days)."""
    own: int | None = None
    """The session whose own holds don't count."""


@dataclass(frozen=True)
class Clash:
    code: str
    """clash (a room, a person, a kit is held), closed, too_small, equipment_missing, outside_hours, day_off,
    worker_busy, children_elsewhere."""
    facts: Mapping[str, Any]
    of: tuple[object, ...] = ()
    """Of the same code and `of` is the same clash."""
    weight: int = 0
    """Whether the same clash has become a worse one."""

    def is_new(self, before: Sequence[Clash]) -> bool:
        return not any((self.code, self.of) == (old.code, old.of) and self.weight <= old.weight for old in before)


def closed(wish: Wish, known: Known) -> Iterator[Clash]:
    """The room, or its whole site, can't be used then; setting up is no use of it."""
    for row in known.closures:
        ours = row.hub_id == wish.hub.pk and row.room_id in (None, wish.room.pk if wish.room else None)
        if ours and row.starts_at < wish.ends_at and wish.starts_at < row.ends_at:
            facts = {
                "hub": wish.hub.name,
                "room": wish.room.name if wish.room and row.room_id else "",
                "starts_at": clock.local(row.starts_at).isoformat(),
                "ends_at": clock.local(row.ends_at).isoformat(),
                "reason": row.reason,
            }
            yield Clash("closed", facts, (row.pk, wish.starts_at, wish.ends_at))
            return


def room_taken(wish: Wish, known: Known) -> Iterator[Clash]:
    """Somebody else holds the room, setting up and clearing up included."""
    if wish.room:
        window = room_window(wish.room, wish.starts_at, wish.ends_at)
        yield from _held(room_resource(wish.room.pk), window, known)


def person_taken(wish: Wish, known: Known) -> Iterator[Clash]:
    """Who serves here serves elsewhere then."""
    for pk in sorted(wish.people):
        yield from _held(person_resource(pk), (wish.starts_at, wish.ends_at), known)


def kit_taken(wish: Wish, known: Known) -> Iterator[Clash]:
    for pk in sorted(wish.kits):
        yield from _held(kit_resource(pk), (wish.starts_at, wish.ends_at), known)


def worker_busy(wish: Wish, known: Known) -> Iterator[Clash]:
    """The duty worker is on duty, or serves, elsewhere: they may be next door."""
    if wish.worker:
        resource = person_resource(wish.worker)
        yield from _held(resource, (wish.starts_at, wish.ends_at), known, code="worker_busy", exclusive=False)


def children_elsewhere(wish: Wish, known: Known) -> Iterator[Clash]:
    """Booked children who have a place elsewhere then, by number alone."""
    window = (wish.starts_at, wish.ends_at)
    lost = [pk for pk in wish.children if next(_overlapping(person_resource(pk), window, known, exclusive=False), None)]
    if lost:
        yield Clash("children_elsewhere", {"count": len(lost)}, (wish.starts_at, wish.ends_at))


def too_small(wish: Wish, known: Known) -> Iterator[Clash]:
    """More places than the room holds people."""
    room, places = wish.room, wish.places
    if room and room.capacity is not None and places is not None and places > room.capacity:
        facts = {"room": room.name, "capacity": room.capacity, "places": places}
        yield Clash("too_small", facts, (room.pk,), places)


def equipment_missing(wish: Wish, known: Known) -> Iterator[Clash]:
    if wish.room and (missing := [one for one in wish.equipment if one not in wish.room.equipment]):
        facts = {"room": wish.room.name, "missing": missing}
        yield Clash("equipment_missing", facts, (wish.room.pk, *missing))


def day_off(wish: Wish, known: Known) -> Iterator[Clash]:
    """A published holiday, or a day that was marked as off by hand."""
    day = clock.local(wish.starts_at).date()
    if is_holiday(day, known.marked):
        yield Clash("day_off", {"day": day.isoformat()}, (day,))


def outside_hours(wish: Wish, known: Known) -> Iterator[Clash]:
    """Not within one stretch of the site's opening hours. Whose hours nobody wrote down is open at any."""
    if not wish.hub.opening:
        return
    start = clock.local(wish.starts_at)
    first = start.hour * 60 + start.minute
    last = first + int((wish.ends_at - wish.starts_at).total_seconds()) // 60
    # A day worked instead of another keeps that one's hours, and its own where it has any.
    weekdays = {one.weekday() for one in (start.date(), known.makeup.get(start.date())) if one}
    if not any(weekday in weekdays and since <= first and last <= until for weekday, since, until in wish.hub.opening):
        facts = {"hub": wish.hub.name, "opening": wish.hub.opening_text}
        yield Clash("outside_hours", facts, (wish.hub.pk, wish.starts_at, wish.ends_at))


LONGEST_HOLD = dt.timedelta(days=1, minutes=2 * LONGEST_TURNAROUND)
"""A session of a day, with the longest time to set up and clear up."""
Rule = Callable[[Wish, Known], Iterator[Clash]]
RULES: tuple[Rule, ...] = (
    closed,
    room_taken,
    person_taken,
    kit_taken,
    day_off,
    outside_hours,
    too_small,
    equipment_missing,
    worker_busy,
    children_elsewhere,
)
"""What never gives way first."""


def clashes(wish: Wish, known: Known) -> list[Clash]:
    """Everything that stands against it, in the order of the rules."""
    return [clash for rule in RULES for clash in rule(wish, known)]


def is_free(wish: Wish, known: Known, *, meant: Collection[str] = ()) -> bool:
    """Whether nothing does but what is `meant`, as soon as one thing is found."""
    return not any(clash.code not in meant for rule in RULES for clash in rule(wish, known))


def _overlapping(
    resource: str, window: tuple[dt.datetime, dt.datetime], known: Known, *, exclusive: bool
) -> Iterator[Claim]:
    start, end = window
    held = known.holds.get(resource, ())
    for at in range(bisect_left(held, end, key=lambda claim: claim.starts_at) - 1, -1, -1):
        claim = held[at]
        if claim.starts_at < start - LONGEST_HOLD:
            return
        if claim.session_id == known.own:
            continue
        if start < claim.ends_at and (claim.exclusive or not exclusive):
            yield claim


def _held(
    resource: str,
    window: tuple[dt.datetime, dt.datetime],
    known: Known,
    *,
    code: str = "clash",
    exclusive: bool = True,
) -> Iterator[Clash]:
    for claim in _overlapping(resource, window, known, exclusive=exclusive):
        yield Clash(code, clash_facts(claim), (resource, *window))
        return
