"""What a coordinator waits for: the ways to fill a short session, and a district's proposal to look through.

All that lacks people is asked about once: after a change nothing is remembered of an earlier answer. A proposal that
nobody changed is remembered, and measured both ways.
"""

from __future__ import annotations

from functools import cache

import orjson
from django.db.models import Count, F, Q

from hub.people.models import Person, Role
from hub.places.models import Hub
from scheduling.planning import runs
from scheduling.planning.solving import open_to
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from scheduling.solver.problem import parse_problem
from scheduling.solver.solve import solve
from tests.benchmarks.case import Answer, Case, Work, get
from tests.benchmarks.district import SESSIONS, WEEK

CLIENTS, SHORT, LOOKS = 2, 120, 60
PROPOSALS = 12
"""More than the web's processes remember together: looked at in turn, each is reckoned anew."""


def administrator() -> Person:
    return Person.objects.get(grants__role=Role.ADMINISTRATOR)


def prepare_repairs() -> Work:
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.ACTIVE))
    short = Need.objects.filter(session__week=WEEK).annotate(taken=taken).filter(taken__lt=F("min"))
    sessions = list(short.order_by("session").values_list("session", flat=True).distinct())
    chosen = sessions[:: max(1, len(sessions) // SHORT)][:SHORT]
    requests = [get(f"/api/planning/sessions/{pk}/repairs", as_=administrator()) for pk in chosen]

    def check(answers: list[Answer]) -> dict[str, float]:
        ways = [len(orjson.loads(answer.body)["ways"]) for answer in answers]
        assert max(ways) == 3
        return {"ways": round(sum(ways) / len(ways), 1)}

    return Work(requests=requests, clients=CLIENTS, warm=requests[:16], check=check)


@cache
def proposals() -> list[int]:
    """Finished runs of the whole district."""
    found, plan, possible = [], None, None
    for _ in range(PROPOSALS):
        run = runs.request_run(week=WEEK, hubs=list(Hub.objects.all()), seconds=10, by=administrator())
        attempt = runs.claim_run(run.pk)
        assert attempt is not None
        if plan is None:
            problem = parse_problem(run.snapshot)
            plan, possible = solve(problem, seconds=0).to_json(), open_to(problem)
        assert runs.finish_run(run.pk, attempt, plan=plan, open_to=possible)
        found.append(run.pk)
    return found


def look_at(runs: list[int]) -> Work:
    """As the page does: the figures and the sessions at once."""

    def check(answers: list[Answer]) -> dict[str, float]:
        figures, sessions = ([orjson.loads(answer.body) for answer in answers[side::2]] for side in (0, 1))
        assert {bool(one["totals"]["places"]) for one in figures} == {True}
        assert {(one["count"], len(one["sessions"])) for one in sessions} == {(SESSIONS, 40)}
        return {"view_kilobytes": (len(answers[0].body) + len(answers[1].body)) / 1000}

    looked = [f"/api/planning/runs/{run}/proposal{part}" for run in runs for part in ("", "/sessions")]
    requests = [get(path, as_=administrator()) for path in looked]
    return Work(requests=(requests * LOOKS)[:LOOKS], clients=CLIENTS, warm=(requests * 16)[:16], check=check)


CASES = [
    Case("repairs of a short session, district of 1,200", {"p95_ms": 200}, prepare_repairs),
    Case("a district's proposal after a change", {"p95_ms": 200}, lambda: look_at(proposals())),
    Case("a district's proposal looked at again", {"p95_ms": 200}, lambda: look_at(proposals()[:1])),
]
