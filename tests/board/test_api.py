"""/api/board, /api/today and the panel, over HTTP."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from hub import clock
from hub.journal.models import Entry
from hub.people.models import Person, Role
from scheduling.board.schemas import Board, BoardDay, SessionPanel
from scheduling.sessions.sessions import cancel_session
from tests.board.test_week import assign, book, fill
from tests.support.make import MONDAY, make_agency, make_hub, make_need, make_person, make_program, make_session
from tests.support.queries import count_queries

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_week_by_any_of_its_days(sign_in: SignIn) -> None:
    session = make_session(day=MONDAY + dt.timedelta(days=2))
    client = sign_in(make_person(Role.REGULATOR))
    for week in ("2026-12-14", "2026-12-20", "2026-W51"):
        board = Board.model_validate(client.get("/api/board", {"week": week}).json())
        assert (board.week, [one.id for one in board.sessions]) == (MONDAY, [session.pk])
    assert client.get("/api/board", {"week": "soon"}).status_code == 422


def test_this_week_when_none_is_named(sign_in: SignIn, at_time: Callable[[dt.datetime], None]) -> None:
    client = sign_in(make_person(Role.REGULATOR))
    at_time(clock.at(MONDAY + dt.timedelta(days=6), 23 * 60))
    assert client.get("/api/board").json()["week"] == "2026-12-14"


def test_twelve_queries_with_all_that_signing_in_takes(sign_in: SignIn) -> None:
    hub = make_hub()
    fill(hub, 3)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    assert count_queries(lambda: client.get("/api/board", {"week": "2026-12-14"})) <= 12


def test_unchanged_is_not_sent_again(sign_in: SignIn) -> None:
    make_session()
    client = sign_in(make_person(Role.REGULATOR))
    first = client.get("/api/board", {"week": "2026-12-14"})
    again = client.get("/api/board", {"week": "2026-12-14"}, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    make_session()
    changed = client.get("/api/board", {"week": "2026-12-14"}, headers={"If-None-Match": first["ETag"]})
    assert (changed.status_code, len(changed.json()["sessions"])) == (200, 2)


def test_named_sessions_as_far_as_one_sees_them(sign_in: SignIn) -> None:
    ours, theirs = make_session(), make_session()
    client = sign_in(make_person(Role.COORDINATOR, hub=ours.hub))
    found = client.get("/api/board/sessions", {"ids": [ours.pk, theirs.pk, 999]})
    assert [one["id"] for one in found.json()] == [ours.pk]


def test_today(sign_in: SignIn, at_time: Callable[[dt.datetime], None]) -> None:
    agency = make_agency()
    ours = make_session(program=make_program(agency=agency))
    make_session(program=ours.program, day=MONDAY + dt.timedelta(days=1))
    at_time(clock.at(MONDAY, 60))
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    board = BoardDay.model_validate(client.get("/api/today").json())
    assert (board.day, [one.id for one in board.sessions]) == (MONDAY, [ours.pk])
    assert [one["id"] for one in client.get("/api/today", {"day": "2026-12-16"}).json()["sessions"]] == []


def panel(client: Client, pk: int) -> dict[str, Any]:
    answer = client.get(f"/api/board/sessions/{pk}")
    assert answer.status_code == 200
    SessionPanel.model_validate(answer.json())
    return dict(answer.json())


def test_the_panel_names_people_to_who_calls_them(sign_in: SignIn) -> None:
    worker = make_person(Role.SOCIAL_WORKER, name="袁玉珍")
    session = make_session(duty_worker=worker)
    need = make_need(session=session)
    person = assign(need, "declined").volunteer.person
    coming = assign(need).volunteer.person
    for one, name in ((person, "于秀英"), (coming, "唐德明")):
        one.name = name
        one.save()
    called = panel(sign_in(make_person(Role.COORDINATOR, hub=session.hub)), session.pk)
    assert [(one["name"], one["phone"], one["state"]) for one in called["people"]] == [
        ("唐德明", coming.phone, "accepted"),
        ("于秀英", person.phone, "declined"),
    ]
    assert called["worker"] == {"id": worker.pk, "name": "袁玉珍", "phone": worker.phone}
    watched = panel(sign_in(make_person(Role.REGULATOR)), session.pk)
    assert [(one["name"], one["phone"]) for one in watched["people"]] == [("唐*", ""), ("于*", "")]
    assert (watched["worker"]["phone"], watched["calls"], called["calls"]) == ("", False, True)


def test_the_panel_tells_what_was_done(sign_in: SignIn) -> None:
    session = make_session()
    by = make_person(Role.COORDINATOR, hub=session.hub)
    cancel_session(session_id=session.pk, revision=1, reason="雨", by=by)
    told = panel(sign_in(by), session.pk)
    assert [(entry["action"], entry["by"]) for entry in told["history"]] == [("session.cancelled", by.name)]
    assert (told["state"], told["cancel_reason"]) == ("cancelled", "雨")


def test_a_panel_of_thirty_costs_as_much_as_of_one(sign_in: SignIn) -> None:
    session = make_session(program=make_program(kind="reading"))
    need = make_need(session=session, target=40)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    assign(need), book(session)
    one = count_queries(lambda: panel(client, session.pk))
    for _ in range(29):
        assign(need), book(session)
    assert count_queries(lambda: panel(client, session.pk)) == one


def test_children_go_by_their_first_names_and_reading_them_is_logged(sign_in: SignIn) -> None:
    session = make_session(program=make_program(kind="reading"))
    for name, state in (("于秀英", "booked"), ("李宇", "waiting"), ("张三", "cancelled")):
        child = book(session, state).participant
        child.name = name
        child.save()
    coordinator = make_person(Role.COORDINATOR, hub=session.hub)
    address = f"/api/board/sessions/{session.pk}/bookings"
    names = [(one["name"], one["state"], one["child"]) for one in sign_in(coordinator).get(address).json()]
    assert names == [("秀英", "booked", True), ("宇", "waiting", True)]
    entry = Entry.objects.get(action="bookings.read")
    assert (entry.actor_id, entry.subject) == (coordinator.pk, f"scheduling_sessions.session:{session.pk}")
    assert panel(sign_in(coordinator), session.pk)["history"] == []
    refused = sign_in(make_person(Role.REGULATOR)).get(address)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_the_week_as_a_spreadsheet(sign_in: SignIn) -> None:
    session = make_session(program=make_program(name="=1+1"), places=10)
    make_need(session=session, role="引导员", min=1, target=2)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    answer = client.get("/api/board/week.xlsx", {"week": "2026-12-14"}, headers={"Accept-Language": "zh-hans"})
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    head, line = list(sheet.iter_rows(values_only=True))
    assert head[:3] == ("日期", "时间", "服务站点")
    assert line[:2] == ("12月14日 周一", "09:00-10:30")
    assert (line[4], sheet.cell(2, 5).data_type) == ("=1+1", "s")
    assert (line[6], line[7], line[8]) == ("引导员 0/2：", "没有人，要1人", "0/10")
    english = client.get("/api/board/week.xlsx", {"week": "2026-12-14"}, headers={"Accept-Language": "en"})
    assert next(load_workbook(BytesIO(english.content)).worksheets[0].iter_rows(values_only=True))[0] == "Day"


def test_the_spreadsheet_names_volunteers_to_who_may_know_them(sign_in: SignIn) -> None:
    session = make_session()
    name = assign(make_need(session=session)).volunteer.person.name
    said = {}
    for person in (make_person(Role.COORDINATOR, hub=session.hub), make_person(Role.REGULATOR)):
        answer = sign_in(person).get("/api/board/week.xlsx", {"week": "2026-12-14"})
        cells = [str(cell) for line in load_workbook(BytesIO(answer.content)).worksheets[0].values for cell in line]
        said[person.grants.get().role] = any(name in cell for cell in cells)
    assert said == {"coordinator": True, "regulator": False}
