"""/api/sessions: adding, moving, editing and cancelling over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub.people.models import Person, Role
from scheduling.sessions.models import Session
from tests.sessions.factories import added
from tests.support.make import make_agency, make_hub, make_person, make_program, make_room, make_session
from volunteers.models import Skill

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
MORNING = {"starts_at": "2026-12-14T09:00:00+08:00", "ends_at": "2026-12-14T10:00:00+08:00"}


def send(client: Client, method: str, path: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    answer = getattr(client, method)(path, body, content_type="application/json")
    return answer.status_code, answer.json()


def test_adding(sign_in: SignIn) -> None:
    room, program, worker = make_room(), make_program(), make_person(Role.SOCIAL_WORKER)
    skill = Skill.objects.create(name="讲故事")
    client = sign_in(make_person(Role.COORDINATOR, hub=room.hub))
    need = {"role": "领读员", "min": 1, "target": 2, "skill_id": skill.pk, "clearance": "child"}
    body = {"program": program.pk, "hub": room.hub_id, "room": room.pk, **MORNING, "places": 12, "needs": [need]}
    status, saved = send(client, "post", "/api/sessions", body | {"duty_worker": worker.pk})
    session = Session.objects.get()
    assert (status, saved) == (201, {"id": session.pk, "revision": 1, "week": "2026-12-14"})
    assert (session.room, session.places, session.duty_worker) == (room, 12, worker)
    assert list(session.needs.values_list("role", "skill", "clearance")) == [("领读员", skill.pk, "child")]


def test_a_clash_is_told_with_the_other_sessions_name(sign_in: SignIn) -> None:
    first = added(room=make_room(name="公益书屋"))
    client = sign_in(make_person(Role.ADMINISTRATOR))
    body = {"program": first.program_id, "hub": first.hub_id, "room": first.room_id, **MORNING}
    status, refusal = send(client, "post", "/api/sessions", body)
    facts = refusal["facts"]
    assert (status, refusal["code"], facts["title"], facts["room"]) == (409, "clash", first.program.name, "公益书屋")


def test_moving_and_a_second_hand_that_is_too_late(sign_in: SignIn) -> None:
    session = added(room=make_room())
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    body = {
        "revision": 1, "hub": session.hub_id, "room": session.room_id,
        "starts_at": "2026-12-22T09:00:00+08:00", "ends_at": "2026-12-22T10:00:00+08:00",
    }  # fmt: skip
    path = f"/api/sessions/{session.pk}/move"
    assert send(client, "post", path, body) == (200, {"id": session.pk, "revision": 2, "week": "2026-12-21"})
    status, refusal = send(client, "post", path, body)
    assert (status, refusal["code"], refusal["facts"]["revision"]) == (409, "outdated", 2)


def test_editing_and_cancelling(sign_in: SignIn) -> None:
    session = added()
    client = sign_in(make_person(Role.ADMINISTRATOR))
    body = {"revision": 1, "places": 8, "note": "带水杯", "needs": [{"role": "引导员", "min": 1, "target": 1}]}
    assert send(client, "patch", f"/api/sessions/{session.pk}", body)[1]["revision"] == 2
    status, _ = send(client, "post", f"/api/sessions/{session.pk}/cancel", {"revision": 2, "reason": "下雨"})
    session.refresh_from_db()
    assert (status, session.note, session.places, session.cancel_reason) == (200, "带水杯", 8, "下雨")


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_at": "2026-12-14T09:00:00"},
        {"starts_at": "soon"},
        {"places": -1},
        {"needs": [{"role": "x" * 41, "min": 1, "target": 1}]},
    ],
)
def test_what_has_no_form_is_refused(sign_in: SignIn, wrong: dict[str, Any]) -> None:
    room, program = make_room(), make_program()
    body = {"program": program.pk, "hub": room.hub_id, "room": None, **MORNING} | wrong
    assert send(sign_in(make_person(Role.ADMINISTRATOR)), "post", "/api/sessions", body)[0] == 422


def test_a_social_worker_adds_their_agencys_where_it_resides(sign_in: SignIn) -> None:
    agency = make_agency()
    here, elsewhere = make_hub(), make_hub()
    agency.residencies.create(hub=here)
    ours, theirs = make_program(agency=agency), make_program()
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    outcomes = {
        (program.pk, hub.pk): send(
            client, "post", "/api/sessions", {"program": program.pk, "hub": hub.pk, "room": None, **MORNING}
        )[0]
        for program in (ours, theirs)
        for hub in (here, elsewhere)
    }
    assert outcomes == {
        (ours.pk, here.pk): 201,
        (ours.pk, elsewhere.pk): 404,
        (theirs.pk, here.pk): 404,
        (theirs.pk, elsewhere.pk): 404,
    }


def test_what_one_sees_is_not_yet_ones_own(sign_in: SignIn) -> None:
    """Another agency's session at a hub where ours resides: on the board, not to be touched."""
    agency = make_agency()
    session = make_session()
    agency.residencies.create(hub=session.hub)
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    assert client.get(f"/api/board/sessions/{session.pk}").json()["editable"] is False
    path = f"/api/sessions/{session.pk}/cancel"
    assert send(client, "post", path, {"revision": 1, "reason": "x"})[0] == 404


def test_only_social_workers_are_put_on_duty(sign_in: SignIn) -> None:
    session, volunteer = added(), make_person(Role.VOLUNTEER)
    client = sign_in(make_person(Role.ADMINISTRATOR))
    answers = [
        send(client, "patch", f"/api/sessions/{session.pk}", {"revision": 1, "duty_worker": pk})[1]["code"]
        for pk in (volunteer.pk, 9999)
    ]
    assert answers == ["not_a_social_worker", "not_a_social_worker"]


def test_choices(sign_in: SignIn) -> None:
    agency, hub = make_agency(), make_hub()
    agency.residencies.create(hub=hub)
    program = make_program(agency=agency)
    make_program()
    worker = make_person(Role.SOCIAL_WORKER, agency=agency)
    choices = sign_in(worker).get("/api/sessions/choices").json()
    assert choices == {
        "programs": [{"id": program.pk, "name": program.name, "kind": program.kind, "agency": agency.pk}],
        "workers": [{"id": worker.pk, "name": worker.name, "agencies": [agency.pk]}],
        "skills": [],
        "hubs": [hub.pk],
    }
