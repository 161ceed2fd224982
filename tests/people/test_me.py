"""Who am I: one or several persons behind a number, and the demo's doors."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hub.people.demo import demo_face
from hub.people.models import Role
from tests.support.clients import client_for
from tests.support.make import make_child, make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def choose(client: Client, person_id: int) -> Any:
    return client.post("/api/me/person", {"person_id": person_id}, content_type="application/json")


def demo(client: Client, role: str) -> Any:
    return client.post("/api/demo/sign-in", {"role": role}, content_type="application/json")


def test_nobody_is_told_that_they_are_nobody() -> None:
    me = Client().get("/api/me").json()
    assert me == {"signed_in": False, "person": None, "persons": [], "roles": [], "phone": "", "demo": True}


def test_persons_of_one_number_can_be_switched_any_time() -> None:
    mother = make_person(Role.GUARDIAN, name="王秀英")
    father = make_person(Role.VOLUNTEER, name="李建国", phone=mother.phone)
    client = client_for(mother)
    assert [one["name"] for one in client.get("/api/me").json()["persons"]] == ["王秀英", "李建国"]
    for person, role in [(father, "volunteer"), (mother, "guardian"), (father, "volunteer")]:
        me = choose(client, person.pk).json()
        assert (me["person"]["id"], [grant["role"] for grant in me["roles"]]) == (person.pk, [role])


def test_roles_name_their_scope() -> None:
    hub = make_hub(name="双龙社区联合体")
    coordinator = make_person(Role.COORDINATOR, hub=hub)
    roles = client_for(coordinator).get("/api/me").json()["roles"]
    assert roles == [{"role": "coordinator", "scope_kind": "hub", "scope_id": hub.pk, "scope_name": "双龙社区联合体"}]


def test_me_takes_as_many_queries_for_many_roles() -> None:
    from hub.people.models import RoleGrant

    person = make_person(Role.COORDINATOR)
    client = client_for(person)
    client.get("/api/me")
    one = count_queries(lambda: client.get("/api/me"))
    RoleGrant.objects.bulk_create(RoleGrant(person=person, role=Role.COORDINATOR, hub=make_hub()) for _ in range(29))
    assert count_queries(lambda: client.get("/api/me")) == one


@pytest.mark.parametrize("role", list(Role))
def test_the_demo_signs_in_with_one_click(role: Role) -> None:
    person = make_person(role)
    answer = demo(Client(), role)
    assert (answer.status_code, answer.json()["person"]["id"]) == (200, person.pk)


def test_the_demo_chooses_a_guardian_with_children() -> None:
    make_person(Role.GUARDIAN)
    guardian = make_person(Role.GUARDIAN)
    make_child(guardian=guardian)
    make_child(guardian=guardian)
    make_child()
    assert demo(Client(), "guardian").json()["person"]["id"] == guardian.pk


def test_apps_above_may_choose_the_demos_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.people.demo._choosers", {})
    make_person(Role.VOLUNTEER)
    last = make_person(Role.VOLUNTEER)
    demo_face(Role.VOLUNTEER, lambda holders: holders.order_by("-pk").first())
    assert demo(Client(), "volunteer").json()["person"]["id"] == last.pk


def test_outside_the_demo_there_is_no_such_door(settings: Any) -> None:
    make_person(Role.VOLUNTEER)
    settings.DEMO = False
    client = Client()
    assert demo(client, "volunteer").status_code == 404
    assert client.get("/api/me").json()["signed_in"] is False


def test_a_role_that_nobody_holds() -> None:
    assert demo(Client(), "regulator").status_code == 404


def test_a_role_that_does_not_exist() -> None:
    answer = demo(Client(), "emperor")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_signing_out() -> None:
    client = client_for(make_person(Role.VOLUNTEER))
    assert client.post("/api/me/sign-out").json()["signed_in"] is False
    assert client.get("/api/me").json()["person"] is None
