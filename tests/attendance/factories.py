"""A morning at a hub: a session from 9:00 to 10:30, who has a place in it, a tablet at the door."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import Hub
from scheduling.attendance.cards import card_of, card_text
from scheduling.attendance.devices import offer_pairing, pair
from scheduling.attendance.models import Device
from scheduling.attendance.sync import Sent, take_in
from scheduling.signups.models import Assignment
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_hub, make_need, make_person, make_session
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


def make_device(*, hub: Hub | None = None, by: Person | None = None) -> tuple[Device, str]:
    """A paired tablet and its token."""
    _, code = offer_pairing(hub=hub or make_hub(), name="门口平板", by=by or make_person(Role.ADMINISTRATOR))
    return pair(code=code)


def seen(volunteer: Volunteer, minute: int, counter: int = 1, **values: Any) -> Sent:
    """A card held before the tablet, whose clock is right."""
    return Sent(
        **{"uid": uuid.uuid4(), "counter": counter, "card": card_text(card_of(volunteer)), "at": at(minute)} | values
    )


def tell(device: Device, *sent: Sent) -> int:
    return take_in(device=device, sent=sent, device_now=clock.now())


__all__ = ["HALF_PAST_TEN", "NINE", "at", "make_device", "make_place", "make_regular", "seen", "tell"]
