"""Real connections at the same moment: nobody is overbooked, nobody is in two places, nobody gets an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from hub.live.models import Event
from scheduling.sessions.models import Claim
from scheduling.signups.models import Assignment
from scheduling.signups.signups import accept, decline, sign_up
from tests.signups.factories import make_regular
from tests.support.make import make_need, make_session

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def outcome(result: object) -> str:
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_five_hundred_people_for_twenty_seats(at_once: AtOnce) -> None:
    need = make_need(target=20)
    people = [make_regular().person for _ in range(500)]

    results: list[object] = []
    calls = [partial(sign_up, need=need.pk, person=person.pk, by=person) for person in people]
    lanes = [calls[lane::50] for lane in range(50)]  # as many connections as a server has; the rest stand in line

    def walk(lane: list[partial[Assignment]]) -> list[object]:
        found: list[object] = []
        for call in lane:
            try:
                found.append(call())
            except Exception as error:
                found.append(error)
        return found

    for lane in at_once([partial(walk, lane) for lane in lanes]):
        assert isinstance(lane, list), lane
        results.extend(lane)

    assert Counter(map(outcome, results)) == {"Assignment": 20, "need_full": 480}
    assert Assignment.objects.filter(need=need, state=Assignment.State.ACCEPTED).count() == 20
    assert Claim.objects.filter(session=need.session).count() == 20
    seqs = Event.objects.filter(topic__name=f"hub:{need.session.hub_id}").order_by("seq").values_list("seq", flat=True)
    assert list(seqs) == list(range(1, 21))


def test_one_person_for_two_sessions_at_the_same_time(at_once: AtOnce) -> None:
    person = make_regular().person
    for day in range(5):
        needs = [make_need(session=make_session(start=540 + 30 * step + day * 1440), target=5) for step in range(2)]
        calls = [partial(sign_up, need=need.pk, person=person.pk, by=person) for need in needs] * 3
        found = Counter(map(outcome, at_once(calls)))
        assert found["Assignment"] == 1, found
        assert set(found) <= {"Assignment", "clash", "already_here"}


def test_one_person_tapping_many_times(at_once: AtOnce) -> None:
    person, need = make_regular().person, make_need(target=5)
    calls = [partial(sign_up, need=need.pk, person=person.pk, by=person)] * 10
    assert Counter(map(outcome, at_once(calls))) == {"Assignment": 1, "already_here": 9}


def test_a_place_given_back_goes_to_one_of_those_who_wait(at_once: AtOnce) -> None:
    need = make_need(target=1)
    first = make_regular().person
    place = sign_up(need=need.pk, person=first.pk, by=first)
    people = [make_regular().person for _ in range(8)]
    calls = [
        partial(decline, assignment=place.pk, by=first),
        *(partial(sign_up, need=need.pk, person=person.pk, by=person) for person in people),
        partial(accept, assignment=place.pk, by=first),
    ]
    at_once(calls)
    assert Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count() <= 1
    assert Claim.objects.filter(session=need.session).count() == (
        Assignment.objects.filter(need=need, state__in=Assignment.ACTIVE).count()
    )
