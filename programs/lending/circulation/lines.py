"""The line before a title. Each hub has its own, served in the order in which people asked.

A copy that comes free at a hub goes to that hub's line. Where nobody waits there it is brought to the line of a hub
that has no copy left, since families give books back wherever they like; otherwise it stays.
"""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.journal.append import append
from programs.lending.circulation.copies import LIVING, put
from programs.lending.circulation.models import Hold, LendingFigures
from programs.lending.models import Copy, Title
from scheduling.bookings.models import Booking
from scheduling.closures.closed import next_open_day
from scheduling.sessions.models import Session

State = Hold.State


def serve_line(title: Title) -> list[Hold]:
    """Set aside what is free for who comes first. Call it under the title's lock, whenever a copy may have come free,
    and tell of what it returns."""
    waiting = list(Hold.objects.filter(title=title, state=State.WAITING).select_related("hub").order_by("pk"))
    if not waiting:
        return []
    copies = list(Copy.objects.filter(title=title, state__in=LIVING).order_by("pk"))
    served = []
    for copy in copies:
        if copy.state != Copy.State.ON_SHELF:
            continue
        kept_at = {one.hub_id for one in copies}
        here = next((hold for hold in waiting if hold.hub_id == copy.hub_id), None)
        first = here or next((hold for hold in waiting if hold.hub_id not in kept_at), None)
        if first:
            waiting.remove(first)
            _set_aside(first, copy)
            served.append(first)
    return served


def _set_aside(hold: Hold, copy: Copy) -> None:
    traveling = copy.hub_id != hold.hub_id
    put(copy, Copy.State.SET_ASIDE, hub=hold.hub_id)
    hold.copy = copy
    if traveling:
        move(hold, State.TRAVELING)
        record("hold.traveling", hold, None)
    else:
        make_ready(hold)


def make_ready(hold: Hold) -> None:
    """It lies there: from now on it is waited for."""
    hold.session, hold.fetch_by = find_place(hold)
    hold.told_at = None
    move(hold, State.READY)
    record("hold.ready", hold, None)


def find_place(hold: Hold) -> tuple[Session | None, dt.date]:
    """The session at which it is handed over, if one comes soon, and the last day for it."""
    figures, today = LendingFigures.current(), clock.today()
    session = next_session(hold, within_days=figures.session_within_days) if hold.with_session else None
    if session:
        return session, clock.local(session.starts_at).date()
    return None, next_open_day(hold.hub, today + dt.timedelta(days=figures.days_to_fetch))


def next_session(hold: Hold, *, within_days: int) -> Session | None:
    last = clock.at(clock.today() + dt.timedelta(days=within_days + 1))
    places = Booking.objects.filter(
        participant=hold.reader_id,
        state=Booking.State.BOOKED,
        session__hub=hold.hub_id,
        session__state=Session.State.PLANNED,
        session__ends_at__gt=clock.now(),
        session__starts_at__lt=last,
    )
    first = places.select_related("session").order_by("session__starts_at", "session").first()
    return first.session if first else None


def free_copy(hold: Hold) -> None:
    """Back on the shelf with what was set aside; call serve_line next."""
    if hold.copy and hold.state in Hold.HAS_COPY:
        put(hold.copy, Copy.State.ON_SHELF)


def move(hold: Hold, state: Hold.State) -> None:
    hold.state, hold.changed_at = state, clock.now()
    hold.save(update_fields=["state", "copy", "session", "fetch_by", "told_at", "changed_at"])


def record(action: str, hold: Hold, by: int | None) -> None:
    append(action=action, subject=hold, actor_id=by, for_id=hold.reader_id, hub_id=hold.hub_id, title=hold.title_id)
