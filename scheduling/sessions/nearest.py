"""The nearest room and time that break nothing: for room, duty worker, whoever serves or is booked, and kits."""

from __future__ import annotations

import datetime as dt
from bisect import insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from hub import clock
from hub.places.models import Room
from scheduling.sessions.conflicts import Wish, is_free
from scheduling.sessions.known import known_within
from scheduling.sessions.models import Claim

STEP = 15
REACH = 7
"""Days before and after."""
DAYTIME = (8 * 60, 21 * 60)
"""Nobody is offered the night where a site's hours are not written down."""
MOST = 2
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Offer:
    room: Room | None
    starts_at: dt.datetime
    ends_at: dt.datetime


def nearest(
    wish: Wish,
    *,
    session: int | None,
    since: dt.datetime | None = None,
    reach: int = REACH,
    most: int = MOST,
    meant: Collection[str] = (),
) -> list[Offer]:
    """For one session: see Surroundings.nearest."""
    return Surroundings([wish], since=since, reach=reach).nearest(wish, session=session, most=most, meant=meant)


class Surroundings:
    """What is held at a site around some sessions, read once for all of them. `since`: not before; none: from now
    on."""

    def __init__(self, wishes: Sequence[Wish], *, since: dt.datetime | None = None, reach: int = REACH) -> None:
        self.since, self.reach = since or clock.now(), reach
        self.rooms = list(Room.objects.filter(hub=wishes[0].hub).order_by("name", "pk"))
        first = max(self.since, min(wish.starts_at for wish in wishes) - DAY * (reach + 1))
        last = max(wish.ends_at for wish in wishes) + DAY * (reach + 1)
        self.known = known_within(wishes, self.rooms, start=first - DAY, end=last + DAY)

    def nearest(self, wish: Wish, *, session: int | None, most: int = MOST, meant: Collection[str] = ()) -> list[Offer]:
        """Other rooms of the site at the same time, the smallest that suffices first; then the nearest times before
        and after in the same room, the same day first; where there is neither, the nearest time in any room.
        `session`: whose own holds don't count. `meant`: clashes that were decided on."""
        known = replace(self.known, own=session)

        def free(wishes: Iterable[Wish]) -> Iterator[Wish]:
            return (one for one in wishes if is_free(one, known, meant=meant))

        times = list(_times(wish, since=self.since, reach=self.reach))
        found = (
            [_offer(one) for one in islice(free(_in_rooms(wish, self.rooms)), most)]
            if wish.starts_at >= self.since
            else []
        )
        found += [_offer(one) for one in _around(wish, free(_at(wish, at) for at in times))][:most]
        if not found and wish.room:
            anywhere = (one for at in times for one in _in_rooms(_at(wish, at), self.rooms))
            found += [_offer(one) for one in islice(free(anywhere), 1)]
        return found

    def follow(self, session: int) -> None:
        """It moved, or was cancelled: what it holds now is what counts for the others."""
        holds = {
            resource: [claim for claim in held if claim.session_id != session]
            for resource, held in self.known.holds.items()
        }
        for claim in Claim.objects.filter(session=session).select_related("session__program", "session__room"):
            insort(holds.setdefault(claim.resource, []), claim, key=lambda one: one.starts_at)
        self.known = replace(self.known, holds=holds)


def _around(wish: Wish, free: Iterator[Wish]) -> Iterator[Wish]:
    """The nearest, and the nearest on the other side of what was wished."""
    first = next(free, None)
    if first is None:
        return
    yield first
    later = first.starts_at > wish.starts_at
    yield from islice((one for one in free if (one.starts_at > wish.starts_at) != later), 1)


def _offer(wish: Wish) -> Offer:
    return Offer(wish.room, wish.starts_at, wish.ends_at)


def _at(wish: Wish, starts_at: dt.datetime) -> Wish:
    return replace(wish, starts_at=starts_at, ends_at=starts_at + (wish.ends_at - wish.starts_at))


def _in_rooms(wish: Wish, rooms: Sequence[Room]) -> Iterator[Wish]:
    """In each other room, the smallest first: a larger one may be needed by others."""
    if wish.room:
        others = [room for room in rooms if room.pk != wish.room.pk]
        for room in sorted(others, key=lambda room: (room.capacity is None, room.capacity)):
            yield replace(wish, room=room)


def _times(wish: Wish, *, since: dt.datetime, reach: int) -> Iterator[dt.datetime]:
    """Every quarter of an hour that it could begin at, the nearest day and hour first; of two as near the later."""
    start = clock.local(wish.starts_at)
    there, day = start.hour * 60 + start.minute, start.date()
    length = int((wish.ends_at - wish.starts_at).total_seconds()) // 60
    for ahead in sorted(range(-reach, reach + 1), key=lambda ahead: (abs(ahead), -ahead)):
        on = day + DAY * ahead
        windows = [(since_, until) for weekday, since_, until in wish.hub.opening if weekday == on.weekday()]
        minutes = {
            minute
            for opens, closes in (windows or ([] if wish.hub.opening else [DAYTIME]))
            for minute in (
                *range(opens, closes - length + 1, STEP),
                *([there] if opens <= there <= closes - length else []),
            )
        }
        for minute in sorted(minutes, key=lambda minute: (abs(minute - there), -minute)):
            at = clock.at(on, minute)
            if at >= since and (ahead or minute != there):
                yield at
