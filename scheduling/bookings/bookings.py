"""Taking a place for a child, giving it back, and moving up from the waiting list.

Locks: the children with their guardians, the session, then topics. Places are counted under the session's lock. Who
waits counts as busy at that time (see fit), so that moving somebody up asks nothing of their other sessions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.circles import acts_for
from hub.people.models import Child, Person
from scheduling.bookings.announce import announce
from scheduling.bookings.fit import active_bookings, reason_against_session, reasons_against_child
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import lock_people, lock_session, person_resource, place, release
from scheduling.sessions.models import Session

State = Booking.State
STAFF_MAY = frozenset({"age_outside"})
"""Staff know the child: an age outside is theirs to judge."""


def book(*, session: int, child: int, by: Person, as_staff: bool = False) -> Booking:
    """A place for one child, or a place in the waiting list when all are taken. Refused: as book_together."""
    return book_together(session=session, children=[child], by=by, as_staff=as_staff)[0]


@transaction.atomic
def book_together(*, session: int, children: Sequence[int], by: Person, as_staff: bool = False) -> list[Booking]:
    """Places for siblings, all or none, in the order given: the later ones wait where places run out.

    Refused: nobody_chosen, not_your_child (unless `as_staff`), session_cancelled, session_over, not_bookable,
    already_booked, age_outside (unless `as_staff`), child_clash; `child` among the facts says whose.
    """
    chosen = _load_children(children, by=by, as_staff=as_staff)
    lock_people([pk for child in chosen for pk in (child.person_id, child.family.guardian_id)])
    held = lock_session(session)
    against = reason_against_session(held)
    if against:
        raise against.refuse()
    taken = active_bookings(child.person_id for child in chosen)
    for child in chosen:
        for reason in reasons_against_child(held, child, taken):
            if not (as_staff and reason.code in STAFF_MAY):
                raise reason.refuse()
    free = _free_places(held)
    bookings = [
        _take(held, child, by=by, state=State.BOOKED if position < free else State.WAITING)
        for position, child in enumerate(chosen)
    ]
    _tell(held, bookings, {child.family.guardian_id for child in chosen})
    return bookings


@transaction.atomic
def cancel_booking(*, booking: int, by: Person, as_staff: bool = False) -> Booking:
    """Give a place back; the first who waits moves up. Again is harmless.

    Refused: not_found, not_your_child (unless `as_staff`), session_over.
    """
    row = Booking.objects.filter(pk=booking).select_related("participant__child__family").first()
    if row is None:
        raise Refused("not_found", model="booking", id=booking)
    child = _child_of(row)
    if not as_staff and not may_book_for(by, child):
        raise Refused("not_your_child", booking=booking)
    guardians = {child.family.guardian_id} if child else set()
    lock_people([row.participant_id, *guardians])
    session = lock_session(row.session_id)
    row.refresh_from_db(fields=["state"])
    if row.state == State.CANCELLED:
        return row
    if session.starts_at <= clock.now():
        raise Refused("session_over", session=session.pk)
    row.session = session
    _set(row, State.CANCELLED)
    release(session=session, resource=person_resource(row.participant_id))
    append(action="booking.cancelled", subject=row, actor_id=by.pk, for_id=row.participant_id, hub_id=session.hub_id)
    if as_staff:
        announce(template="booking_cancelled", bookings=[row])
    moved = move_up(session)
    _tell(session, [row, *moved], guardians | guardians_of(moved))
    return row


def move_up(session: Session) -> list[Booking]:
    """Give free places to those who wait, in their order, and tell their families. Call it under the session's lock and
    publish what it returns."""
    free = _free_places(session, behind_the_waiting=False)
    if free <= 0 or session.state == Session.State.CANCELLED or session.starts_at <= clock.now():
        return []
    waiting = Booking.objects.filter(session=session, state=State.WAITING).select_related("participant__child__family")
    moved = list(waiting.order_by("created_at", "pk")[:free])
    for row in moved:
        row.session = session
        _set(row, State.BOOKED)
        place(session=session, resource=person_resource(row.participant_id), exclusive=False)
        append(action="booking.moved_up", subject=row, actor_id=None, for_id=row.participant_id, hub_id=session.hub_id)
    announce(template="booking_moved_up", bookings=moved)
    return moved


def may_book_for(person: Person, child: Child | None) -> bool:
    return child is not None and acts_for(person, child.family_id)


def guardians_of(bookings: Iterable[Booking]) -> set[int]:
    """Whose screens show these bookings; `participant.child.family` should be loaded."""
    return {child.family.guardian_id for row in bookings if (child := _child_of(row))}


def _child_of(booking: Booking) -> Child | None:
    return getattr(booking.participant, "child", None)


def _load_children(ids: Sequence[int], *, by: Person, as_staff: bool) -> list[Child]:
    rows = {row.pk: row for row in Child.objects.filter(pk__in=ids).select_related("person", "family")}
    chosen = [rows[pk] for pk in dict.fromkeys(ids) if pk in rows]
    if not ids:
        raise Refused("nobody_chosen")
    if len(chosen) < len(set(ids)):
        raise Refused("not_found", model="child")
    for child in chosen:
        if not as_staff and not may_book_for(by, child):
            raise Refused("not_your_child", child=child.pk)
    return chosen


def _free_places(session: Session, *, behind_the_waiting: bool = True) -> int:
    """Nobody passes those who wait already."""
    rows = Booking.objects.filter(session=session)
    if behind_the_waiting and rows.filter(state=State.WAITING).exists():
        return 0
    return (session.places or 0) - rows.filter(state=State.BOOKED).count()


def _take(session: Session, child: Child, *, by: Person, state: State) -> Booking:
    now = clock.now()
    row = Booking(session=session, participant=child.person, booked_by=by, state=state, created_at=now, changed_at=now)
    row.save(force_insert=True)
    if state == State.BOOKED:
        place(session=session, resource=person_resource(child.person_id), exclusive=False)
    append(
        action="booking.made",
        subject=row,
        actor_id=by.pk,
        for_id=child.person_id,
        hub_id=session.hub_id,
        session=session.pk,
        state=state,
    )
    return row


def _set(booking: Booking, state: State) -> None:
    booking.state, booking.changed_at = state, clock.now()
    booking.save(update_fields=["state", "changed_at"])


def _tell(session: Session, bookings: Iterable[Booking], guardians: Iterable[int]) -> None:
    topics = [f"hub:{session.hub_id}", *(f"person:{pk}" for pk in guardians)]
    publish(topics, "booking.changed", session=[session.pk], booking=[row.pk for row in bookings])
