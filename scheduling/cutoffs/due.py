"""Which sessions have to be looked at; with the bookings' own look, every few minutes."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from hub import clock
from programs.kinds import all_kinds
from scheduling.bookings.models import Booking
from scheduling.bookings.tasks import looked_after_with
from scheduling.cutoffs.cutoffs import look
from scheduling.cutoffs.deserted import cancel_deserted
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import RosterSettings, Session


@looked_after_with
def look_at_due() -> int:
    """Each in a transaction of its own; in how many something was done."""
    return sum([_look_at(session) for session in sessions_due()])


def _look_at(session: int) -> bool:
    done = look(session=session)
    return cancel_deserted(session=session) or done


def sessions_due() -> list[int]:
    """Children's sessions past their cut-off, with children booked or left by them, to be looked at (again)."""
    now = clock.now()
    until = now + dt.timedelta(hours=RosterSettings.current().cutoff_hours)
    booked = Booking.objects.filter(state=Booking.State.BOOKED).values("session")
    rows = Session.objects.filter(
        Q(cutoff__isnull=True) | Q(cutoff__next_look__lte=now),
        Q(pk__in=booked) | Q(cutoff__state__in=CutOff.CLOSED),
        program__kind__in=[kind.code for kind in all_kinds() if kind.for_children],
        state=Session.State.PLANNED,
        starts_at__gt=now,
        starts_at__lte=until,
    )
    return list(rows.order_by("starts_at", "pk").values_list("pk", flat=True))
