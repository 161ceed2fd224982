"""How a month stands against what is owed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from hub import clock
from hub.errors import Refused
from scheduling.residency.ledger import Line, judge, month, months, of_stays
from scheduling.residency.models import Closing, Correction
from tests.residency.factories import (
    DECEMBER,
    MIDDLE,
    NOVEMBER,
    OCTOBER,
    come,
    count_people,
    make_agreement,
    make_held,
    make_stay,
)
from tests.support.make import make_person, make_room
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db

AtTime = Callable[[dt.datetime], None]
TODAY = dt.date(2026, 12, 16)


@pytest.mark.parametrize(
    ("done", "pending", "coming", "owed", "phase", "said"),
    [
        (3, 0, 0, None, "running", ("none", 0)),
        (3, 0, 0, 0, "running", ("none", 0)),
        (8, 0, 0, 8, "running", ("met", 0)),
        (4, 1, 3, 8, "running", ("on_course", 0)),
        (3, 0, 4, 8, "running", ("watch", 1)),
        (2, 1, 4, 8, "running", ("watch", 1)),
        (2, 0, 4, 8, "running", ("behind", 2)),
        (7, 1, 0, 8, "open", ("short", 1)),
        (8, 0, 0, 8, "closed", ("met", 0)),
        (0, 0, 3, 8, "ahead", ("watch", 5)),
        (0, 0, 8, 8, "ahead", ("on_course", 0)),
    ],
)
def test_judging(done: int, pending: int, coming: int, owed: int | None, phase: str, said: tuple[str, int]) -> None:
    """On the 16th 15 of 31 days have passed: of eight the pace is three."""
    assert judge(done, pending, coming, owed, phase, DECEMBER, TODAY) == said  # type: ignore[arg-type]


def test_a_running_month(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay = make_stay()
    room = make_room(hub=stay.hub)
    agreement = make_agreement(stay, owed={"sessions": 3, "visits": 9}, room_minutes=600)
    come(make_held(stay, day=DECEMBER, room=room))
    come(make_held(stay, day=dt.date(2026, 12, 20), room=room), arrived=False)
    count_people(make_held(stay, day=dt.date(2026, 12, 2)), 4, 3)
    told = month(stay.pk, DECEMBER)
    assert (told.phase, told.agreement, told.closing) == ("running", agreement, None)
    assert told.lines[:3] == (
        Line("sessions", 2, 0, 1, 0, 3, "on_course", 0),
        Line("visits", 5, 0, 1, 0, 9, "watch", 3),
        Line("people", 4, 0, 1, 0, None, "none", 0),
    )
    assert (told.rooms.used, told.rooms.coming, told.rooms.granted) == (90, 90, 600)


def test_an_amendment_leaves_what_was_before(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay = make_stay()
    make_agreement(stay, owed={"sessions": 4})
    make_agreement(stay, owed={"sessions": 6}, valid_from=DECEMBER)
    make_agreement(stay, owed={"sessions": 5}, valid_from=DECEMBER)
    owed = [one.lines[0].owed for one in months(stay.pk, dt.date(2026, 9, 1), dt.date(2027, 1, 1))]
    assert owed == [None, 4, 4, 5, 5]


def test_a_month_that_the_term_does_not_hold_owes_nothing(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay = make_stay(starts_on=dt.date(2026, 10, 2), ends_on=dt.date(2026, 12, 30))
    make_agreement(stay, owed={"sessions": 4})
    assert [one.lines[0].owed for one in months(stay.pk, OCTOBER, DECEMBER)] == [None, 4, None]


def test_a_closed_month_stays_as_it_was(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay = make_stay()
    agreement = make_agreement(stay, owed={"sessions": 9})
    figures = {
        "agreement": agreement.pk,
        "owed": {"sessions": 3},
        "done": {"sessions": 2, "visits": 7, "people": 5, "casework": 0, "volunteer_minutes": 60, "room_minutes": 90},
        "granted": 600,
    }
    closing = Closing.objects.create(residency=stay, month=NOVEMBER, closed_at=clock.now(), figures=figures)
    come(make_held(stay, day=NOVEMBER))
    by = make_person()
    values = {
        "closing": closing,
        "figure": "sessions",
        "reason": "漏记一场",
        "side": "agency",
        "by": by,
        "at": clock.now(),
    }
    Correction.objects.create(change=1, confirmed_by=make_person(), confirmed_at=clock.now(), **values)
    Correction.objects.create(change=5, **values)
    told = month(stay.pk, NOVEMBER)
    assert told.phase == "closed"
    assert told.lines[:2] == (
        Line("sessions", 3, 0, 0, 1, 3, "met", 0),
        Line("visits", 7, 0, 0, 0, None, "none", 0),
    )
    assert (told.rooms.used, told.rooms.granted, told.worst) == (90, 600, 0.0)


def test_who_does_not_exist() -> None:
    with pytest.raises(Refused, match="not_found"):
        month(1, DECEMBER)


def test_as_many_queries_for_thirty(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stays = [make_stay() for _ in range(30)]
    for stay in stays:
        make_agreement(stay)
        make_held(stay, day=DECEMBER)
        Closing.objects.create(residency=stay, month=DECEMBER)
    assert count_queries(lambda: of_stays(stays, DECEMBER)) == count_queries(lambda: of_stays(stays[:1], DECEMBER))
