"""What counts: the same as when every row is looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

import pytest

from hub import clock
from hub.places.models import Residency
from scheduling.bookings.models import Booking
from scheduling.residency.counting import count
from scheduling.residency.models import Casework
from scheduling.residency.months import months_between
from scheduling.sessions.models import Session
from tests.residency.factories import (
    DECEMBER,
    MIDDLE,
    OCTOBER,
    come,
    count_people,
    make_held,
    make_stay,
    record_hours,
    take_place,
)
from tests.residency.oracle import recount
from tests.support.make import make_agency, make_child, make_hub, make_person, make_program, make_room
from tests.support.queries import count_queries
from volunteers.hours.models import ServiceRecord

pytestmark = pytest.mark.django_db

AtTime = Callable[[dt.datetime], None]
MONTHS = months_between(OCTOBER, DECEMBER)
EDGES = (dt.date(2026, 10, 31), dt.date(2026, 11, 1), dt.date(2026, 11, 30), dt.date(2026, 12, 1))


def live_and_work(random: Random, sessions: int) -> list[Residency]:
    """Two agencies at two hubs with a canteen below one of them, one agency at the canteen itself."""
    agencies, hub, other = [make_agency() for _ in range(3)], make_hub(), make_hub()
    canteen = make_hub(kind="canteen", parent=hub)
    stays = [
        make_stay(agency=agencies[0], hub=hub),
        make_stay(agency=agencies[1], hub=hub),
        make_stay(agency=agencies[1], hub=other),
        make_stay(agency=agencies[1], hub=canteen),
    ]
    programs = [make_program(agency=one) for one in agencies]
    children = [make_child().person for _ in range(6)]
    for _ in range(sessions):
        where = random.choice([hub, other, canteen])
        day = random.choice([*EDGES, OCTOBER + dt.timedelta(days=random.randrange(92))])
        session = make_held(
            stays[0],
            hub=where,
            program=random.choice(programs),
            room=make_room(hub=where) if random.random() < 0.5 else None,
            day=day,
            start=random.choice([0, 600, 1380]),
            minutes=random.choice([45, 90]),
            state=random.choice([*["planned"] * 5, "cancelled"]),
        )
        for child in random.sample(children, random.randrange(4)):
            booking = come(session, child, arrived=session.ends_at < MIDDLE and random.random() < 0.7)
            if random.random() < 0.15:
                booking.state = Booking.State.CANCELLED
                booking.save()
        if random.random() < 0.4:
            take_place(session, came=random.random() < 0.5)
        if session.ends_at < MIDDLE and random.random() < 0.4:
            record_hours(session, state=random.choice(ServiceRecord.State.values))
        if random.random() < 0.2:
            count_people(session, random.randrange(9))
    for stay in stays:
        for day in EDGES:
            confirmed = {"confirmed_by": make_person(), "confirmed_at": clock.now()} if random.random() < 0.5 else {}
            values = {"day": day, "count": random.randrange(1, 5), "by": make_person(), "at": clock.now()}
            Casework.objects.create(residency=stay, **values, **confirmed)
    return stays


@pytest.mark.parametrize("seed", range(2))
def test_as_row_by_row(seed: int, at_time: AtTime) -> None:
    at_time(MIDDLE)
    stays = live_and_work(Random(seed), 25)
    found = count(stays, OCTOBER, DECEMBER)
    for stay in stays:
        for month in MONTHS:
            counts = found[stay.pk, month]
            told = tuple(
                {str(name): value for name, value in one.items() if value}
                for one in (counts.done, counts.pending, counts.coming)
            )
            assert (stay.pk, month, told) == (stay.pk, month, recount(stay, month))


def test_one_month_is_the_same_as_among_others(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stays = live_and_work(Random(7), 12)
    together = count(stays, OCTOBER, DECEMBER)
    for stay in stays:
        for month in MONTHS:
            assert count([stay], month, month)[stay.pk, month] == together[stay.pk, month]


def test_a_session_without_a_record_does_not_count_yet(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay = make_stay()
    session = make_held(stay, day=DECEMBER)
    counts = count([stay], DECEMBER, DECEMBER)[stay.pk, DECEMBER]
    assert (counts.done["sessions"], counts.pending["sessions"]) == (0, 1)
    take_place(session, came=True)
    counts = count([stay], DECEMBER, DECEMBER)[stay.pk, DECEMBER]
    assert (counts.done["sessions"], counts.pending["sessions"]) == (1, 0)


def test_a_child_that_comes_often_is_one_person(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stay, child = make_stay(), make_child().person
    for day in (1, 3, 8):
        come(make_held(stay, day=DECEMBER.replace(day=day)), child)
    come(make_held(stay, day=DECEMBER.replace(day=20)), child, arrived=False)
    come(make_held(stay, day=DECEMBER.replace(day=21)), arrived=False)
    counts = count([stay], DECEMBER, DECEMBER)[stay.pk, DECEMBER]
    assert (counts.done["visits"], counts.done["people"]) == (3, 1)
    assert (counts.coming["visits"], counts.coming["people"]) == (2, 1)


def test_as_many_queries_for_thirty_stays(at_time: AtTime) -> None:
    at_time(MIDDLE)
    stays = live_and_work(Random(3), 5)
    few = count_queries(lambda: count(stays[:1], DECEMBER, DECEMBER))
    more = [make_stay(agency=stays[0].agency) for _ in range(30)]
    for stay in more:
        make_held(stay, day=DECEMBER)
    assert count_queries(lambda: count([*stays, *more], OCTOBER, DECEMBER)) == few == 9
    assert Session.objects.count() == 35
