"""The names on a day's lanes: whose, to whom, at what cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from hub import clock
from hub.access.actor import load_actor
from hub.people.models import Person, Role
from scheduling.board.serving import serving_on
from scheduling.sessions.models import Need, Session, StaffPlace
from tests.board.test_week import acting, assign
from tests.support.make import MONDAY, make_agency, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def test_places_in_force_of_that_day_by_need() -> None:
    session = make_session()
    first, second = make_need(session=session, role="领读员"), make_need(session=session, role="秩序员")
    late, early = assign(second), assign(first, "published")
    for state in ("declined", "released"):
        assign(first, state)
    assign(make_need(session=make_session(day=MONDAY + dt.timedelta(days=1))))
    found = serving_on(actor=acting(Role.ADMINISTRATOR), day=MONDAY)
    assert found == [
        {"id": one.pk, "need": one.need_id, "state": one.state, "name": one.volunteer.person.name}
        for one in (early, late)
    ]


def test_staff_stand_behind_the_volunteers_of_their_role() -> None:
    need = make_need()
    here, volunteer = stands_in(need.session, need), assign(need)
    stands_in(need.session, need, ended=True)
    stands_in(need.session, None)
    found = serving_on(actor=acting(Role.REGULATOR), day=MONDAY)
    assert [(one["id"], one["need"], one["state"]) for one in found] == [
        (volunteer.pk, need.pk, "accepted"),
        (here.pk, need.pk, "staff"),
    ]
    assert found[1]["name"] == here.person.name


def stands_in(session: Session, need: Need | None, *, ended: bool = False) -> StaffPlace:
    now, person = clock.now(), make_person(Role.SOCIAL_WORKER)
    times = {"created_at": now, "ended_at": now if ended else None}
    return StaffPlace.objects.create(session=session, need=need, person=person, by=person, **times)


def test_names_in_full_only_to_who_may_call_them() -> None:
    agency, hub = make_agency(), make_hub()
    agency.residencies.create(hub=hub)
    ours = make_need(session=make_session(hub=hub, program=make_program(agency=agency)))
    theirs, elsewhere = make_need(session=make_session(hub=hub)), make_need()
    for need in (ours, theirs, elsewhere):
        person = assign(need).volunteer.person
        person.name = "张三丰"
        person.save()
    seen = {
        role: [(one["need"], one["name"]) for one in serving_on(actor=actor, day=MONDAY)]
        for role, actor in {
            "social_worker": acting(Role.SOCIAL_WORKER, agency=agency),
            "coordinator": acting(Role.COORDINATOR, hub=hub),
            "regulator": acting(Role.REGULATOR),
            "volunteer": acting(Role.VOLUNTEER),
        }.items()
    }
    masked, full = "张*", "张三丰"
    assert seen == {
        "social_worker": [(ours.pk, full), (theirs.pk, masked)],
        "coordinator": [(ours.pk, full), (theirs.pk, full)],
        "regulator": [(ours.pk, masked), (theirs.pk, masked), (elsewhere.pk, masked)],
        "volunteer": [],
    }


def test_thirty_cost_as_many_queries_as_one(sign_in: Callable[[Person], Client]) -> None:
    need: Need = make_need(session=make_session())
    coordinator = make_person(Role.COORDINATOR, hub=need.session.hub)
    assign(need)

    def ask() -> None:
        serving_on(actor=load_actor(coordinator), day=MONDAY)

    one = count_queries(ask)
    for _ in range(29):
        assign(make_need(session=make_session(hub=need.session.hub)))
    assert count_queries(ask) == one
    answer = sign_in(coordinator).get(f"/api/board/serving?day={MONDAY}")
    assert (answer.status_code, len(answer.json())) == (200, 30)
