"""A volunteer's calendar of 200 shifts as calendar programs fetch it: the first time, again, and unchanged.

An address may be asked 60 times a minute, so many people's are.
"""

from __future__ import annotations

import datetime as dt
import gzip
from functools import cache

from django.test import Client

from hub import clock
from hub.places.models import Hub
from programs.models import Program
from scheduling.calendars.feeds import open_feed
from scheduling.calendars.scopes import Scope, Target
from scheduling.sessions.models import Need, Session
from tests.benchmarks.case import Answer, Case, Work, get
from tests.benchmarks.district import WEEK, give_places, make_session, make_volunteers

SHIFTS, PEOPLE = 200, 100
A_DAY = 4
WARMING = 20


@cache
def addresses() -> list[str]:
    """Of people who all serve in the same 200 sessions, four a day from three weeks on."""
    hub = Hub.objects.order_by("pk")[1]
    program = Program.objects.filter(kind="event")[0]
    first = WEEK + dt.timedelta(weeks=3)
    days = [first + dt.timedelta(days=n // A_DAY) for n in range(SHIFTS)]
    sessions = Session.objects.bulk_create(
        make_session(
            hub=hub, program=program, week=clock.monday_of(day), code=f"F{n}",
            start=day.weekday() * clock.MINUTES_A_DAY + 480 + n % A_DAY * 120,
        )
        for n, day in enumerate(days)
    )  # fmt: skip
    needs = Need.objects.bulk_create(
        Need(session=session, position=0, role="协助", min=1, target=PEOPLE) for session in sessions
    )
    people = make_volunteers("常来", 5, [hub] * PEOPLE)
    give_places([(need, one) for need in needs for one in people])
    opened = [open_feed(target=Target(Scope.VOLUNTEER, one.pk), owner=one.person) for one in people]
    return [f"/calendar/{token}.ics" for _, token in opened]


def all_there(answers: list[Answer]) -> dict[str, float]:
    shown = {gzip.decompress(answer.body).count(b"BEGIN:VEVENT") for answer in answers}
    assert shown == {SHIFTS}, shown
    return {}


def prepare_first() -> Work:
    """Nobody's entries were ever written out."""
    fresh = [get(address) for address in addresses()]
    return Work(requests=fresh[WARMING:], clients=2, warm=fresh[:WARMING], probe=[fresh[0]] * 2, check=all_there)


def prepare_again() -> Work:
    """A program that keeps no tag asks again."""
    few = [get(address) for address in addresses()[:WARMING]]
    return Work(requests=few * 8, clients=2, warm=few * 4, check=all_there)


def prepare_unchanged() -> Work:
    some = addresses()[WARMING:]
    requests = [get(one, headers=(("If-None-Match", Client().get(one)["ETag"]),)) for one in some]
    return Work(requests=requests * 4, clients=1, statuses=frozenset({304}), warm=requests[:16])


CASES = [
    Case("feed of 200 shifts, never read before", {"p95_ms": 60}, prepare_first),
    Case("feed of 200 shifts, again", {"p95_ms": 60}, prepare_again),
    Case("feed of 200 shifts, unchanged (304)", {"p95_ms": 5}, prepare_unchanged),
]
