"""A week taken out is a workbook that, imported again, changes nothing; and it holds what its reader runs alone."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from hub import clock
from hub.access.actor import load_actor
from hub.journal.models import Entry
from hub.people.models import Child, Person, Role, RoleGrant
from hub.places.models import Hub
from hub.workbook.confirm import import_workbook
from hub.workbook.reading import Cell
from hub.workbook.taking_out import take_out
from hub.workbook.times import as_spans, spans
from tests.support.make import make_hub, make_person, make_session, make_volunteer
from tests.support.queries import count_queries
from tests.workbook.files import HUB, SOUND, workbook
from volunteers.models import Absence, Volunteer

pytestmark = pytest.mark.django_db
WEEK = dt.date(2026, 12, 14)
SignIn = Callable[[Person], Client]
LEFT = {"社工机构", "工作人员"}
"""Who works where is no week's business, and has a page of its own."""


@pytest.fixture(autouse=True)
def _in_november(at_time: Any) -> None:
    at_time(dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC))


def taken(person: Person, week: dt.date = WEEK) -> dict[str, list[list[Cell]]]:
    book = load_workbook(io.BytesIO(take_out(week=week, actor=load_actor(person))))
    return {page.title: [list(row) for row in page.iter_rows(values_only=True)] for page in book}


def brought() -> Person:
    assert import_workbook(data=workbook(), file_name="week.xlsx").book.faults == []
    return make_person(Role.ADMINISTRATOR)


def test_what_was_brought_in_comes_out() -> None:
    sheets = taken(brought())
    assert {name: len(rows) for name, rows in sheets.items()} == {
        name: len(rows) for name, rows in SOUND.items() if name not in LEFT
    }
    session = dict(zip(*sheets["场次"][:2], strict=True))
    assert session == {
        "场次编号": "A1", "项目名称": "共读·春禾", "站点名称": HUB, "场地名称": "书屋", "开始时间": "2026-12-14 16:30",
        "结束时间": "2026-12-14 18:00", "服务对象名额": 2, "值班社工": "袁佳琪", "备注": None,
    }  # fmt: skip
    family = dict(zip(*sheets["家庭"][:2], strict=True))
    assert (family["照护人"], family["可拍照"], family["报名场次"]) == ("外公 董桂兰", "是", "A1；A2")


def test_brought_in_again_it_changes_nothing() -> None:
    admin = brought()
    person = Volunteer.objects.get(person__name="孙国庆")
    for since, until in ((0, 10), (36, 61)):
        start = clock.at(WEEK, 8 * 60)
        span = (start + dt.timedelta(hours=since), start + dt.timedelta(hours=until))
        Absence.objects.create(volunteer=person, starts_at=span[0], ends_at=span[1], said_at=clock.now())
    data = take_out(week=WEEK, actor=load_actor(admin))
    outcome = import_workbook(data=data, file_name="out.xlsx")
    assert (outcome.book.faults, outcome.book.conflicts, outcome.book.week) == ([], [], WEEK)
    assert {(one.created, one.changed) for one in outcome.counts.values()} == {(0, 0)}
    # What has no column in it was not emptied.
    assert Child.objects.get(person__name="梁佳琪").care_note == "花生过敏"


def test_who_has_no_community_comes_back_and_stays_where_they_are_at_home() -> None:
    admin = brought()
    person = Volunteer.objects.get(person__name="孙国庆")
    elsewhere = make_hub()
    Person.objects.filter(pk=person.person_id).update(community="")
    Volunteer.objects.filter(pk=person.pk).update(home=elsewhere)
    book = load_workbook(io.BytesIO(take_out(week=WEEK, actor=load_actor(admin))))
    page = book["志愿者"]
    headers = [cell.value for cell in page[1]]
    [row] = [row for row in page.iter_rows(min_row=2) if row[0].value == "孙国庆"]
    row[headers.index("每周最多场次")].value = 5
    out = io.BytesIO()
    book.save(out)
    found = import_workbook(data=out.getvalue(), file_name="out.xlsx").book
    assert found.faults == []
    assert [(one.label, one.column, one.file_value) for one in found.changes] == [("孙国庆", "每周最多场次", "5")]
    person.refresh_from_db()
    assert (person.max_sessions, person.home_id) == (5, elsewhere.pk)


def test_what_is_said_of_a_child_s_health_never_leaves() -> None:
    sheets = taken(brought())
    assert "过敏或注意事项" not in sheets["家庭"][0]
    assert [row for rows in sheets.values() for row in rows if "花生过敏" in row] == []


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-19 09:00-12:00",
        "2026-12-19 00:00-24:00",
        "2026-12-18 18:00至2026-12-20 12:00",
        "2026-12-19 22:00至2026-12-20 24:00",
    ],
)
def test_spans_are_written_as_they_are_read(written: str) -> None:
    assert as_spans(spans(written)) == written


def test_a_coordinator_takes_out_their_own_alone(sign_in: SignIn) -> None:
    brought()
    elsewhere = make_hub()
    make_session(hub=elsewhere, day=WEEK)
    stranger = make_volunteer(home=elsewhere)
    coordinator = make_person(name="周协调")
    RoleGrant.objects.create(person=coordinator, role=Role.COORDINATOR, hub=Hub.objects.get(name=HUB))
    sheets = taken(coordinator)
    codes = [row[0] for row in sheets["场次"][1:]]
    assert codes == ["A1", "A2", "A3"]  # The canteen below is theirs as well.
    phones = {row[1] for row in sheets["志愿者"][1:]}
    assert (phones, stranger.person.phone in phones) == ({"199301568251", "199301813561"}, False)
    answer = sign_in(coordinator).get(f"/api/imports/week?week={WEEK + dt.timedelta(days=3)}")
    assert (answer.status_code, answer.content[:2]) == (200, b"PK")
    deed = Entry.objects.filter(action="workbook.taken_out").latest("pk")
    assert (deed.actor_id, deed.facts["week"], deed.facts["rows"]["家庭"]) == (coordinator.pk, "2026-12-14", 2)
    assert sign_in(make_person(Role.SOCIAL_WORKER)).get(f"/api/imports/week?week={WEEK}").status_code == 403


def test_many_rows_cost_as_many_queries_as_one() -> None:
    admin = make_person(Role.ADMINISTRATOR)
    hub = make_hub()
    make_session(hub=hub, day=WEEK)
    make_volunteer(home=hub)
    few = count_queries(lambda: taken(admin))
    for minute in range(30):
        make_session(hub=hub, day=WEEK, start=480 + minute, room=None)
        make_volunteer(home=hub)
    assert count_queries(lambda: taken(admin)) == few
