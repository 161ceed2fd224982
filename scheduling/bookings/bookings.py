"""Taking places for children and giving them back.

Siblings come all or not at all, or as many as fit: their parent's choice. Who finds no place may wait. A session has
its planned places whether or not its adults are confirmed yet: what can't be covered shows at the cut-off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.care_notes import in_hardship
from hub.people.models import Child, Person
from scheduling.bookings.announce import announce, announce_booked
from scheduling.bookings.fit import known_of, reason_against_session, reasons_against_child
from scheduling.bookings.line import pass_on
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.places import child_of, load_children, may_book_for, put, take, tell
from scheduling.bookings.seats import seats_of
from scheduling.bookings.tasks import keep_looking
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import RosterSettings, Session

State = Booking.State
STAFF_MAY = frozenset({"age_outside"})
"""Staff know the child: an age outside is theirs to judge."""


def book(*, session: int, child: int, by: Person, as_staff: bool = False) -> Booking:
    """A place for one child, or a place in the waiting list when all are taken. Refused: as book_together."""
    return book_together(session=session, children=[child], by=by, as_staff=as_staff)[0]


@transaction.atomic
@told_together()
def book_together(
    *,
    session: int,
    children: Sequence[int],
    by: Person,
    as_staff: bool = False,
    all_or_none: bool = False,
    wait: bool = True,
) -> list[Booking]:
    """Places for siblings. `all_or_none`: where too few are free all of them wait, together; else as many as fit have a
    place, in the order given, and the others wait each for themselves. Without `wait` nobody does.

    Refused: nobody_chosen, not_your_child (unless `as_staff`), session_cancelled, session_over, not_bookable,
    closed_group (unless `as_staff`), already_booked, consent_missing, age_outside (unless `as_staff`), child_clash,
    places_short (without `wait`);
    `child` among the facts says whose.
    """
    chosen = load_children(children, by=by, as_staff=as_staff)
    held = lock_session(session)
    rows = enter(held, chosen, by=by, as_staff=as_staff, all_or_none=all_or_none, wait=wait)
    announce_booked(rows)
    return rows


@transaction.atomic
@told_together()
def book_outing(*, places: Mapping[int, Sequence[int]], by: Person) -> list[Booking]:
    """Session id -> the children who go there: siblings at one site at one time or one after the other, all or none.

    Refused: as book_together; nobody_chosen where a child goes to two of them.
    """
    everybody = [child for children in places.values() for child in children]
    if len(set(everybody)) < len(everybody):
        raise Refused("nobody_chosen")
    chosen = {child.pk: child for child in load_children(everybody, by=by, as_staff=False)}
    rows = []
    for session in sorted(places):
        theirs = [chosen[pk] for pk in places[session]]
        rows += enter(lock_session(session), theirs, by=by, all_or_none=True, wait=False)
    announce_booked(rows)
    return rows


def enter(
    session: Session,
    chosen: Sequence[Child],
    *,
    by: Person,
    as_staff: bool = False,
    all_or_none: bool = False,
    wait: bool = True,
) -> list[Booking]:
    """Into one session that is held, the children held too. Nothing is written before it is refused."""
    against = reason_against_session(session)
    if against:
        raise against.refuse()
    if session.group_only and not as_staff:
        raise Refused("closed_group", session=session.pk)
    known = known_of(child.person_id for child in chosen)
    for child in chosen:
        for reason in reasons_against_child(session, child, known):
            if not (as_staff and reason.code in STAFF_MAY):
                raise reason.refuse()
    pass_on(session)  # Nobody passes those who wait already.
    ids = [child.pk for child in chosen]
    seats = seats_of(session)
    seated = seats.within(ids, in_hardship(ids) if seats.kept else ())
    if all_or_none and not all(seated):
        seated = [False] * len(ids)
    if not wait and not any(seated):
        raise Refused("places_short", session=session.pk)
    together = Turn.objects.create(session=session) if all_or_none and wait and not all(seated) else None
    rows = []
    for child, has_place in zip(chosen, seated, strict=True):
        if has_place:
            rows.append(take(session, child, by=by, state=State.BOOKED))
        elif wait:
            turn = together or Turn.objects.create(session=session)
            rows.append(take(session, child, by=by, state=State.WAITING, turn=turn))
    tell(session, rows)
    keep_looking()
    return rows


@transaction.atomic
@told_together()
def cancel_booking(*, booking: int, by: Person, as_staff: bool = False) -> Booking:
    """Give a place back, or stop waiting; the place is offered to the next in line. Again is harmless. Late is better
    than never: it is noted, no more.

    Refused: not_found, not_your_child (unless `as_staff`), session_over.
    """
    row = Booking.objects.filter(pk=booking).select_related("participant__child__family").first()
    if row is None:
        raise Refused("not_found", model="booking", id=booking)
    check_theirs([row], by=by, as_staff=as_staff)
    lock_people([row.participant_id, *_guardian(row)])
    session = lock_session(row.session_id)
    row.refresh_from_db(fields=["state"])
    if row.state not in Booking.OPEN:
        return row
    if session.starts_at <= clock.now():
        raise Refused("session_over", session=session.pk)
    leave(session, row, by=by, as_staff=as_staff)
    if as_staff:
        announce(template="booking_cancelled", bookings=[row])
    return row


def check_theirs(rows: Sequence[Booking], *, by: Person, as_staff: bool) -> None:
    for row in rows:
        if not as_staff and not may_book_for(by, child_of(row)):
            raise Refused("not_your_child", booking=row.pk)


def leave(session: Session, row: Booking, *, by: Person | None, as_staff: bool = False) -> None:
    """One place of a session that is held, given back and passed on."""
    row.session = session
    late = row.state == State.BOOKED and not as_staff and is_late(session, RosterSettings.current())
    put(row, State.CANCELLED, "booking.cancelled", by=by, late=late)
    tell(session, [row])
    pass_on(session)


def is_late(session: Session, settings: RosterSettings) -> bool:
    """Whether a place given back now is hardly of use to anybody."""
    return clock.now() > session.starts_at - dt.timedelta(hours=settings.late_cancel_hours)


def _guardian(row: Booking) -> list[int]:
    child = child_of(row)
    return [child.family.guardian_id] if child else []
