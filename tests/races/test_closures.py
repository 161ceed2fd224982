"""Closing a room while sessions are added there: what is closed stays empty, whoever was first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from hub import clock
from hub.errors import Refused
from hub.people.models import Role
from scheduling.closures.closing import close_place
from scheduling.series.outcome import Outcome
from scheduling.sessions.models import Closure, Session
from tests.sessions.factories import added
from tests.support.make import MONDAY, make_person, make_program, make_room

AtOnce = Callable[..., list[object]]
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
DAYS = 6
HANDS = 4


@pytest.mark.parametrize("whole_site", [False, True])
def test_closing_against_adding(at_once: AtOnce, whole_site: bool) -> None:
    """With a room, and where the whole site is closed without one too."""
    room, program, by = make_room(), make_program(), make_person(Role.ADMINISTRATOR)
    for ahead in range(DAYS):
        day = MONDAY + dt.timedelta(days=ahead)
        wish: dict[str, Any] = {
            "hub": room.hub, "room": None if whole_site else room, "reason": "停电", "choices": {}, "by": by,
            "starts_at": clock.at(day, 9 * 60), "ends_at": clock.at(day, 12 * 60),
        }  # fmt: skip
        shown = close_place(seen="", **wish)
        places: list[dict[str, Any]] = [
            {"hub": room.hub, "room": None if whole_site and number % 2 else room} for number in range(HANDS)
        ]
        closing, *adding = at_once(
            [
                partial(close_place, seen=shown.seen, **wish),
                *(
                    partial(added, day=day, start=(9 + number // 2) * 60, minutes=30, program=program, **place,
                            code=f"{ahead}-{number}")
                    for number, place in enumerate(places)
                ),
            ]
        )  # fmt: skip
        there = Session.objects.filter(starts_at__gte=wish["starts_at"], ends_at__lte=wish["ends_at"]).count()
        assert there == sum(isinstance(one, Session) for one in adding)
        closed = Closure.objects.filter(starts_at=wish["starts_at"]).exists()
        if closed:
            assert isinstance(closing, Outcome)
            assert (closing.saved, there) == (True, 0)
        else:
            assert there > 0
            assert (isinstance(closing, Outcome) and not closing.saved) or (
                isinstance(closing, Refused) and closing.code == "people_changed"
            )
        refused = {
            one.code if isinstance(one, Refused) else repr(one) for one in adding if not isinstance(one, Session)
        }
        assert refused <= ({"closed"} if closed else {"clash"})
