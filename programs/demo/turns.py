"""A place that came free, and the family whose turn it is: the message that one tap answers."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from hub import clock
from hub.people.demo import face_of
from hub.people.models import Role
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.line import lines_of
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session

SOONEST = dt.timedelta(hours=3)
State = Booking.State


def free_a_place() -> None:
    """In the next session with a line, and without the visitor's own children. Loading again changes nothing."""
    keeper, guardian = face_of(Role.COORDINATOR), face_of(Role.GUARDIAN)
    if keeper is None or Booking.objects.filter(state=State.OFFERED).exists():
        return
    ours = Q(bookings__participant__child__family__guardian=guardian)
    waited_for = Session.objects.filter(
        state=Session.State.PLANNED,
        starts_at__gt=clock.now() + SOONEST,
        pk__in=Booking.objects.filter(state=State.WAITING).values("session"),
    ).exclude(ours)
    for session in waited_for.select_related("program").order_by("starts_at", "pk"):
        first = lines_of([session])[session.pk][0]
        # As many places as whoever is first needs: siblings come together.
        for row in session.bookings.filter(state=State.BOOKED).order_by("pk")[: len(first)]:
            cancel_booking(booking=row.pk, by=keeper, as_staff=True)
        if session.bookings.filter(state=State.OFFERED).exists():
            return
