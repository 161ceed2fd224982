"""Books that are handed over at a session go where the child goes: to another one when the place is given back, or the
session is cancelled or moved; to the hub's shelf when there is none. None is to be fetched from a site that is closed
on its last day."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from hub import clock
from programs.lending.circulation.lines import State, find_place
from programs.lending.circulation.models import Hold
from scheduling.bookings.models import Booking
from scheduling.closures.closed import next_open_day
from scheduling.sessions.models import Closure, Session


def new_place(hold: Hold) -> tuple[Session | None, dt.date] | None:
    """Where it is handed over by now, when that is another place than it says."""
    if hold.state != State.READY or hold.fetch_by is None:
        return None
    if hold.session and _still_comes(hold, hold.session):
        day = clock.local(hold.session.starts_at).date()
        return (hold.session, day) if day != hold.fetch_by else None
    if hold.session is None and hold.fetch_by < clock.today():
        return None
    found = find_place(hold) if hold.with_session else None
    if found and (hold.session or found[0]):
        return found
    day = next_open_day(hold.hub, hold.fetch_by)
    return (None, day) if day != hold.fetch_by else None


def _still_comes(hold: Hold, session: Session) -> bool:
    """Also to one that is over by now: then the book was not fetched."""
    if session.state == Session.State.CANCELLED or session.hub_id != hold.hub_id:
        return False
    return Booking.objects.filter(session=session, participant=hold.reader_id, state=Booking.State.BOOKED).exists()


def holds_to_follow() -> list[int]:
    closed = Closure.objects.filter(room=None, ends_at__gt=clock.now()).values("hub")
    rows = Hold.objects.filter(Q(with_session=True) | Q(hub__in=closed), state=State.READY)
    rows = rows.select_related("session", "hub").order_by("pk")
    return [row.pk for row in rows if new_place(row) is not None]
