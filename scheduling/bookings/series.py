"""A program's sessions at one site at one time of the week, booked or given back in one go: each is judged alone, the
family is told of all in one message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.models import Person
from scheduling.bookings.announce import announce, announce_booked
from scheduling.bookings.bookings import check_theirs, enter, leave
from scheduling.bookings.models import Booking
from scheduling.bookings.places import child_of, load_children
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session

AHEAD = dt.timedelta(weeks=8)
SHIFTED = 60
"""Minutes: one that begins less than this earlier or later in a week is still the same; beyond it is another."""


@dataclass(frozen=True)
class Judged:
    session: Session
    rows: Sequence[Booking]
    refused: Refused | None = None


def series_from(session: Session) -> list[Session]:
    """The session and those like it in the weeks after it. `session.program` and `.hub` serve for all."""
    rows = Session.objects.filter(
        program=session.program_id,
        hub=session.hub_id,
        state=Session.State.PLANNED,
        places__isnull=False,
        group_only=session.group_only,
        starts_at__gte=session.starts_at,
        starts_at__lt=session.starts_at + AHEAD,
    )
    found = [one for one in rows.order_by("starts_at", "pk") if _at_the_same_time(one, session)]
    for one in found:
        one.program, one.hub = session.program, session.hub
    return found


def _at_the_same_time(one: Session, other: Session) -> bool:
    there, here = clock.local(one.starts_at), clock.local(other.starts_at)
    apart = (there.hour - here.hour) * 60 + there.minute - here.minute
    return there.weekday() == here.weekday() and abs(apart) < SHIFTED


@transaction.atomic
@told_together()
def book_series(*, session: int, children: Sequence[int], by: Person, all_or_none: bool = False) -> list[Judged]:
    """Places in all of them, soonest first; where there is none, a place in the line. Refused: nobody_chosen,
    not_your_child, not_found; what speaks against a single session is said of that one alone."""
    first = Session.objects.select_related("program", "hub").filter(pk=session).first()
    if first is None:
        raise Refused("not_found", model="session", id=session)
    chosen = load_children(children, by=by, as_staff=False)
    judged = []
    for key in sorted(one.pk for one in series_from(first)):
        held = lock_session(key)
        try:
            judged.append(Judged(held, enter(held, chosen, by=by, all_or_none=all_or_none)))
        except Refused as refused:
            judged.append(Judged(held, [], refused))
    announce_booked([row for one in judged for row in one.rows])
    return sorted(judged, key=lambda one: one.session.starts_at)


@transaction.atomic
@told_together()
def cancel_series(*, booking: int, by: Person) -> list[Booking]:
    """This child's place and those in the sessions like it afterwards. Refused: not_found, not_your_child."""
    row = Booking.objects.filter(pk=booking).select_related("session__program", "session__hub", "participant").first()
    if row is None:
        raise Refused("not_found", model="booking", id=booking)
    check_theirs([row], by=by, as_staff=False)
    child = child_of(row)
    lock_people([row.participant_id, *([child.family.guardian_id] if child else [])])
    left = []
    for key in sorted(one.pk for one in series_from(row.session)):
        session = lock_session(key)
        mine = Booking.objects.filter(session=session, participant=row.participant_id, state__in=Booking.OPEN)
        for one in mine.select_related("participant__child__family"):
            if session.starts_at > clock.now():
                leave(session, one, by=by)
                left.append(one)
    announce(template="booking_series_left", bookings=left)
    return left
