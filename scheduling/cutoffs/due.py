"""Which sessions have to be looked at; with the bookings' own look, every few minutes."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from hub import clock
from programs.kinds import all_kinds
from scheduling.bookings.models import Booking
from scheduling.bookings.tasks import looked_after_with
from scheduling.cutoffs.cutoffs import look
from scheduling.sessions.models import RosterSettings, Session


@looked_after_with
def look_at_due() -> int:
    """Each in a transaction of its own; in how many something was done."""
    return sum(look(session=session) for session in sessions_due())


def sessions_due() -> list[int]:
    """Children's sessions past their cut-off, with children booked, that have to be looked at (again)."""
    now = clock.now()
    until = now + dt.timedelta(hours=RosterSettings.current().cutoff_hours)
    rows = Session.objects.filter(
        Q(cutoff__isnull=True) | Q(cutoff__next_look__lte=now),
        program__kind__in=[kind.code for kind in all_kinds() if kind.for_children],
        state=Session.State.PLANNED,
        starts_at__gt=now,
        starts_at__lte=until,
        pk__in=Booking.objects.filter(state=Booking.State.BOOKED).values("session"),
    )
    return list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))
