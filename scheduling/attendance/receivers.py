"""A sighting may come before the place it is for: who was seen at the door and then signed up is there. And a session
that moves is another time to be there for. What people came to can't be cancelled any more. The sender holds the
sessions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver

from hub import clock
from hub.errors import Refused
from scheduling.attendance.folding import EARLIEST
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.attendance.noting import places, settle
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from scheduling.sessions.signals import session_cancelling, session_moved
from scheduling.signups.models import Assignment
from scheduling.signups.signals import place_taken


@receiver(place_taken, dispatch_uid="attendance.place_taken")
def work_out_who_was_seen(sender: object, needs: Mapping[int, Session], **kwargs: Any) -> None:
    """Nobody can have been seen for what is further ahead: most sign-ups cost nothing here."""
    near = {session.pk for session in needs.values() if session.starts_at - EARLIEST <= clock.now()}
    if near:
        settle(list(places().filter(session__in=near, state__in=Assignment.ACTIVE, attendance=None)))


@receiver(session_moved, dispatch_uid="attendance.moved")
def work_out_anew(sender: object, session: Session, **kwargs: Any) -> None:
    settle(list(places().filter(session=session, state__in=Assignment.ACTIVE)))


@receiver(session_cancelling, dispatch_uid="attendance.cancelling")
def keep_what_was_held(sender: object, session: Session, **kwargs: Any) -> None:
    """Who came keeps their place, and with it their hours. Refused("people_came")."""
    serving = Attendance.objects.filter(
        assignment__session=session, assignment__state__in=Assignment.ACTIVE, signed_in_at__isnull=False
    )
    children = ChildAttendance.objects.filter(
        booking__session=session, booking__state=Booking.State.BOOKED, arrived_at__isnull=False
    )
    if came := serving.count() + children.count():
        raise Refused("people_came", count=came)
