"""Volunteers who never said whether they come: asked once more, then as many of their places as lack go to others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.notify.models import Message
from hub.people.models import Person, Role
from scheduling.callouts.models import CallOut
from scheduling.cutoffs.due import look_at_due
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept
from tests.bookings.factories import book_for
from tests.cutoffs.factories import HOUR, place_in, short_session
from tests.support.make import MONDAY, make_person

AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
State = CutOff.State


@pytest.fixture
def cut(at_time: AtTime) -> tuple[Need, dt.datetime, list[Assignment]]:
    """A child booked a week before, two volunteers who were given places and are silent; the moment of the cut-off."""
    at_time(clock.at(MONDAY - dt.timedelta(days=7), 12 * 60))
    session, need = short_session()
    silent = [place_in(need, "published") for _ in range(2)]
    book_for(session)
    return need, session.starts_at - 24 * HOUR, silent


def states(rows: list[Assignment]) -> list[str]:
    found = dict(Assignment.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def test_asked_once_more_then_the_place_given_last_goes_to_others(
    at_time: AtTime, cut: tuple[Need, dt.datetime, list[Assignment]], sign_in: Callable[[Person], Client]
) -> None:
    need, moment, silent = cut
    at_time(moment)
    assert (look_at_due(), look_at_due()) == (1, 0)
    row = CutOff.objects.get()
    assert (row.state, row.next_look) == (State.CALLING, moment + 2 * HOUR)
    asked = Message.objects.filter(template="shift_unanswered").order_by("pk")
    people = [one.volunteer.person_id for one in silent]
    assert [(one.to_id, bool(one.link), one.asks.partition(":")[0]) for one in asked] == [
        (person, True, "roster") for person in people
    ]
    assert {one.variables["until_at"] for one in asked} == {(moment + 2 * HOUR).isoformat()}
    assert not CallOut.objects.exists(), "no place is free yet"
    client = sign_in(make_person(Role.COORDINATOR, hub=need.session.hub))
    assert [(one["state"], one["silent"]) for one in client.get("/api/cutoffs").json()] == [("asking", 2)]

    at_time(moment + 2 * HOUR)
    assert (look_at_due(), look_at_due()) == (1, 0)
    assert states(silent) == ["published", "released"], "one adult lacks, not two"
    assert CallOut.objects.get().need == need
    assert [one.to_id for one in Message.objects.filter(template="shift_passed_on")] == people[1:]
    row.refresh_from_db()
    assert (row.state, row.next_look) == (State.CALLING, moment + 4 * HOUR)

    # Nobody was found: the other place goes the same way, then the children are looked after.
    at_time(moment + 4 * HOUR)
    assert (look_at_due(), look_at_due(), look_at_due()) == (1, 1, 0)
    assert states(silent) == ["released", "released"]
    assert CutOff.objects.get().state == State.MOVING


def test_a_yes_in_time_is_enough(at_time: AtTime, cut: tuple[Need, dt.datetime, list[Assignment]]) -> None:
    _, moment, silent = cut
    at_time(moment)
    look_at_due()
    accept(assignment=silent[0].pk, by=silent[0].volunteer.person)
    at_time(moment + 2 * HOUR)
    assert (look_at_due(), CutOff.objects.get().state) == (1, State.COVERED)
    assert states(silent) == ["accepted", "published"]


def test_who_got_the_place_just_now_is_not_hurried(
    at_time: AtTime, cut: tuple[Need, dt.datetime, list[Assignment]]
) -> None:
    _, moment, silent = cut
    Assignment.objects.filter(pk=silent[0].pk).update(changed_at=moment - dt.timedelta(minutes=5))
    at_time(moment)
    look_at_due()
    assert [one.to_id for one in Message.objects.filter(template="shift_unanswered")] == [silent[1].volunteer.person_id]
