"""Care notes are open to those who look after a session the child is booked in, and only as long as they do."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from hub import clock
from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from tests.support.clients import client_for
from tests.support.make import make_agency, make_child, make_hub, make_person, make_program, make_session

pytestmark = pytest.mark.django_db


def status(person: Person, child: Any) -> int:
    return int(client_for(person).get(f"/api/children/{child.pk}/care-note?reason=at_session").status_code)


@pytest.mark.parametrize(("days", "state", "expected"), [
    (3, "booked", 200), (-3, "booked", 404), (3, "waiting", 404), (3, "cancelled", 404),
])  # fmt: skip
def test_who_looks_after_the_session_reads_and_nobody_else(days: int, state: str, expected: int) -> None:
    agency, hub, child = make_agency(), make_hub(), make_child(care_note="对花生过敏")
    day = clock.today() + dt.timedelta(days=days)
    session = make_session(program=make_program(agency=agency), hub=hub, day=day)
    now = clock.now()
    Booking.objects.create(session=session, participant=child.person, state=state, created_at=now, changed_at=now)
    theirs = [make_person(Role.SOCIAL_WORKER, agency=agency), make_person(Role.COORDINATOR, hub=hub)]
    others = [make_person(role) for role in Role]
    assert [status(person, child) for person in theirs] == [expected] * 2
    assert [status(person, child) for person in others] == [404] * len(others)
