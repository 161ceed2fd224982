"""A month as a spreadsheet and on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from hub.people.models import Person, Role
from scheduling.residency.closing import confirm_correction
from tests.residency.factories import (
    DECEMBER,
    MIDDLE,
    NOVEMBER,
    come,
    count_people,
    make_agreement,
    make_closed,
    make_held,
    make_stay,
    record_hours,
)
from tests.support.make import make_agency, make_person, make_room

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _in_december(at_time: Callable[[dt.datetime], None]) -> None:
    at_time(MIDDLE)


def rows_of(content: bytes, sheet: int = 0) -> list[tuple[object, ...]]:
    book = load_workbook(BytesIO(content))
    return [tuple(cell.value for cell in row) for row in book.worksheets[sheet].iter_rows()]


def test_a_month_as_a_spreadsheet(sign_in: SignIn) -> None:
    stay = make_stay(agency=make_agency(name="=1+1"))
    make_agreement(stay, owed={"sessions": 3, "volunteer_minutes": 600}, room_minutes=1200)
    session = make_held(stay, day=DECEMBER, room=make_room(hub=stay.hub, name="公益书屋"))
    come(session)
    record_hours(session)
    count_people(make_held(stay, day=dt.date(2026, 12, 2)), 4, 3)
    make_held(stay, day=dt.date(2026, 12, 30))
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=stay.agency))
    content = client.get(f"/api/ledger/{stay.pk}/months/2026-12-01/report.xlsx").content
    rows = rows_of(content)
    assert [row[2:9] for row in rows] == [
        ("项目", "单位", "约定", "完成", "待核实", "其中更正", "还差"),
        ("活动场次", "场", 3, 2, 0, 0, 0),
        ("人次", "人次", None, 5, 0, 0, None),
        ("人数", "人", None, 4, 0, 0, None),
        ("个案", "个", None, 0, 0, 0, None),
        ("志愿服务", "小时", 10, 1.5, 0, 0, 8.5),
        ("场地使用", "小时", 20, 1.5, 0, 0, None),
    ]
    assert rows[1][0] == "=1+1"
    assert load_workbook(BytesIO(content)).worksheets[0]["A2"].data_type == "s"
    sessions = rows_of(content, 1)
    assert [(row[0], row[4], *row[5:10]) for row in sessions[1:]] == [
        ("12月1日", "公益书屋", 1, 0, 1.5, 1.5, "有"),
        ("12月2日", None, 4, 3, 0, 0, "有"),
    ]


def test_everybody_one_sees_in_one(sign_in: SignIn) -> None:
    stay, other = make_stay(), make_stay()
    client = sign_in(make_person(Role.COORDINATOR, hub=stay.hub))
    rows = rows_of(client.get("/api/ledger/report.xlsx?month=2026-12-01").content)
    assert {row[0] for row in rows[1:]} == {stay.agency.name} != {other.agency.name}
    assert len(rows) == 7


def test_on_paper(sign_in: SignIn) -> None:
    stay = make_stay(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2027, 12, 31))
    make_agreement(stay, owed={"visits": 30})
    come(make_held(stay, day=NOVEMBER))
    _, correction = make_closed(stay, month=NOVEMBER, sessions=1)
    confirm_correction(correction=correction.pk, side="hub", by=make_person())
    client = sign_in(make_person(Role.COORDINATOR, hub=stay.hub))
    for language in ("zh-hans", "en"):
        answer = client.get(f"/api/ledger/{stay.pk}/months/2026-11-01/report.pdf", HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
