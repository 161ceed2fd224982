"""Many hands at one room: exactly one gets it, nobody gets an error."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest

from hub.errors import Refused
from scheduling.sessions.models import Claim, Session
from tests.sessions.factories import added, moved
from tests.support.make import make_room

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
HANDS = 12


def outcome(result: object) -> str:
    return result.code if isinstance(result, Refused) else type(result).__name__


def test_moving_into_one_room(at_once: AtOnce) -> None:
    room = make_room()
    sessions = [added(hub=room.hub) for _ in range(HANDS)]
    results = at_once([partial(moved, session, start=14 * 60, room=room) for session in sessions])
    assert Counter(map(outcome, results)) == {"Session": 1, "clash": HANDS - 1}
    (claim,) = Claim.objects.filter(resource=f"room:{room.pk}")
    (winner,) = [result for result in results if isinstance(result, Session)]
    named = {result.facts["session"] for result in results if isinstance(result, Refused)}
    assert (claim.session_id, named) == (winner.pk, {winner.pk})


def test_adding_into_one_room(at_once: AtOnce) -> None:
    room = make_room()
    results = at_once([partial(added, room=room, code=f"B{number}") for number in range(HANDS)])
    assert Counter(map(outcome, results)) == {"Session": 1, "clash": HANDS - 1}
    assert Session.objects.count() == 1


def test_two_sessions_that_swap_rooms_do_not_wait_for_each_other(at_once: AtOnce) -> None:
    """Each wants what the other holds: both are told so, and there is no deadlock."""
    first, second = make_room(), make_room()
    here, there = added(room=first), added(room=second)
    results = at_once(
        [
            partial(moved, here, start=9 * 60, hub=second.hub, room=second),
            partial(moved, there, start=9 * 60, hub=first.hub, room=first),
        ]
    )
    assert [outcome(result) for result in results] == ["clash", "clash"]


def test_one_session_moved_by_many(at_once: AtOnce) -> None:
    """All saw the same revision: one moves it, the others are told that it changed."""
    session = added(room=make_room())
    results = at_once([partial(moved, session, start=10 * 60 + number * 5) for number in range(HANDS)])
    assert Counter(map(outcome, results)) == {"Session": 1, "outdated": HANDS - 1}
    session.refresh_from_db()
    assert session.revision == 2


def test_generated_codes_are_never_the_same(at_once: AtOnce) -> None:
    results = at_once([added for _ in range(HANDS)])
    assert Counter(map(outcome, results)) == {"Session": HANDS}
    assert sorted(Session.objects.values_list("code", flat=True)) == sorted(f"N{number + 1}" for number in range(HANDS))
