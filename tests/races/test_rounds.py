"""An answer by link and one written down by a coordinator, at the same moment; a round started by several taps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hub.errors import Refused
from hub.notify.models import Message
from tests.rounds.factories import make_round
from tests.support.make import make_hub, make_person, make_volunteer
from volunteers.models import OwnWeek
from volunteers.rounds.answers import answer
from volunteers.rounds.models import Asked, Round
from volunteers.rounds.rounds import next_week, remind_silent, start_round

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
Answer = Asked.Answer


def test_ones_own_answer_stands_whichever_came_first(at_once: Callable[..., list[object]]) -> None:
    me, staff = make_volunteer(home=make_hub()), make_person()
    asked = make_round(volunteer=me).asked.get()

    def mine() -> Asked:
        found = Asked.objects.select_related("volunteer__person", "round").get(pk=asked.pk)
        return answer(asked=found, said=Answer.TIMES, times=[[0, 480, 540]], by=found.volunteer.person)

    def theirs() -> Asked:
        found = Asked.objects.select_related("volunteer__person", "round").get(pk=asked.pk)
        return answer(asked=found, said=Answer.AWAY, times=None, by=staff)

    results = at_once([mine, theirs, theirs, theirs])
    assert results[0] == asked
    refused = [one for one in results[1:] if isinstance(one, Exception)]
    assert {one.code for one in refused if isinstance(one, Refused)} <= {"answered_themselves"}
    assert all(isinstance(one, Refused) for one in refused)
    found = Asked.objects.get()
    assert (found.answer, found.recorded_by) == (Answer.TIMES, None)
    assert OwnWeek.objects.get().availability == [[0, 480, 540]]


def test_taps_at_once_ask_once(at_once: Callable[..., list[object]]) -> None:
    hub, by = make_hub(), make_person()
    for _ in range(5):
        make_volunteer(home=hub)
    results = at_once([lambda: start_round(week=next_week(), hub=hub, by=by)] * 6)
    assert results == [Round.objects.get()] * 6
    assert (Asked.objects.count(), Message.objects.count()) == (5, 5)


def test_two_rounds_at_once_ask_nobody_twice(at_once: Callable[..., list[object]]) -> None:
    hub, by = make_hub(), make_person()
    for _ in range(5):
        make_volunteer(home=hub)
    results = at_once([lambda place=place: start_round(week=next_week(), hub=place, by=by) for place in (hub, None)])
    assert {one.code for one in results if isinstance(one, Refused)} <= {"nobody_to_ask"}
    assert not [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert (Asked.objects.count(), Message.objects.count()) == (5, 5)


def test_reminders_at_once_go_out_once(at_once: Callable[..., list[object]]) -> None:
    found, by = make_round(), make_person()
    results = at_once([lambda: remind_silent(round_=found, by=by)] * 4)
    assert sorted(one.code for one in results if isinstance(one, Refused)) == ["reminded_already"] * 3
    assert Message.objects.filter(template="round_reminded").count() == 1
