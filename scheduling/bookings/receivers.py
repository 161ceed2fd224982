"""When a session changes under those who booked it. The sender holds the session's row and those of its people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.dispatch import receiver

from hub import clock
from hub.live.publish import publish
from hub.notify.together import say
from hub.people.models import Child, Person
from hub.people.signals import data_consent_withdrawn
from scheduling.bookings.announce import announce_changed
from scheduling.bookings.bookings import cancel_booking
from scheduling.bookings.line import pass_on
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.places import onlookers_of, put, with_family
from scheduling.bookings.signals import booking_ended
from scheduling.sessions.models import Session
from scheduling.sessions.signals import session_cancelled, session_edited, session_moved


def _active(session: Session) -> list[Booking]:
    rows = Booking.objects.filter(session=session, state__in=Booking.OPEN)
    return with_family(rows.select_related("participant__child__family").order_by("created_at", "pk"), session)


def _tell(rows: list[Booking], *sites: int) -> None:
    """The sites are named with the persons: locked in name order here, the sender may tell them again."""
    if rows:
        topics = [*(f"hub:{site}" for site in sites), *(f"person:{pk}" for pk in onlookers_of(rows))]
        publish(topics, "booking.changed", session=[rows[0].session_id])


@receiver(session_cancelled, dispatch_uid="bookings.cancelled")
def cancel_all(sender: object, session: Session, by: Person | None, **kwargs: Any) -> None:
    """The claims are the sender's to give up. No family is told to stay away from what is over."""
    rows = _active(session)
    now = clock.now()
    booked = [row for row in rows if row.state == Booking.State.BOOKED]
    for row in rows:
        row.state, row.changed_at = Booking.State.CANCELLED, now
    Booking.objects.bulk_update(rows, ["state", "changed_at"])
    for row in booked:
        booking_ended.send(sender=Booking, session=session, participant=row.participant_id)
    if session.ends_at > now:
        say(announce_changed, rows, "booking_session_cancelled")
    _tell(rows, session.hub_id)


@receiver(session_moved, dispatch_uid="bookings.moved")
def tell_of_move(sender: object, session: Session, before: Mapping[str, Any], **kwargs: Any) -> None:
    """Families are told of a new time or site; another room on the same site is only seen. Whose child is elsewhere at
    the new time is told that too: it keeps the place whose time was not changed."""
    rows = _active(session)
    _tell(rows, before["hub_id"], session.hub_id)
    if all(before[name] == getattr(session, name) for name in ("starts_at", "ends_at", "hub_id")):
        return
    Turn.objects.filter(session=session, answer_by__gt=session.starts_at).update(answer_by=session.starts_at)
    elsewhere = _elsewhere(session, rows)
    clashing = [row for row in rows if row.participant_id in elsewhere]
    for row in clashing:
        put(row, Booking.State.CANCELLED, "booking.clashed", by=None)
    say(announce_changed, clashing, "booking_session_clashes")
    say(announce_changed, [row for row in rows if row.participant_id not in elsewhere], "booking_session_moved")
    if clashing:
        pass_on(session)


def _elsewhere(session: Session, rows: list[Booking]) -> set[int]:
    """Those of them who have, or are offered, a place in another session at its time."""
    others = Booking.objects.filter(
        participant__in=[row.participant_id for row in rows],
        state__in=Booking.HOLDING,
        session__state=Session.State.PLANNED,
        session__starts_at__lt=session.ends_at,
        session__ends_at__gt=session.starts_at,
    ).exclude(session=session)
    # A place instead of the one here is no second one, nor is that one instead of which one here is offered.
    mine = {row.pk for row in rows}
    given_up = {row.instead_of_id for row in rows if row.state == Booking.State.OFFERED}
    return {one.participant_id for one in others if one.instead_of_id not in mine and one.pk not in given_up}


@receiver(session_edited, dispatch_uid="bookings.edited")
def fill_new_places(sender: object, session: Session, before: Mapping[str, Any], **kwargs: Any) -> None:
    """More places are offered to those who wait. Fewer take nobody's place away."""
    if "places" in before:
        pass_on(session)


@receiver(data_consent_withdrawn, dispatch_uid="bookings.consent_withdrawn")
def give_up_places(sender: object, child: Child, by: Person, **kwargs: Any) -> None:
    """What may not be kept can't be planned with. In the order of sessions, as everything that locks several."""
    rows = Booking.objects.filter(
        participant=child.person_id, session__starts_at__gt=clock.now(), state__in=Booking.OPEN
    )
    for pk in rows.order_by("session").values_list("pk", flat=True):
        cancel_booking(booking=pk, by=by, as_staff=True)
