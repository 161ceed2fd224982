"""The first page of open shifts, for one volunteer after the other."""

from __future__ import annotations

import orjson

from scheduling.signups.shifts import PAGE
from tests.benchmarks.case import Answer, Case, Work, get
from volunteers.models import Volunteer

CLIENTS, PEOPLE = 2, 300


def prepare() -> Work:
    seekers = Volunteer.objects.filter(person__name__startswith="志愿者").select_related("person")[:PEOPLE]
    requests = [get("/api/shifts/open", as_=volunteer.person) for volunteer in seekers]

    def check(answers: list[Answer]) -> dict[str, float]:
        shown = [len(orjson.loads(answer.body)["shifts"]) for answer in answers]
        assert min(shown) > 0
        return {"rows": round(sum(shown) / len(shown), 1)}

    return Work(requests=requests, clients=CLIENTS, warm=requests[:16], check=check)


CASES = [Case(f"find a shift, first page of {PAGE}", {"p95_ms": 60}, prepare)]
