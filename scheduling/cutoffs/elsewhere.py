"""The nearest other session for a family: the same program before the same kind, near in time, then near by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence

from hub import clock
from scheduling.bookings.activities import coming_sessions
from scheduling.bookings.fit import Known, known_of, reasons_against_child
from scheduling.bookings.models import Booking
from scheduling.bookings.seats import seats_in
from scheduling.cutoffs.covering import booked_in, confirmed_adults, uncovered
from scheduling.sessions.models import RosterSettings, Session
from scheduling.signups.facts import minutes_between

FAR = dt.timedelta(days=14)
MOST = 60


def nearest(
    session: Session, rows: Sequence[Booking], promised: Mapping[int, int] | None = None, *, but: Collection[int] = ()
) -> Session | None:
    """Where all these siblings fit and find a place; past its own cut-off, one whose adults cover them too. As many
    queries more as sessions are passed over for that. `promised`: places by session that others are to have; `but`:
    not these sessions."""
    promised = promised or {}
    children = [row.participant.child for row in rows]
    known = known_of([child.person_id for child in children])
    free = Known([one for one in known.taken if one.session_id != session.pk], known.unconsented)
    settings = RosterSettings.current()
    found = coming_sessions().filter(
        program__kind=session.program.kind,
        starts_at__gte=session.starts_at - FAR,
        starts_at__lte=session.starts_at + FAR,
    )
    others = list(
        found.exclude(pk__in={session.pk, *but}).select_related("program", "hub", "room").order_by("starts_at")[:MOST]
    )
    seats = seats_in(others)
    fitting = [
        one
        for one in others
        if seats[one.pk].open - promised.get(one.pk, 0) >= len(children)
        and not any(reasons_against_child(one, child, free) for child in children)
    ]

    def distance(one: Session) -> tuple[bool, dt.timedelta, int, int]:
        sites = [(hub.longitude, hub.latitude) for hub in (one.hub, session.hub)]
        way = 0 if one.hub_id == session.hub_id else minutes_between(sites[0], sites[1], settings)
        return one.program_id != session.program_id, abs(one.starts_at - session.starts_at), way, one.pk

    def stays(one: Session) -> bool:
        """Nobody is sent on from one short session to the next."""
        if clock.now() < one.starts_at - dt.timedelta(hours=settings.cutoff_hours):
            return True
        return not uncovered(one, [*booked_in(one), *rows], confirmed_adults([one])[one.pk])

    return next((one for one in sorted(fitting, key=distance) if stays(one)), None)
