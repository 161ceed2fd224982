"""The district's week as its administrator opens it, and as a screen that has it asks again."""

from __future__ import annotations

import orjson

from hub.people.models import Person, Role
from tests.benchmarks.case import Answer, Case, Desk, Work, get
from tests.benchmarks.district import SESSIONS, WEEK

CLIENTS, TIMES = 2, 200
ADDRESS = f"/api/board?week={WEEK.isoformat()}"


def prepare() -> Work:
    def check(answers: list[Answer]) -> dict[str, float]:
        shown = {len(orjson.loads(answer.body)["sessions"]) for answer in answers}
        assert shown == {SESSIONS}, shown
        return {}

    request = get(ADDRESS, as_=Person.objects.get(grants__role=Role.ADMINISTRATOR))
    return Work(requests=[request] * TIMES, clients=CLIENTS, warm=[request] * 16, check=check)


def prepare_names() -> Work:
    request = get(f"/api/board/serving?day={WEEK.isoformat()}", as_=Person.objects.get(grants__role=Role.ADMINISTRATOR))
    return Work(requests=[request] * TIMES, clients=CLIENTS, warm=[request] * 16)


def prepare_desk() -> Desk:
    return Desk(Person.objects.get(grants__role=Role.ADMINISTRATOR), f"/week?week={WEEK.isoformat()}")


CASES = [
    Case("board of one week, 900 sessions", {"p95_ms": 150, "queries": 12}, prepare),
    Case("names of one day's roles", {"p95_ms": 150, "queries": 8}, prepare_names),
    Case("board opened at a desk and scrolled", {"shown_ms": 1000, "frame_p95_ms": 50}, prepare_desk),
]
