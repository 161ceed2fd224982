"""Places given back late, or not at all by children who did not come. No child is locked out for it: staff see how
often it happened, and a family to whom it happened twice is reminded the day before."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Count

from hub import clock
from scheduling.bookings.announce import announce
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

REMEMBERED = dt.timedelta(days=90)
REPEATED = 2
REMIND_AT = 17
"""Hour of the day before."""


Missed = Callable[[Collection[int], dt.datetime], Mapping[int, int]]
_missed: list[Missed] = []


def missed_by(known: Missed) -> Missed:
    """How often these people (by id) had a place since that moment and did not come: registered by an app above."""
    _missed.append(known)
    return known


def times_late(people: Iterable[int]) -> Counter[int]:
    """Person -> places of the last months that nobody else could have: given back late, or not come to. A fixed number
    of queries."""
    wanted, since = set(people), clock.now() - REMEMBERED
    rows = Booking.objects.filter(participant__in=wanted, late=True, session__starts_at__gt=since)
    found = Counter(dict(rows.order_by().values_list("participant").annotate(Count("pk"))))
    for known in _missed:
        found.update(known(wanted, since))
    return found


def remind_of_tomorrow() -> int:
    """Once a family and session, from the afternoon on; how many places were thought of."""
    now = clock.now()
    if clock.local(now).hour < REMIND_AT:
        return 0
    tomorrow = clock.today() + dt.timedelta(days=1)
    coming = Booking.objects.filter(
        state=Booking.State.BOOKED,
        session__state=Session.State.PLANNED,
        session__starts_at__gte=clock.at(tomorrow),
        session__starts_at__lt=clock.at(tomorrow, clock.MINUTES_A_DAY),
    ).select_related("session__program", "session__hub", "participant__child__family")
    rows = list(coming.order_by("session", "pk"))
    late = times_late(row.participant_id for row in rows)
    often = [row for row in rows if late[row.participant_id] >= REPEATED]
    for session in {row.session_id for row in often}:
        announce(template="booking_reminder", bookings=[row for row in often if row.session_id == session])
    return len(often)
