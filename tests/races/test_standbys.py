"""Naming who stands by, at the same moment: nobody is kept for two sessions at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from scheduling.sessions.claims import person_resource
from scheduling.sessions.models import Claim
from scheduling.signups.models import Standby
from scheduling.signups.signups import sign_up
from scheduling.signups.standbys import name_standby
from tests.signups.factories import make_regular
from tests.support.make import make_need, make_person, make_session

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def outcome(result: object) -> str:
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_of_two_sessions_at_once_one_gets_them(at_once: AtOnce) -> None:
    person, staff = make_regular().person, make_person()
    for day in range(5):
        needs = [make_need(session=make_session(start=540 + 30 * step + day * 1440)) for step in range(2)]
        results = at_once(
            [partial(name_standby, session=need.session_id, person=person.pk, by=staff) for need in needs]
        )
        assert Counter(map(outcome, results)) == {"Standby": 1, "clash": 1}
        held = Claim.objects.filter(session__in=[need.session_id for need in needs])
        assert [claim.resource for claim in held] == [person_resource(person.pk)]


def test_named_and_signing_up_elsewhere_at_once(at_once: AtOnce) -> None:
    person, staff = make_regular().person, make_person()
    for day in range(5):
        here, there = (make_need(session=make_session(start=540 + day * 1440)) for _ in range(2))
        results = at_once(
            [
                partial(name_standby, session=here.session_id, person=person.pk, by=staff),
                partial(sign_up, need=there.pk, person=person.pk, by=person),
            ]
        )
        kinds = Counter(map(outcome, results))
        assert kinds in (Counter(Standby=1, clash=1), Counter(Assignment=1, clash=1))


def test_two_name_the_same_person_for_one_session(at_once: AtOnce) -> None:
    person, need, staff = make_regular().person, make_need(), make_person()
    calls = [partial(name_standby, session=need.session_id, person=person.pk, by=staff)] * 4
    assert Counter(map(outcome, at_once(calls))) == {"Standby": 4}
    assert (Standby.objects.count(), Claim.objects.count()) == (1, 1)
