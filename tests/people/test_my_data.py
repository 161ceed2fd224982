"""Seeing what is kept, and taking it along."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import orjson
import pytest
from django.test import Client
from openpyxl import load_workbook

from hub import clock
from hub.journal.models import Entry
from hub.people.models import Child, Person, Role
from scheduling.callouts.models import Ask, CallOut
from tests.people.everything import person_with_everything
from tests.support.clients import client_for
from tests.support.make import make_need, make_person, make_volunteer
from tests.support.queries import count_queries
from volunteers.models import Absence

pytestmark = pytest.mark.django_db


def parts(client: Client) -> dict[bool, dict[str, Any]]:
    return {who["child"]: {one["name"]: one for one in who["kept"]} for who in client.get("/api/my-data").json()}


def test_everything_by_part_and_the_children_after() -> None:
    found = parts(client_for(person_with_everything()))
    assert list(found[False]) == [
        "self", "roles", "around", "consents", "profile", "skills", "times", "rounds", "checks", "duties", "shifts",
        "standbys", "card", "hours_served", "attendance", "certificates", "asked", "feeds", "books", "comings_told",
        "planning", "ledger", "not_asked", "messages", "workbooks",
    ]  # fmt: skip
    assert list(found[True]) == [
        "self", "child", "consents", "groups", "bookings", "reading", "incidents", "books", "snail", "child_attendance",
        "session_photos",
    ]  # fmt: skip
    own = found[False]["self"]
    assert (own["title"], own["columns"][:2], own["rows"][0][:3]) == (
        "基本资料",
        ["姓名", "手机号"],
        ["欧阳明月", "13987651234", "1961-03-09"],
    )
    assert [found[False][name]["stays"] for name in ("shifts", "consents", "checks", "feeds")] == [True] * 3 + [False]
    assert found[False]["profile"]["correct"] == "/me"


def test_nobody_elses() -> None:
    person_with_everything()
    other = make_person(Role.VOLUNTEER, name="别人")
    assert "欧阳" not in client_for(other).get("/api/my-data").content.decode()


def test_a_care_note_is_read_on_the_record() -> None:
    person = person_with_everything()
    child = Child.objects.get(family__guardian=person)
    row = parts(client_for(person))[True]["child"]["rows"][0]
    assert row[1] == "欧阳明月说对花生过敏"
    entries = Entry.objects.filter(action="care_note.read").order_by("pk").values_list("actor_id", "subject", "facts")
    assert [(actor, subject, facts["note"]) for actor, subject, facts in entries] == [
        (person.pk, f"people.child:{child.pk}", note) for note in ("health", "hardship", "left_behind")
    ]


def test_codes_are_not_shown_again() -> None:
    person = person_with_everything()
    assert "123456" not in client_for(person).get("/api/my-data").content.decode().replace("500110000123", "")


def test_the_page_shows_twenty_and_counts_all() -> None:
    from hub.notify.outbox import queue

    person = make_person(Role.VOLUNTEER)
    for number in range(33):
        queue(to_id=person.pk, template="session_moved", dedupe_key=f"n{number}")
    messages = parts(client_for(person))[False]["messages"]
    assert (len(messages["rows"]), messages["count"]) == (20, 33)


def test_the_page_costs_the_same_for_thirty() -> None:
    from hub.notify.outbox import queue

    person = make_person(Role.VOLUNTEER)
    client = client_for(person)
    queue(to_id=person.pk, template="session_moved", dedupe_key="first")
    client.get("/api/my-data")
    one = count_queries(lambda: client.get("/api/my-data"))
    for number in range(30):
        queue(to_id=person.pk, template="session_moved", dedupe_key=f"n{number}")
    assert count_queries(lambda: client.get("/api/my-data")) == one


def export(person: Person, form: str) -> Any:
    return client_for(person).get(f"/api/my-data/export?form={form}")


def test_json_to_take_along() -> None:
    answer = export(person_with_everything(), "json")
    assert answer["Content-Disposition"] == 'attachment; filename="renqi-my-data.json"'
    people = orjson.loads(answer.content)["people"]
    assert [(one["name"], one["child"]) for one in people] == [("欧阳明月", False), ("欧阳明月小宝", True)]
    own = people[0]["parts"]["self"][0]
    assert {name: own[name] for name in ("phone", "born")} == {"phone": "13987651234", "born": "1961-03-09"}
    assert len(people[0]["parts"]["shifts"]) == 3


def test_a_spreadsheet_to_read() -> None:
    person = person_with_everything()
    Person.objects.filter(pk=person.pk).update(community="=1+1")
    book = load_workbook(io.BytesIO(export(person, "xlsx").content))
    assert book.sheetnames[:3] == ["基本资料", "角色", "家里人和接送人"]
    sheet = book["基本资料"]
    assert [cell.value for cell in sheet[1]][:3] == ["姓名", "手机号", "出生日期"]
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=1+1", "s")
    assert "活动报名 欧阳明月小宝" in book.sheetnames


def test_no_other_form() -> None:
    assert export(make_person(Role.VOLUNTEER), "pdf").status_code == 422


def test_the_newest_come_first() -> None:
    me = make_volunteer()
    now = clock.now()
    for days in (3, 1, 2):
        moment = now - dt.timedelta(days=days)
        Absence.objects.create(volunteer=me, starts_at=moment, ends_at=now)
        callout = CallOut.objects.create(need=(need := make_need()), session=need.session, wished=False, asking=True,
                                         started_at=moment)  # fmt: skip
        Ask.objects.create(callout=callout, volunteer=me, wave=1, asked_at=moment)
    found = parts(client_for(me.person))[False]
    days = [f"{clock.local(now - dt.timedelta(days=days)):%Y-%m-%d %H:%M}" for days in (1, 2, 3)]
    assert [row[1] for row in found["times"]["rows"]] == days
    assert [row[0] for row in found["asked"]["rows"]] == days
