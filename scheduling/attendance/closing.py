"""Closing a session's attendance: whoever nobody signed out is taken to have stayed to the planned end, by staff's word
or, when nobody says anything for half a day, assumed and marked so. Hours are entered by it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from scheduling.attendance.folding import How, Kind
from scheduling.attendance.hours import enter_hours
from scheduling.attendance.models import Attendance
from scheduling.attendance.noting import note, places, settle
from scheduling.sessions.claims import lock_people, lock_sessions
from scheduling.signups.models import Assignment

ASSUMED_AFTER = dt.timedelta(hours=12)
"""After the end: a device that was offline has had the evening to tell what it saw."""
LOOKS_BACK = dt.timedelta(days=14)
AT_ONCE = 50


@transaction.atomic
def close_session(*, session: int, by: Person | None) -> list[Attendance]:
    """After its end. Who came and was not signed out stayed to the end; who never came is left to `mark_missed`.

    `by` nobody: assumed. Refused: not_over_yet. Again is harmless.
    """
    keys = Assignment.objects.filter(session=session, state__in=Assignment.ACTIVE)
    lock_people(keys.values_list("volunteer__person", flat=True))
    lock_sessions([session])
    rows = list(places().filter(session=session, state__in=Assignment.ACTIVE).order_by("pk"))
    if any(row.session.ends_at > clock.now() for row in rows):
        raise Refused("not_over_yet")
    known = settle(rows)
    how = How.HAND if by else How.ASSUMED
    for row in rows:
        found = known[row.pk]
        # Nobody vouches for their own hours.
        if found.signed_in_at and not found.signed_out_at and not (by and by.pk == row.volunteer.person_id):
            note(kind=Kind.OUT, how=how, assignment=row, at=max(row.session.ends_at, found.signed_in_at), by=by)
    known = settle(rows)
    for found in known.values():
        enter_hours(found, closed=True, by=by)
    if by is None:
        Attendance.objects.filter(assignment__in=rows).update(closed_at=clock.now())
    return list(known.values())


def assume_forgotten() -> int:
    """Sessions that nobody closed; how many were. A sweep runs it."""
    now = clock.now()
    waiting = Attendance.objects.filter(
        signed_in_at__isnull=False,
        hours_entered_at=None,
        closed_at=None,
        assignment__session__ends_at__lte=now - ASSUMED_AFTER,
        assignment__session__ends_at__gt=now - LOOKS_BACK,
        assignment__state__in=Assignment.ACTIVE,
        assignment__session__state="planned",
    )
    longest = waiting.values_list("assignment__session__ends_at", "assignment__session").distinct()
    sessions = list(longest.order_by("assignment__session__ends_at", "assignment__session")[:AT_ONCE])
    for _, session in sessions:
        close_session(session=session, by=None)
    return len(sessions)
