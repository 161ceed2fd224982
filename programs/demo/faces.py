"""Whom a visitor of the demo becomes: somebody with something on their first screen, whatever the day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from django.db.models import Count, QuerySet

from hub import clock
from hub.people.demo import demo_face
from hub.people.models import Person, Role
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

Fitness = tuple[bool, ...]
"""What one hopes for, the most important first."""


def register_faces() -> None:
    demo_face(Role.VOLUNTEER, choose_volunteer)
    demo_face(Role.GUARDIAN, choose_guardian)
    demo_face(Role.SOCIAL_WORKER, choose_social_worker)


def choose_volunteer(holders: QuerySet[Person]) -> Person | None:
    """Asked for the next shift and has not answered, said yes to a later one, was there before."""
    now, states = clock.now(), Assignment.State
    ahead: dict[int, list[str]] = defaultdict(list)
    rows = Assignment.objects.filter(session__state=Session.State.PLANNED, state__in=Assignment.ACTIVE)
    to_come = rows.filter(session__starts_at__gt=now).order_by("session__starts_at", "pk")
    for person, state in to_come.values_list("volunteer__person", "state"):
        ahead[person].append(state)
    served = set(rows.filter(session__ends_at__lte=now).values_list("volunteer__person", flat=True))

    def fitness(person: int) -> Fitness:
        mine = ahead[person]
        asked_next = mine[:1] == [states.PUBLISHED]
        return asked_next, states.PUBLISHED in mine, states.ACCEPTED in mine, bool(mine), person in served

    return _fittest(holders, fitness)


def choose_guardian(holders: QuerySet[Person]) -> Person | None:
    """Two or three children with places ahead, one of them waiting for one."""
    states = Booking.State
    ahead: dict[int, list[str]] = defaultdict(list)
    rows = Booking.objects.filter(session__state=Session.State.PLANNED, session__starts_at__gt=clock.now())
    for person, state in rows.values_list("participant__child__family__guardian", "state"):
        ahead[person].append(state)
    families = _pool(holders).annotate(children=Count("guarded_family__children"))
    children = dict(families.values_list("pk", "children"))

    def fitness(person: int) -> Fitness:
        booked, waiting = ahead[person].count(states.BOOKED), ahead[person].count(states.WAITING)
        return children[person] in (2, 3), booked > 0 and waiting > 0, waiting == 1, booked > 1, children[person] > 0

    return _fittest(holders, fitness)


def choose_social_worker(holders: QuerySet[Person]) -> Person | None:
    """On duty later today, or else tomorrow; at least of an agency that has something on."""
    today, tomorrow = clock.today(), clock.today() + dt.timedelta(days=1)
    on_duty: set[tuple[int | None, dt.date]] = set()
    busy: set[tuple[int | None, dt.date]] = set()
    rows = Session.objects.filter(
        state=Session.State.PLANNED, ends_at__gt=clock.now(), starts_at__lt=clock.at(tomorrow, clock.MINUTES_A_DAY)
    )
    for starts_at, worker, agency in rows.values_list("starts_at", "duty_worker", "program__agency"):
        day = clock.local(starts_at).date()
        on_duty.add((worker, day))
        busy.add((agency, day))
    agency_of = dict(holders.exclude(grants__agency=None).values_list("pk", "grants__agency"))

    def fitness(person: int) -> Fitness:
        agency = agency_of.get(person)
        return (
            (person, today) in on_duty,
            (person, tomorrow) in on_duty,
            agency is not None and (agency, today) in busy,
            agency is not None and (agency, tomorrow) in busy,
        )

    return _fittest(holders, fitness)


def _pool(holders: QuerySet[Person]) -> QuerySet[Person]:
    """The holders without the joins by which they were found."""
    return Person.objects.filter(pk__in=holders.values("pk"))


def _fittest(holders: QuerySet[Person], fitness: Callable[[int], Fitness]) -> Person | None:
    """The same one every time; of equals one with few roles, whose screens show this one alone."""
    pool = _pool(holders).annotate(roles=Count("grants"))
    return max(pool, key=lambda person: (fitness(person.pk), -person.roles, -person.pk), default=None)
