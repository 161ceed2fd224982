"""/api/people: finding who holds what, appointing, taking back."""

from __future__ import annotations

from typing import Any

import pytest

from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Residency
from tests.support.clients import client_for
from tests.support.make import make_agency, make_child, make_hub, make_person
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db


def names(client: Any, query: str = "") -> list[str]:
    return [person["name"] for person in client.get(f"/api/people{query}").json()["people"]]


def test_an_administrator_finds_by_name_and_by_whole_number() -> None:
    admin = make_person(Role.ADMINISTRATOR, name="管理员")
    make_person(Role.VOLUNTEER, name="王秀英", phone="13812345678")
    make_person(Role.GUARDIAN, name="王小丽", phone="13912345678")
    client = client_for(admin)
    assert names(client) == ["管理员", "王秀英", "王小丽"]
    assert names(client, "?q=王") == ["王秀英", "王小丽"]
    assert names(client, "?q=138 1234 5678") == ["王秀英"]
    assert names(client, "?q=5678") == []
    assert names(client, "?role=guardian") == ["王小丽"]
    assert names(client, "?q=秀&role=guardian") == []


def test_a_row_masks_the_number_and_names_the_scope() -> None:
    hub = make_hub(name="双龙社区联合体")
    admin = make_person(Role.ADMINISTRATOR)
    coordinator = make_person(Role.COORDINATOR, hub=hub, name="陈站长", phone="13812345678", community="双龙社区")
    grant = RoleGrant.objects.get(person=coordinator)
    answer = client_for(admin).get("/api/people?role=coordinator").json()
    assert answer == {
        "people": [
            {
                "id": coordinator.pk,
                "name": "陈站长",
                "phone": "138****5678",
                "community": "双龙社区",
                "roles": [
                    {
                        "id": grant.pk,
                        "role": "coordinator",
                        "scope_kind": "hub",
                        "scope_id": hub.pk,
                        "scope_name": "双龙社区联合体",
                        "revocable": True,
                    }
                ],
            }
        ],
        "more": False,
    }


def test_children_are_never_found() -> None:
    child = make_child()
    admin = make_person(Role.ADMINISTRATOR)
    client = client_for(admin)
    assert child.person.name not in names(client)
    assert client.get(f"/api/people/{child.person_id}/roles").status_code == 404


def test_a_coordinator_sees_volunteers_and_their_own_hubs_staff() -> None:
    hub, elsewhere = make_hub(), make_hub()
    here, there = make_agency(), make_agency()
    Residency.objects.create(agency=here, hub=hub)
    Residency.objects.create(agency=there, hub=elsewhere)
    me = make_person(Role.COORDINATOR, hub=hub, name="我")
    make_person(Role.COORDINATOR, hub=elsewhere, name="别站协调员")
    make_person(Role.SOCIAL_WORKER, agency=here, name="本站社工")
    make_person(Role.SOCIAL_WORKER, agency=there, name="别站社工")
    make_person(Role.VOLUNTEER, name="志愿者")
    make_person(Role.GUARDIAN, name="家长")
    make_person(Role.ADMINISTRATOR, name="管理员")
    assert names(client_for(me)) == ["我", "本站社工", "志愿者"]


def test_a_regulator_sees_who_holds_office() -> None:
    regulator = make_person(Role.REGULATOR, name="监督员")
    make_person(Role.COORDINATOR, name="协调员")
    make_person(Role.VOLUNTEER, name="志愿者")
    client = client_for(regulator)
    assert names(client) == ["监督员", "协调员"]
    roles = client.get("/api/people").json()["people"][1]["roles"]
    assert [role["revocable"] for role in roles] == [False]


def test_the_list_takes_as_many_queries_for_thirty() -> None:
    client = client_for(make_person(Role.COORDINATOR))
    client.get("/api/people")
    make_person(Role.VOLUNTEER)
    one = count_queries(lambda: client.get("/api/people"))
    for _ in range(29):
        make_person(Role.VOLUNTEER)
    assert count_queries(lambda: client.get("/api/people")) == one


def test_pages_follow_one_another() -> None:
    client = client_for(make_person(Role.ADMINISTRATOR))
    for _ in range(60):
        make_person(Role.VOLUNTEER)
    first = client.get("/api/people").json()
    second = client.get("/api/people?skip=50").json()
    ids = [person["id"] for page in (first, second) for person in page["people"]]
    assert (first["more"], second["more"], len(set(ids))) == (True, False, 61)


def test_what_may_be_granted_depends_on_who_asks() -> None:
    hub = make_hub()
    make_hub()
    agency = make_agency()
    make_agency()
    Residency.objects.create(agency=agency, hub=hub)
    admin = client_for(make_person(Role.ADMINISTRATOR)).get("/api/people/role-choices").json()
    assert [len(admin[key]) for key in ("roles", "hubs", "agencies")] == [6, 2, 2]
    mine = client_for(make_person(Role.COORDINATOR, hub=hub)).get("/api/people/role-choices").json()
    assert [one["role"] for one in mine["roles"]] == ["volunteer", "coordinator", "social_worker"]
    assert ([one["id"] for one in mine["hubs"]], [one["id"] for one in mine["agencies"]]) == ([hub.pk], [agency.pk])


def post(client: Any, path: str, body: dict[str, Any]) -> Any:
    return client.post(path, body, content_type="application/json")


def test_granting_and_taking_back() -> None:
    hub = make_hub()
    client = client_for(make_person(Role.ADMINISTRATOR))
    person = make_person(Role.VOLUNTEER)
    granted = post(client, f"/api/people/{person.pk}/roles", {"role": "coordinator", "hub_id": hub.pk})
    assert (granted.status_code, [role["role"] for role in granted.json()["roles"]]) == (
        200,
        ["volunteer", "coordinator"],
    )
    taken = client.delete(f"/api/people/roles/{granted.json()['roles'][1]['id']}")
    assert taken.status_code == 204
    assert list(person.grants.values_list("role", flat=True)) == ["volunteer"]


def test_appointing_by_name_and_number() -> None:
    hub = make_hub()
    client = client_for(make_person(Role.COORDINATOR, hub=hub))
    wish = {"name": "王秀英", "phone": "13812345678", "role": "coordinator", "hub_id": hub.pk}
    answer = post(client, "/api/people", wish)
    assert (answer.status_code, answer.json()["name"]) == (201, "王秀英")
    assert Person.objects.get(name="王秀英").grants.get().hub == hub


def test_a_coordinator_cannot_reach_a_guardian_by_counting_ids() -> None:
    guardian = make_person(Role.GUARDIAN)
    client = client_for(make_person(Role.COORDINATOR))
    assert post(client, f"/api/people/{guardian.pk}/roles", {"role": "volunteer"}).status_code == 404
    assert client.get(f"/api/people/{guardian.pk}/roles").status_code == 404


def test_the_last_administrator_is_told_why() -> None:
    admin = make_person(Role.ADMINISTRATOR)
    answer = client_for(admin).delete(f"/api/people/roles/{admin.grants.get().pk}")
    assert (answer.status_code, answer.json()) == (409, {"code": "last_administrator", "facts": {}})
