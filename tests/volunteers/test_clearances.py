"""Recording a check: who vouches for it, how long it holds, once a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.people.models import Person, Role
from tests.support.make import make_person, make_volunteer
from volunteers.clearances import last_day, record_clearance
from volunteers.models import Clearance, Unproven
from volunteers.proofs import claim_check

pytestmark = pytest.mark.django_db


def test_a_check_is_recorded_once_with_who_saw_it() -> None:
    volunteer, by = make_volunteer(), make_person(Role.COORDINATOR)
    today = clock.today()
    first = record_clearance(volunteer=volunteer, kind="child", checked_on=today, by=by)
    assert record_clearance(volunteer=volunteer, kind="child", checked_on=today, by=make_person()) == first
    assert (first.checked_by, first.valid_until) == (by, last_day(today))
    entry = Entry.objects.get(action="clearance.recorded")
    assert (entry.actor_id, entry.for_id, entry.facts) == (by.pk, volunteer.person_id, {})
    event = Event.objects.get(topic__name=f"person:{volunteer.person_id}")
    assert (event.kind, event.ids) == ("clearance.recorded", {"clearance": [first.pk]})


def test_what_they_said_of_it_themselves_is_settled_by_it() -> None:
    volunteer, today = make_volunteer(), clock.today()
    claim_check(volunteer=volunteer, kind="child", checked_on=today - dt.timedelta(days=2), by=volunteer.person)
    record_clearance(volunteer=volunteer, kind="child", checked_on=today - dt.timedelta(days=3), by=make_person())
    assert Unproven.objects.filter(volunteer=volunteer).count() == 1, "they speak of a newer one"
    record_clearance(volunteer=volunteer, kind="child", checked_on=today - dt.timedelta(days=1), by=make_person())
    assert Unproven.objects.filter(volunteer=volunteer).count() == 0


@pytest.mark.parametrize(("days", "code"), [(1, "check_in_future"), (-366, "check_expired")])
def test_what_does_not_hold_today_is_not_recorded(days: int, code: str) -> None:
    volunteer, by = make_volunteer(), make_person(Role.COORDINATOR)
    day = clock.today() + dt.timedelta(days=days)
    with pytest.raises(Refused, match=code):
        record_clearance(volunteer=volunteer, kind="child", checked_on=day, by=by)
    assert not Clearance.objects.exists()


def test_who_plans_records_it_over_the_api(sign_in: Callable[[Person], Client]) -> None:
    volunteer, today = make_volunteer(), clock.today()
    client = sign_in(make_person(Role.COORDINATOR))

    def post(pk: int, **wish: Any) -> Any:
        body = {"kind": "child", "checked_on": today.isoformat()} | wish
        return client.post(f"/api/volunteers/{pk}/clearances", body, content_type="application/json")

    expected = {"kind": "child", "checked_on": today.isoformat(), "valid_until": last_day(today).isoformat()}
    assert post(volunteer.pk).json() == {**expected, "valid": True}
    assert post(0).status_code == 404
    assert post(volunteer.pk, kind="other").status_code == 422


def test_nobody_vouches_for_their_own_check() -> None:
    volunteer = make_volunteer()
    with pytest.raises(Refused, match="proof_of_own"):
        record_clearance(volunteer=volunteer, kind="child", checked_on=clock.today(), by=volunteer.person)
    with pytest.raises(Refused, match="check_in_future"):
        record_clearance(volunteer=volunteer, kind="child", checked_on=dt.date.max, by=make_person())
