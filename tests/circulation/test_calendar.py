"""A family's calendar: days on which books are due or to be fetched. Children's names only where it is wished."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from programs.lending.circulation.loans import renew, take_back
from scheduling.calendars.models import Feed
from tests.bookings.factories import make_guardian
from tests.calendars.factories import events_at, fetch, open_address
from tests.circulation.factories import hold_for, lend_to
from tests.lending.factories import make_copy, make_title
from tests.support.clients import client_for

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _today(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(TODAY, 600))


def test_due_and_to_be_fetched_without_names() -> None:
    guardian, (child,) = make_guardian()
    loan = lend_to(make_copy(title=make_title(name="小王子")), child)
    hold = hold_for(make_copy(title=make_title(name="山海经故事")), child)
    lend_to(make_copy())
    address = open_address(guardian, "family")
    due, ready = sorted(events_at(address), key=lambda event: event["uid"], reverse=True)
    assert (due["summary"], due["dtstart"].dt, due["transp"]) == ("还书：《小王子》", loan.due_on, "TRANSPARENT")
    assert (ready["summary"], ready["dtstart"].dt) == (f"取预借的书：《山海经故事》（{hold.hub.name}）", hold.fetch_by)
    assert (due["dtend"].dt - due["dtstart"].dt, "description" in due) == (dt.timedelta(days=1), False)


def test_names_are_a_choice() -> None:
    guardian, (child,) = make_guardian()
    lend_to(make_copy(), child)
    address = open_address(guardian, "family")
    before = fetch(address)["ETag"]
    client = client_for(guardian)
    (feed,) = client.get("/api/feeds").json()
    assert feed["names"] is False
    answer = client.patch(f"/api/feeds/{feed['id']}", {"names": True}, content_type="application/json")
    assert (answer.status_code, answer.json()["names"]) == (200, True)
    (event,) = events_at(address)
    assert event["description"] == child.person.name[1:]
    assert fetch(address)["ETag"] != before
    # A new address keeps the choice.
    (event,) = events_at(open_address(guardian, "family"))
    assert event["description"] == child.person.name[1:]
    assert Feed.objects.filter(names=True).count() == 2


def test_renewed_it_moves_and_given_back_it_goes() -> None:
    guardian, (child,) = make_guardian()
    loan = lend_to(make_copy(), child)
    address = open_address(guardian, "family")
    tag = fetch(address)["ETag"]
    assert fetch(address, if_none_match=tag).status_code == 304
    renewed = renew(loan=loan.pk, by=guardian)
    (event,) = events_at(address)
    assert (event["dtstart"].dt, event["sequence"]) == (renewed.due_on, 63)
    take_back(copy=loan.copy_id, hub=loan.hub_id, by=guardian)
    assert events_at(address) == []
