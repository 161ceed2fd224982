"""Who has to know what is noted of a child: its health, who looks after the session, from its booking until the day
after it; hardship and who is away, who helps families where the child comes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import Q

from hub import clock
from hub.access.actor import Actor
from hub.people.care_notes import Note, may_read_when
from scheduling.bookings.models import Booking

AFTERWARDS = dt.timedelta(days=1)
COMES_HERE = dt.timedelta(days=180)
"""A child who was not seen for longer comes here no more."""


def _of_agency_or_hub(by: Actor) -> Q:
    return Q(session__program__agency__in=by.agency_ids) | Q(session__hub__in=by.hub_ids)


@may_read_when(Note.HEALTH)
def looks_after(by: Actor, children: Collection[int]) -> set[int]:
    """A social worker of the agency whose session it is, or who is on duty there; a coordinator of its hub."""
    theirs = _of_agency_or_hub(by) | Q(session__duty_worker=by.person.pk)
    taking_part = Booking.objects.filter(
        participant__child__in=children,
        state=Booking.State.BOOKED,
        session__state="planned",
        session__ends_at__gt=clock.now() - AFTERWARDS,
    )
    return set(taking_part.filter(theirs).values_list("participant__child", flat=True))


@may_read_when(Note.HARDSHIP, Note.LEFT_BEHIND)
def helps(by: Actor, children: Collection[int]) -> set[int]:
    """A social worker of an agency whose sessions the child comes to, or a coordinator of their hub."""
    come = Booking.objects.filter(
        participant__child__in=children, session__state="planned", session__ends_at__gt=clock.now() - COMES_HERE
    ).exclude(state=Booking.State.CANCELLED)
    return set(come.filter(_of_agency_or_hub(by)).values_list("participant__child", flat=True))
