"""What no other table can tell: people counted at sessions that nobody books, and casework as a count."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Residency
from scheduling.bookings.models import Booking
from scheduling.residency.holding import hold, refuse_closed, stay_of, tell
from scheduling.residency.models import Casework, Turnout
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session


@transaction.atomic
def count_people(*, session: int, visits: int, newcomers: int, by: Person) -> Turnout:
    """`newcomers`: of these, who came for the first time in the month. Counted again, the last count holds.

    Refused: not_found, was_cancelled, session_not_begun, has_bookings, newcomers_above, month_closed.
    """
    held = lock_session(session)
    if held.state == Session.State.CANCELLED:
        raise Refused("was_cancelled")
    if held.starts_at > clock.now():
        raise Refused("session_not_begun")
    if Booking.objects.filter(session=held, state=Booking.State.BOOKED).exists():
        raise Refused("has_bookings")
    if newcomers > visits:
        raise Refused("newcomers_above")
    stay = stay_of(held)
    if stay:
        refuse_closed(hold(stay.pk), clock.local(held.starts_at).date())
    values = {"visits": visits, "newcomers": newcomers, "by": by, "at": clock.now()}
    row, _ = Turnout.objects.update_or_create(session=held, defaults=values)
    append(
        action="turnout.counted",
        subject=row,
        actor_id=by.pk,
        hub_id=held.hub_id,
        session=held.pk,
        visits=visits,
        newcomers=newcomers,
    )
    if stay:
        tell(stay)
    return row


@transaction.atomic
def enter_casework(*, residency: int, day: dt.date, count: int, by: Person) -> Casework:
    """Refused: not_found, day_ahead, month_closed."""
    stay = hold(residency)
    if day > clock.today():
        raise Refused("day_ahead")
    refuse_closed(stay, day)
    row = Casework.objects.create(residency=stay, day=day, count=count, by=by, at=clock.now())
    _note("casework.entered", row, stay, by)
    return row


@transaction.atomic
def confirm_casework(*, casework: int, by: Person) -> Casework:
    """The hub has seen that it is so. Refused: not_found, second_person, already_confirmed, month_closed."""
    row, stay = _hold(casework)
    if row.by_id == by.pk:
        raise Refused("second_person")
    row.confirmed_by, row.confirmed_at = by, clock.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    _note("casework.confirmed", row, stay, by)
    return row


@transaction.atomic
def take_back_casework(*, casework: int, by: Person) -> None:
    """What was not confirmed yet. Refused: not_found, already_confirmed, month_closed."""
    row, stay = _hold(casework)
    _note("casework.taken_back", row, stay, by)
    row.delete()


def _hold(casework: int) -> tuple[Casework, Residency]:
    row = Casework.objects.filter(pk=casework).first()
    if row is None:
        raise Refused("not_found", model="casework", id=casework)
    stay = hold(row.residency_id)
    # Somebody may have taken it back before the lock.
    row = Casework.objects.filter(pk=casework).first()
    if row is None:
        raise Refused("not_found", model="casework", id=casework)
    if row.confirmed_at:
        raise Refused("already_confirmed")
    refuse_closed(stay, row.day)
    return row, stay


def _note(action: str, row: Casework, stay: Residency, by: Person) -> None:
    append(
        action=action,
        subject=row,
        actor_id=by.pk,
        hub_id=stay.hub_id,
        residency=stay.pk,
        day=row.day.isoformat(),
        count=row.count,
    )
    tell(stay)
