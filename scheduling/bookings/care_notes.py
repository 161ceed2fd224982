"""Who has to know a booked child's care note: who looks after the session, from its booking until the day after it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from hub import clock
from hub.access.actor import Actor
from hub.people.care_notes import may_read_when
from hub.people.models import Child
from scheduling.bookings.models import Booking

AFTERWARDS = dt.timedelta(days=1)


@may_read_when
def looks_after(by: Actor, child: Child) -> bool:
    """A social worker of the agency whose session it is, or who is on duty there; a coordinator of its hub."""
    session = (
        Q(session__program__agency__in=by.agency_ids)
        | Q(session__duty_worker=by.person.pk)
        | Q(session__hub__in=by.hub_ids)
    )
    taking_part = Booking.objects.filter(
        participant=child.person_id,
        state=Booking.State.BOOKED,
        session__state="planned",
        session__ends_at__gt=clock.now() - AFTERWARDS,
    )
    return taking_part.filter(session).exists()
