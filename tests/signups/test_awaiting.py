"""Who waits for a yes, as staff find them: oldest first, those of the sessions that they may change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from scheduling.sessions.models import Need
from scheduling.sessions.sessions import cancel_session
from tests.signups.factories import make_regular, take
from tests.support.make import MONDAY, make_agency, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
Mode = Need.Mode


def waiting(client: Client) -> list[dict[str, Any]]:
    answer = client.get("/api/requests")
    assert answer.status_code == 200
    rows: list[dict[str, Any]] = answer.json()
    return rows


def test_whoever_asked_first_stands_first_and_an_answer_takes_them_off(sign_in: SignIn) -> None:
    hub = make_hub()
    later = make_need(session=make_session(hub=hub, start=14 * 60), target=2, mode=Mode.APPROVAL)
    sooner = make_need(session=make_session(hub=hub), target=1, mode=Mode.PLAN)
    first, second, third = take(later), take(sooner), take(later)
    take(make_need(session=later.session))  # had at once: nobody has to say anything
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    assert [(one["assignment"], one["state"], one["free"]) for one in waiting(client)] == [
        (first.pk, "requested", 2),
        (second.pk, "wished", 1),
        (third.pk, "requested", 2),
    ]
    (one, *_) = waiting(client)
    session = later.session
    assert (one["name"], one["session"], one["program"], one["role"], one["hub"]) == (
        *(first.volunteer.person.name, session.pk, session.program.name, later.role, hub.name),
    )
    assert client.post(f"/api/assignments/{first.pk}/approve").status_code == 200
    answer = client.post(f"/api/assignments/{second.pk}/refuse", {}, content_type="application/json")
    assert answer.json()["state"] == "refused"
    assert [(row["assignment"], row["free"]) for row in waiting(client)] == [(third.pk, 1)]


def test_what_is_cancelled_or_has_begun_asks_nothing_any_more(sign_in: SignIn, at_time: AtTime) -> None:
    hub = make_hub()
    cancelled, begun = (make_need(session=make_session(hub=hub), target=2, mode=Mode.APPROVAL) for _ in range(2))
    take(cancelled)
    take(begun)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    cancel_session(
        session_id=cancelled.session_id, revision=cancelled.session.revision, reason="停电", by=make_person()
    )
    assert [one["session"] for one in waiting(client)] == [begun.session_id]
    at_time(clock.at(MONDAY, 9 * 60))
    assert waiting(client) == []


def test_only_those_of_sessions_that_they_may_change(sign_in: SignIn) -> None:
    hub, agency = make_hub(), make_agency()
    need = make_need(session=make_session(hub=hub, program=make_program(agency=agency)), target=2, mode=Mode.APPROVAL)
    row = take(need)
    agency.residencies.create(hub=make_hub())
    seen = {
        name: [one["assignment"] for one in waiting(sign_in(person))]
        for name, person in {
            "the site's coordinator": make_person(Role.COORDINATOR, hub=hub),
            "another site's": make_person(Role.COORDINATOR),
            "the agency's social worker": make_person(Role.SOCIAL_WORKER, agency=agency),
            "another agency's": make_person(Role.SOCIAL_WORKER),
            "the administrator": make_person(Role.ADMINISTRATOR),
        }.items()
    }
    assert seen == {
        "the site's coordinator": [row.pk],
        "another site's": [],
        "the agency's social worker": [row.pk],
        "another agency's": [],
        "the administrator": [row.pk],
    }
    for role in (Role.VOLUNTEER, Role.REGULATOR, Role.GUARDIAN):
        assert sign_in(make_person(role)).get("/api/requests").status_code == 403


def test_thirty_cost_as_many_queries_as_one(sign_in: SignIn) -> None:
    hub = make_hub()
    need = make_need(session=make_session(hub=hub), target=40, mode=Mode.APPROVAL)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    take(need, make_regular())
    waiting(client)
    one = count_queries(lambda: waiting(client))
    for _ in range(29):
        take(need, make_regular())
    assert count_queries(lambda: waiting(client)) == one
    assert len(waiting(client)) == 30
