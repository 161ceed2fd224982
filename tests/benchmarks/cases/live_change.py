"""A change made through the web, until every screen that shows it has heard of it: the boards of a district's staff and
volunteers' phones are open meanwhile."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import cache, partial

from hub import clock
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Hub
from programs.models import Program
from scheduling.sessions.models import Need, Session
from tests.benchmarks.case import Case, Watch, post
from tests.benchmarks.district import SITES, WEEK, make_people, make_session
from volunteers.models import Volunteer

BOARDS, PHONES, CHANGES = 10, 100, 6 * SITES
A_DAY = 6
_weeks = itertools.count(2)


@cache
def coordinators() -> list[Person]:
    """One for each site."""
    hubs = Hub.objects.order_by("pk")
    people = make_people("协调员", 6, len(hubs))
    RoleGrant.objects.bulk_create(
        RoleGrant(person=person, role=Role.COORDINATOR, hub=hub) for person, hub in zip(people, hubs, strict=True)
    )
    return people


def prepare(*, one_process: bool) -> Watch:
    """As many sign-ups at each site, by its neighbors, to sessions of a week that nothing else is in."""
    week = WEEK + dt.timedelta(weeks=next(_weeks))
    hubs = list(Hub.objects.order_by("pk"))
    program = Program.objects.filter(kind="event")[0]
    people = list(Volunteer.objects.filter(person__name__startswith="志愿者").select_related("person").order_by("pk"))
    # Neighbors stand one district apart in the list of volunteers (district.load_district).
    takers = people[:CHANGES]
    sessions = Session.objects.bulk_create(
        make_session(
            hub=hubs[n % SITES], program=program, week=week, code=f"L{n}",
            start=n // SITES % A_DAY * clock.MINUTES_A_DAY + 600,
        )
        for n in range(CHANGES)
    )  # fmt: skip
    needs = Need.objects.bulk_create(Need(session=one, position=0, role="协助", min=1, target=1) for one in sessions)
    topics = [f"hub:{hub.pk}" for hub in hubs]
    administrator = Person.objects.get(grants__role=Role.ADMINISTRATOR)
    phones = [one.person for one in people[CHANGES : CHANGES + PHONES]]
    return Watch(
        changes=[
            post(f"/api/needs/{need.pk}/sign-up", {}, as_=taker.person)
            for need, taker in zip(needs, takers, strict=True)
        ],
        screens=[
            *[(administrator, topics)] * BOARDS,
            *((person, [topic]) for person, topic in zip(coordinators(), topics, strict=True)),
            *((person, [f"person:{person.pk}"]) for person in phones),
        ],
        topics=topics,
        one_process=one_process,
    )


TARGETS: dict[str, float] = {"p95_ms": 300}
CASES = [
    Case("a change seen, several machines", TARGETS, partial(prepare, one_process=False)),
    Case("a change seen, one process", TARGETS, partial(prepare, one_process=True)),
]
