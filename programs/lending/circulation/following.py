"""Books that are handed over at a session go where the child goes: to another one when the place is given back, or the
session is cancelled or moved; to the hub's shelf when there is none."""

from __future__ import annotations

import datetime as dt

from hub import clock
from programs.lending.circulation.lines import State, find_place
from programs.lending.circulation.models import Hold
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


def new_place(hold: Hold) -> tuple[Session | None, dt.date] | None:
    """Where it is handed over by now, when that is another place than it says."""
    if hold.state != State.READY or not hold.with_session or hold.fetch_by is None:
        return None
    if hold.session and _still_comes(hold, hold.session):
        day = clock.local(hold.session.starts_at).date()
        return (hold.session, day) if day != hold.fetch_by else None
    if hold.session is None and hold.fetch_by < clock.today():
        return None
    found = find_place(hold)
    if hold.session is None and found[0] is None:
        return None
    return found


def _still_comes(hold: Hold, session: Session) -> bool:
    """Also to one that is over by now: then the book was not fetched."""
    if session.state == Session.State.CANCELLED or session.hub_id != hold.hub_id:
        return False
    return Booking.objects.filter(session=session, participant=hold.reader_id, state=Booking.State.BOOKED).exists()


def holds_to_follow() -> list[int]:
    rows = Hold.objects.filter(state=State.READY, with_session=True).select_related("session", "hub").order_by("pk")
    return [row.pk for row in rows if new_place(row) is not None]
