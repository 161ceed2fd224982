"""What happens elsewhere and books follow: a consent taken back, a change of the session at which they are handed over;
that soon, in transactions of their own: the sender has locked enough already."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from hub.people.models import Child, Person
from hub.people.signals import data_consent_withdrawn
from hub.upkeep import run_soon
from programs.lending.circulation.holds import cancel_hold
from programs.lending.circulation.models import Hold
from programs.lending.circulation.tasks import look_after_books
from scheduling.bookings.signals import booking_ended, booking_moved
from scheduling.sessions.models import Session
from scheduling.sessions.signals import session_cancelled, session_moved


@receiver(data_consent_withdrawn, dispatch_uid="books.consent_withdrawn")
def give_up_holds(sender: object, child: Child, by: Person, **kwargs: Any) -> None:
    """What is out comes back all the same."""
    for hold in Hold.objects.filter(reader=child.person_id, state__in=Hold.ACTIVE).order_by("title"):
        cancel_hold(hold=hold.pk, by=by)


@receiver([session_cancelled, session_moved, booking_ended, booking_moved], dispatch_uid="books.follow")
def follow(sender: object, session: Session, **kwargs: Any) -> None:
    if Hold.objects.filter(session=session, state=Hold.State.READY).exists():
        run_soon(look_after_books)
