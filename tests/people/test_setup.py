"""The first run, as the wizard's page asks for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from hub.errors import Refused
from hub.operations.first_run import setup_code
from hub.people.models import Person, Role, RoleGrant
from hub.people.setup import FirstHub, set_up
from hub.places.models import District, Hub
from tests.support.make import make_person

pytestmark = pytest.mark.django_db


def wish(**changes: Any) -> dict[str, Any]:
    return {
        "code": setup_code(),
        "administrator": {"name": "陈站长", "phone": "138 1234 5678"},
        "district": {"name": "綦江区", "code": "500110"},
        "hub": {
            "name": "双龙社区慈善救助服务联合体",
            "subdistrict": "文龙街道",
            "community": "双龙社区",
            "address": "社区路1号",
            "opening": "周一至周五 08:00-17:30",
        },
    } | changes


def post(client: Client, body: dict[str, Any], path: str = "/api/setup") -> Any:
    return client.post(path, body, content_type="application/json")


def test_the_first_run_makes_all_three_and_signs_in() -> None:
    client = Client()
    assert client.get("/api/setup").json() == {"open": True}
    assert post(client, wish()).status_code == 204

    me = client.get("/api/me").json()
    assert (me["person"]["name"], [grant["role"] for grant in me["roles"]]) == ("陈站长", ["administrator"])
    assert list(District.objects.values_list("name", "code")) == [("綦江区", "500110")]
    hub = Hub.objects.get()
    assert (hub.name, hub.subdistrict, hub.community) == ("双龙社区慈善救助服务联合体", "文龙街道", "双龙社区")
    assert hub.opening == [[weekday, 480, 1050] for weekday in range(5)]
    assert client.get("/api/setup").json() == {"open": False}


def test_it_works_once() -> None:
    post(Client(), wish())
    again = post(Client(), wish(administrator={"name": "别人", "phone": "13912345678"}))
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
    assert post(Client(), {"code": setup_code()}, "/api/setup/code").status_code == 404


def test_a_wrong_code_makes_nothing() -> None:
    for answer in (post(Client(), wish(code="wrong")), post(Client(), {"code": "wrong"}, "/api/setup/code")):
        assert (answer.status_code, answer.json()["code"]) == (409, "setup_code_wrong")
    assert (Person.objects.count(), Hub.objects.count()) == (0, 0)


def test_the_right_code_is_told() -> None:
    assert post(Client(), {"code": f" {setup_code().upper()} "}, "/api/setup/code").status_code == 204


@pytest.mark.parametrize(("changes", "code"), [
    ({"administrator": {"name": "陈站长", "phone": "12345"}}, "not_a_phone"),
    ({"administrator": {"name": " ", "phone": "13812345678"}}, "name_missing"),
    ({"district": {"name": "", "code": ""}}, "name_missing"),
    ({"hub": {"name": ""}}, "name_missing"),
])  # fmt: skip
def test_what_is_missing_undoes_everything(changes: dict[str, Any], code: str) -> None:
    answer = post(Client(), wish(**changes))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert (Person.objects.count(), District.objects.count(), Hub.objects.count()) == (0, 0, 0)


def test_hours_nobody_understands_are_kept_as_written() -> None:
    post(Client(), wish(hub={"name": "双龙", "opening": "看情况"}))
    hub = Hub.objects.get()
    assert (hub.opening_text, hub.opening) == ("看情况", [])


def test_people_imported_before_do_not_matter() -> None:
    person = make_person(Role.VOLUNTEER, name="陈站长", phone="13812345678")
    post(Client(), wish())
    assert RoleGrant.objects.get(role=Role.ADMINISTRATOR).person == person


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins(at_once: Any) -> None:
    def attempt(name: str, phone: str) -> Any:
        hub = FirstHub(name=f"{name}的站")
        return lambda: set_up(code=setup_code(), name=name, phone=phone, district="綦江区", district_code="", hub=hub)

    results = at_once([attempt("甲", "13812345678"), attempt("乙", "13912345678")])
    assert sorted(type(result).__name__ for result in results) == ["Person", "Refused"]
    assert [result.code for result in results if isinstance(result, Refused)] == ["not_found"]
    assert RoleGrant.objects.filter(role=Role.ADMINISTRATOR).count() == 1
