"""Taking places: a crowd before few seats, and neighbors who each sign up for something else."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from django.db.models import Count, Q

from hub import clock
from hub.places.models import Hub
from programs.models import Program
from scheduling.sessions.models import Claim, Need
from scheduling.signups.models import Assignment
from tests.benchmarks.case import Answer, Case, Request, Work, post
from tests.benchmarks.district import WEEK, make_session, make_volunteers
from volunteers.models import Volunteer

PEOPLE, SEATS = 500, 20
CLIENTS, WARMING = 8, 64


def sign_up(need: Need, volunteer: Volunteer) -> Request:
    return post(f"/api/needs/{need.pk}/sign-up", {}, as_=volunteer.person)


_numbers = itertools.count(1)


def make_need(hub: Hub, target: int) -> Need:
    """Of a session in the week after the district's, at a time of its own."""
    number = next(_numbers)
    program = Program.objects.filter(kind="event")[0]
    session = make_session(
        hub=hub, program=program, week=WEEK + dt.timedelta(weeks=1), start=number * 120, code=f"X{number}"
    )
    session.save()
    return Need.objects.create(session=session, position=0, role="协助", min=min(1, target), target=target)


@cache
def crowd() -> list[Volunteer]:
    return make_volunteers("邻居", 4, [Hub.objects.order_by("pk")[0]] * PEOPLE)


def prepare_crowd() -> Work:
    people = crowd()
    hub = people[0].home
    seats, easy, full = make_need(hub, SEATS), make_need(hub, WARMING), make_need(hub, 0)

    def check(answers: list[Answer]) -> dict[str, float]:
        statuses = Counter(answer.status for answer in answers)
        assert statuses == {200: SEATS, 409: PEOPLE - SEATS}, statuses
        assert sum(b'"need_full"' in answer.body for answer in answers) == PEOPLE - SEATS
        assert Assignment.objects.filter(need=seats, state__in=Assignment.ACTIVE).count() == SEATS
        assert Claim.objects.filter(session=seats.session).count() == SEATS
        return {"seated": SEATS}

    return Work(
        requests=[sign_up(seats, person) for person in people],
        clients=PEOPLE,
        statuses=frozenset({200, 409}),
        warm=[sign_up(easy, person) for person in people[-WARMING:]],
        probe=[sign_up(full, people[0])] * 2,
        check=check,
    )


def neighbors_of_open_needs() -> Iterator[tuple[Need, Volunteer]]:
    """A different need and a different volunteer each time: one who lives beside it and is free that day."""
    busy = {
        (volunteer, clock.local(starts_at).date())
        for volunteer, starts_at in Assignment.objects.filter(state__in=Assignment.ACTIVE).values_list(
            "volunteer", "session__starts_at"
        )
    }
    waiting: dict[int | None, list[Volunteer]] = defaultdict(list)
    for volunteer in Volunteer.objects.filter(person__name__startswith="志愿者").select_related("person"):
        waiting[volunteer.home_id].append(volunteer)
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.ACTIVE))
    needs = Need.objects.filter(session__week=WEEK, clearance="").annotate(taken=taken).select_related("session")
    for need in needs:
        day = clock.local(need.session.starts_at).date()
        free = (one for one in waiting[need.session.hub_id] if (one.pk, day) not in busy)
        if need.taken < need.target and (one := next(free, None)):
            waiting[need.session.hub_id].remove(one)
            yield need, one


def prepare_different() -> Work:
    requests = [sign_up(need, volunteer) for need, volunteer in neighbors_of_open_needs()]
    warm, probe, measured = requests[:WARMING], requests[WARMING : WARMING + 2], requests[WARMING + 2 :]

    def check(answers: list[Answer]) -> dict[str, float]:
        new = Assignment.objects.filter(source=Assignment.Source.SELF, session__week=WEEK).count()
        assert new == len(requests), f"{new} of {len(requests)}"
        return {}

    return Work(requests=measured, clients=CLIENTS, warm=warm, probe=probe, check=check)


CASES = [
    Case("500 people at once for 20 seats", {"seated": SEATS, "per_second": 200}, prepare_crowd, rounds=3),
    Case(
        "sign-ups on different needs",
        {"per_second": 200, "p95_ms": 60, "queries": 12},
        prepare_different,
    ),
]
