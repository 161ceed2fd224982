"""Children who had a place and did not come."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef

from hub import clock
from scheduling.attendance.models import ChildAttendance
from scheduling.bookings.late import missed_by
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


@missed_by
def times_missed(people: Collection[int], since: dt.datetime) -> Counter[int]:
    """Where other children were noted: where nobody was, nothing is known of this one. One query."""
    others = ChildAttendance.objects.filter(booking__session=OuterRef("session"), arrived_at__isnull=False)
    rows = Booking.objects.filter(
        Exists(others),
        participant__in=people,
        state=Booking.State.BOOKED,
        session__state=Session.State.PLANNED,
        session__starts_at__gt=since,
        session__ends_at__lte=clock.now(),
        attendance__arrived_at__isnull=True,
    )
    return Counter(dict(rows.order_by().values_list("participant").annotate(Count("pk"))))
