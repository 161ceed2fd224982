"""How many places of a session are to be had, and for whom.

Some are kept for children in hardship until the cut-off (Session.priority_places, else the program's). Which children
these are is asked of who keeps their notes (care_notes.in_hardship), and never written down here, told or shown.
To every other family it is a session with fewer places: their counts are the same whether such a child has a kept place
or nobody has.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from hub import clock
from hub.people.care_notes import in_hardship
from scheduling.bookings.models import Booking
from scheduling.sessions.models import RosterSettings, Session

Cap = Callable[[Sequence[Session]], Mapping[int, int]]
_caps: list[Cap] = []


def at_most(cap: Cap) -> Cap:
    """Session id -> to how many more it gives a place for now, where that is fewer than are free: registered by an app
    above."""
    _caps.append(cap)
    return cap


@dataclass(frozen=True)
class Seats:
    open: int
    """For anybody."""
    kept: int = 0
    """Besides, for children with priority alone."""

    def within(self, children: Sequence[int], priority: Collection[int]) -> list[bool]:
        """Which of these children (by id, in this order) find a place."""
        open_, kept = self.open, self.kept
        found = []
        for child in children:
            if child in priority and kept > 0:
                kept -= 1
                found.append(True)
            else:
                found.append(open_ > 0)
                open_ -= found[-1]
        return found


def seats_in(sessions: Iterable[Session]) -> dict[int, Seats]:
    """Session id -> what is free; `session.program` should be loaded. A fixed number of queries."""
    rows = {session.pk: session for session in sessions}
    caps = [cap(list(rows.values())) for cap in _caps]
    taken: dict[int, list[int | None]] = defaultdict(list)
    holding = Booking.objects.filter(session__in=rows, state__in=Booking.HOLDING)
    for key, child in holding.values_list("session", "participant__child"):
        taken[key].append(child)
    keeping = _keeping(rows.values())
    priority = in_hardship({child for pk in keeping for child in taken[pk] if child})
    found = {}
    for pk, session in rows.items():
        left = (session.places or 0) - len(taken[pk])
        free = max(0, min([left, *(cap[pk] for cap in caps if pk in cap)]))
        kept = min(free, max(0, keeping.get(pk, 0) - sum(child in priority for child in taken[pk])))
        found[pk] = Seats(free - kept, kept)
    return found


def seats_of(session: Session) -> Seats:
    return seats_in([session])[session.pk]


def kept_until(session: Session, settings: RosterSettings) -> dt.datetime:
    """The cut-off: from then on kept places are anybody's."""
    return session.starts_at - dt.timedelta(hours=settings.cutoff_hours)


def _keeping(sessions: Iterable[Session]) -> dict[int, int]:
    """Sessions that keep places still, with how many."""
    wanted = {
        one.pk: one.program.priority_places if one.priority_places is None else one.priority_places for one in sessions
    }
    if not any(wanted.values()):
        return {}
    settings, now = RosterSettings.current(), clock.now()
    return {one.pk: wanted[one.pk] for one in sessions if wanted[one.pk] and now < kept_until(one, settings)}
