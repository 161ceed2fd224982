"""A morning at a hub: a session from 9:00 to 10:30, who has a place in it, a tablet at the door."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import hmac
import uuid
from typing import Any

from hub import clock
from hub.people.models import Child, FamilyMember, Person, Role
from hub.people.pickup_codes import ROUNDS, salt_of
from hub.places.models import Hub
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.children_sync import ChildSent, take_in_children
from scheduling.attendance.devices import offer_pairing, pair
from scheduling.attendance.models import Device
from scheduling.attendance.sync import Sent, take_in
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from tests.bookings.factories import make_reading
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_child, make_hub, make_need, make_person, make_session
from volunteers.models import Volunteer

NINE = 9 * 60
HALF_PAST_TEN = NINE + 90


def at(minute: int) -> dt.datetime:
    """On the day of the session, minutes after midnight."""
    return clock.at(MONDAY, minute)


def make_place(*, hub: Hub | None = None, volunteer: Volunteer | None = None, start: int = NINE) -> Assignment:
    hub = hub or make_hub()
    worker = make_person(Role.SOCIAL_WORKER)
    return take(make_need(session=make_session(hub=hub, start=start, duty_worker=worker), target=9), volunteer)


def make_awaited(*, child: Child | None = None, session: Session | None = None, **values: Any) -> Booking:
    """A child booked for the morning."""
    session, now = session or make_reading(**{"start": NINE} | values), at(0)
    return Booking.objects.create(
        session=session,
        participant=(child or make_child()).person,
        booked_by=None,
        state="booked",
        created_at=now,
        changed_at=now,
    )


def make_pickup(child: Child, *, relation: str = "外婆", code: str = "204816", **values: Any) -> Person:
    person = make_person(**values)
    FamilyMember.objects.create(family=child.family, person=person, part="pickup", relation=relation, code=code)
    return person


def make_device(*, hub: Hub | None = None, by: Person | None = None) -> tuple[Device, str]:
    """A paired tablet and its token."""
    _, code = offer_pairing(hub=hub or make_hub(), name="门口平板", by=by or make_person(Role.ADMINISTRATOR))
    return pair(code=code)


def seen(volunteer: Volunteer, minute: int, counter: int = 1, **values: Any) -> Sent:
    """A card held before the tablet, whose clock is right."""
    return Sent(
        **{"uid": uuid.uuid4(), "counter": counter, "card": card_text(card_of(volunteer)), "at": at(minute)} | values
    )


@functools.cache
def stretched(code: str, family: int) -> bytes:
    """As a tablet does it."""
    return hashlib.pbkdf2_hmac("sha256", code.encode(), salt_of(family).encode(), ROUNDS)


def child_seen(
    booking: Booking, kind: str, minute: int, counter: int = 1, *, code: str = "", **values: Any
) -> ChildSent:
    """A child's coming or going, noted by a tablet whose clock is right; with whoever said `code`."""
    uid = uuid.uuid4()
    proof = ""
    if code:
        key = stretched(code, booking.participant.child.family_id)
        proof = hmac.new(key, str(uid).encode(), hashlib.sha256).hexdigest()
    known = {"uid": uid, "counter": counter, "at": at(minute), "kind": kind, "booking": booking.pk, "proof": proof}
    return ChildSent(**known | values)


def tell_children(device: Device, *sent: ChildSent) -> int:
    return take_in_children(device=device, sent=sent, device_now=clock.now())


def tell(device: Device, *sent: Sent) -> int:
    return take_in(device=device, sent=sent, device_now=clock.now())


__all__ = [
    "HALF_PAST_TEN",
    "NINE",
    "at",
    "child_seen",
    "make_awaited",
    "make_device",
    "make_pickup",
    "make_place",
    "make_regular",
    "seen",
    "stretched",
    "tell",
    "tell_children",
]
