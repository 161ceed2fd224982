"""One child's place under the locks: who may act for them, how the row changes, who hears of it. What the verbs of this
app are made of.

Locks: the children with their guardians, sessions in order of their keys, then topics. Places are counted under the
session's lock. Who waits or is offered a place counts as busy at that time (see fit), so that their turn asks nothing
of their other sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.circles import acts_for, onlookers
from hub.people.models import Child, Person
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.signals import booking_ended
from scheduling.sessions.claims import lock_people, person_resource, place, release
from scheduling.sessions.models import Session

State = Booking.State


def may_book_for(person: Person, child: Child | None) -> bool:
    return child is not None and acts_for(person, child.family_id)


def child_of(booking: Booking) -> Child | None:
    return getattr(booking.participant, "child", None)


def guardians_of(bookings: Iterable[Booking]) -> set[int]:
    """Who is locked with the children; `participant.child.family` should be loaded."""
    return {child.family.guardian_id for row in bookings if (child := child_of(row))}


def onlookers_of(bookings: Iterable[Booking]) -> set[int]:
    """Whose screens show these bookings."""
    return onlookers({child.family_id for row in bookings if (child := child_of(row))})


def load_children(ids: Sequence[int], *, by: Person, as_staff: bool) -> list[Child]:
    """In the order given, locked with their guardians. Refused: nobody_chosen, not_found, not_your_child."""
    rows = {row.pk: row for row in Child.objects.filter(pk__in=ids).select_related("person", "family")}
    chosen = [rows[pk] for pk in dict.fromkeys(ids) if pk in rows]
    if not ids:
        raise Refused("nobody_chosen")
    if len(chosen) < len(set(ids)):
        raise Refused("not_found", model="child")
    for child in chosen:
        if not as_staff and not may_book_for(by, child):
            raise Refused("not_your_child", child=child.pk)
    lock_people([pk for child in chosen for pk in (child.person_id, child.family.guardian_id)])
    return chosen


def with_family(rows: Iterable[Booking], session: Session) -> list[Booking]:
    """The rows of one session that is loaded and held."""
    found = list(rows)
    for row in found:
        row.session = session
    return found


def take(
    session: Session,
    child: Child,
    *,
    by: Person | None,
    state: Booking.State,
    turn: Turn | None = None,
    instead_of: Booking | None = None,
) -> Booking:
    """A new row, with the claim that comes with its state."""
    now = clock.now()
    row = Booking(
        session=session,
        participant=child.person,
        booked_by=by,
        state=state,
        turn=turn,
        instead_of=instead_of,
        created_at=now,
        changed_at=now,
    )
    row.participant.child = child
    row.save(force_insert=True)
    if state == State.BOOKED:
        place(session=session, resource=person_resource(child.person_id), exclusive=False)
    record(row, "booking.made", by=by)
    return row


def put(row: Booking, state: Booking.State, action: str, *, by: Person | None, late: bool = False) -> None:
    """The row in its new state, its claim with it; whoever leaves a place is told of upward. `row.session` is held."""
    had = row.state == State.BOOKED
    row.state, row.late, row.changed_at = state, late, clock.now()
    row.save(update_fields=["state", "late", "changed_at"])
    resource = person_resource(row.participant_id)
    if state == State.BOOKED:
        place(session=row.session, resource=resource, exclusive=False)
    elif had:
        release(session=row.session, resource=resource)
    record(row, action, by=by)
    if had and action != MOVED:
        booking_ended.send(sender=Booking, session=row.session, participant=row.participant_id)


MOVED = "booking.moved"
"""To another session: booking_moved tells of it."""


def record(row: Booking, action: str, *, by: Person | None) -> None:
    append(
        action=action,
        subject=row,
        actor_id=by.pk if by else None,
        for_id=row.participant_id,
        hub_id=row.session.hub_id,
        session=row.session_id,
        state=row.state,
    )


def tell(session: Session, bookings: Sequence[Booking]) -> None:
    if bookings:
        topics = [f"hub:{session.hub_id}", *(f"person:{pk}" for pk in onlookers_of(bookings))]
        publish(topics, "booking.changed", session=[session.pk], booking=[row.pk for row in bookings])
