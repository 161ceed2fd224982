"""Something happened at a session."""

from __future__ import annotations

from typing import Any

from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from scheduling.incidents.incidents import Words, write_incident
from scheduling.incidents.models import Incident
from tests.reading.factories import make_shared
from tests.support.make import make_person

KNEE = Words("跑的时候摔了一跤，膝盖擦破了皮", "清洗，贴了创可贴")


def make_incident(*, nature: str = "ordinary", by: Person | None = None, **values: Any) -> tuple[Incident, Booking]:
    session, (booking,) = make_shared(**values)
    incident = write_incident(
        session=session.pk,
        nature=nature,
        happened_at=session.starts_at,
        bookings=[booking.pk],
        words=KNEE,
        by=by or make_person(Role.COORDINATOR, hub=session.hub),
    )
    return incident, booking
