"""/api/hours, as the pages use it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from hub.places.models import District
from scheduling.attendance.models import Attendance
from scheduling.signups.models import Assignment
from tests.hours.factories import make_record, make_work
from tests.support.make import (
    make_agency,
    make_hub,
    make_need,
    make_person,
    make_program,
    make_session,
    make_volunteer,
)
from tests.support.queries import count_queries
from volunteers.hours.by_hand import approve, correct
from volunteers.hours.confirming import confirm_for_hub, confirm_mine, dispute
from volunteers.hours.models import HoursSettings, ServiceRecord

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
JSON = "application/json"


def confirmed(**values: Any) -> ServiceRecord:
    record = make_record(**values)
    confirm_for_hub(records=[record.pk], by=make_person())
    confirm_mine(record=record.pk, by=record.volunteer.person)
    return record


def make_place(*, ended: dt.timedelta = dt.timedelta(hours=1), **values: Any) -> Assignment:
    """Somebody held a place in a session that ended so long ago."""
    ends_at = clock.now() - ended
    session = make_session(starts_at=ends_at - dt.timedelta(hours=2), ends_at=ends_at, **values)
    now = clock.now()
    return Assignment.objects.create(
        need=make_need(session=session),
        session=session,
        volunteer=make_volunteer(),
        state="accepted",
        source="self",
        created_at=now,
        changed_at=now,
    )


def test_my_hours(sign_in: SignIn, at_time: Callable[[dt.datetime], None]) -> None:
    at_time(clock.at(dt.date(2026, 12, 20)))
    me, reading, meals = make_volunteer(prior_minutes=97 * 60), make_program(name="共读"), make_program(name="送餐")
    confirmed(volunteer=me, work=make_work(program=reading))
    confirmed(volunteer=me, work=make_work(program=reading, day=dt.date(2025, 12, 31)))
    confirmed(volunteer=me, work=make_work(program=meals, minutes=30))
    open_one = make_record(volunteer=me, work=make_work(minutes=45))
    confirmed()
    found = sign_in(me.person).get("/api/hours/mine").json()
    assert {name: found[name] for name in ("minutes", "prior_minutes", "this_year", "open_minutes", "to_answer")} == {
        "minutes": 270,
        "prior_minutes": 97 * 60,
        "this_year": 150,
        "open_minutes": 45,
        "to_answer": 1,
    }
    assert found["stars"] == {"level": 1, "most": 5, "next_minutes": 300 * 60 - 97 * 60 - 270}
    assert [(one["name"], one["times"], one["minutes"]) for one in found["programs"]] == [
        ("共读", 2, 240),
        ("送餐", 1, 30),
    ]
    assert len(found["records"]) == 4
    waiting = next(one for one in found["records"] if one["id"] == open_one.pk)
    assert (waiting["state"], waiting["minutes"], waiting["mine_confirmed"]) == ("entered", 45, False)


def test_my_records_come_in_pages(sign_in: SignIn) -> None:
    me = make_volunteer()
    days = [dt.date(2026, 12, 14) + dt.timedelta(days=number // 2) for number in range(35)]
    keys = [make_record(volunteer=me, work=make_work(day=day)).pk for day in days]
    client = sign_in(me.person)
    first = client.get("/api/hours/mine").json()
    second = client.get(f"/api/hours/mine?before={first['before']}").json()
    assert [one["id"] for one in first["records"] + second["records"]] == sorted(keys, reverse=True)
    assert second["before"] is None


def test_lists_ask_as_often_for_thirty_as_for_one(sign_in: SignIn) -> None:
    hub = make_hub()
    me, staff = make_volunteer(), make_person(Role.COORDINATOR, hub=hub)
    clients = [(sign_in(me.person), "/api/hours/mine"), (sign_in(staff), "/api/hours/desk")]

    def fill() -> None:
        dispute(record=make_record(work=make_work(hub=hub)).pk, words="不对", by=me.person)
        make_record(volunteer=me, work=make_work(hub=hub))
        for volunteer in (me, make_volunteer()):
            away = make_record(volunteer=volunteer, work=make_work(hub=hub))
            correct(record=away.pk, started_at=away.starts_at, ended_at=away.starts_at, reason="没来", by=make_person())
        make_place(hub=hub)

    fill()
    counts = []
    for client, address in clients:
        client.get(address)
        counts.append(count_queries(lambda client=client, address=address: client.get(address)))
    for _ in range(29):
        fill()
    for (client, address), count in zip(clients, counts, strict=True):
        assert count_queries(lambda client=client, address=address: client.get(address)) == count


def test_the_desk_shows_what_waits_where_one_answers(sign_in: SignIn) -> None:
    hub, agency = make_hub(), make_agency()
    coordinator, worker = make_person(Role.COORDINATOR, hub=hub), make_person(Role.SOCIAL_WORKER, agency=agency)
    work = make_work(hub=hub, program=make_program(agency=agency))
    first, second = make_record(work=work), make_record(work=work)
    make_record()
    late = make_place(ended=dt.timedelta(days=30), hub=hub, program=work.program)
    recent = make_place(hub=hub, program=work.program)
    make_place()
    missed = make_place(hub=hub, program=work.program)
    Attendance.objects.create(assignment=missed, missed=True, changed_at=clock.now())
    for person in (coordinator, worker):
        found = sign_in(person).get("/api/hours/desk").json()
        assert [[one["id"] for one in session["records"]] for session in found["to_confirm"]] == [[first.pk, second.pk]]
        owed = [(one["volunteer_id"], one["session_uid"], one["late"]) for one in found["owed"]]
        assert owed == [
            (late.volunteer_id, str(late.session.uid), True),
            (recent.volunteer_id, str(recent.session.uid), False),
        ]
        assert (found["to_confirm_count"], found["late"]) == (2, 1)


def test_a_session_is_confirmed_with_one_tap(sign_in: SignIn) -> None:
    work, other = make_work(), make_record()
    keys = [make_record(work=work).pk for _ in range(2)]
    client = sign_in(make_person(Role.COORDINATOR, hub=work.hub))
    assert client.post("/api/hours/confirm", {"records": [*keys, other.pk]}, JSON).json() == {"confirmed": 2}
    other.refresh_from_db()
    assert other.hub_confirmed_at is None


def test_who_was_in_charge_confirms_without_another_role_there(sign_in: SignIn) -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    record = make_record(work=make_work(in_charge=worker))
    assert sign_in(worker).post("/api/hours/confirm", {"records": [record.pk]}, JSON).json() == {"confirmed": 1}


def test_from_late_list_to_record(sign_in: SignIn) -> None:
    place = make_place(ended=dt.timedelta(days=30))
    session = place.session
    first, second = (make_person(Role.COORDINATOR, hub=session.hub) for _ in range(2))
    wish = {
        "session_uid": str(session.uid),
        "volunteer_id": place.volunteer_id,
        "started_at": session.starts_at.isoformat(),
        "ended_at": session.ends_at.isoformat(),
        "reason": "忘了签到",
    }
    answer = sign_in(first).post("/api/hours/back-entries", wish, JSON)
    assert (answer.status_code, answer.json()["state"], answer.json()["minutes"]) == (201, "awaiting", 120)
    address = f"/api/hours/records/{answer.json()['id']}/approve"
    refused = sign_in(first).post(address)
    assert (refused.status_code, refused.json()["code"]) == (409, "second_person_needed")
    desk = sign_in(second).get("/api/hours/desk").json()
    assert (desk["owed"], [one["by_me"] for one in desk["awaiting"][0]["records"]]) == ([], [False])
    assert sign_in(second).post(address).json()["approved_by"] == second.name
    again = sign_in(first).post("/api/hours/back-entries", wish, JSON)
    assert again.json()["code"] == "already_recorded"
    foreign = sign_in(make_person(Role.COORDINATOR)).post("/api/hours/back-entries", wish, JSON)
    assert (foreign.status_code, foreign.json()["code"]) == (404, "not_found")


def test_a_record_shows_its_history(sign_in: SignIn) -> None:
    record = make_record()
    staff = make_person(Role.COORDINATOR, hub=record.hub)
    mine, theirs = sign_in(record.volunteer.person), sign_in(staff)
    address = f"/api/hours/records/{record.pk}"
    mine.post(f"{address}/dispute", {"words": "我待到了四点"}, JSON)
    times = {"started_at": record.starts_at.isoformat(), "ended_at": record.starts_at.isoformat(), "reason": "没来"}
    theirs.post(f"{address}/correct", times, JSON)
    found = mine.get(address).json()
    assert [(one["words"], one["answer"], one["answered_by"]) for one in found["disputes"]] == [
        ("我待到了四点", "没来", staff.name)
    ]
    assert [(one["minutes"], one["by"], one["approved"]) for one in found["corrections"]] == [(0, staff.name, None)]
    assert (found["state"], found["minutes"]) == ("awaiting", 120)
    naive = theirs.post(f"{address}/correct", times | {"started_at": "2026-12-14T09:00:00"}, JSON)
    assert naive.status_code == 422


def test_exporting_for_the_platform(sign_in: SignIn) -> None:
    District.objects.create(name="綦江区")
    hub = make_hub()
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))
    assert client.post("/api/hours/exports", {}, JSON).json()["code"] == "nothing_to_export"
    record = confirmed(work=make_work(hub=hub, title="=1+1", minutes=90))
    confirmed()
    make_record(work=make_work(hub=hub))
    columns = ["hours", "title", "name", "source"]
    assert client.put("/api/hours/exports/columns", {"columns": columns}, JSON).json() == {"columns": columns}
    for bad, code in ((["hours", "hours"], "columns_unknown"), (["id_number"], "columns_unknown"), ([], "no_columns")):
        assert client.put("/api/hours/exports/columns", {"columns": bad}, JSON).json()["code"] == code
    made = client.post("/api/hours/exports", {}, JSON).json()
    file = client.get(f"/api/hours/exports/{made['id']}/file").content
    page = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    assert [[cell.value for cell in row] for row in page.rows] == [
        ["服务时长（小时）", "活动名称", "姓名", "记录方式"],
        [1.5, "=1+1", record.volunteer.person.name, "扫码签到"],
    ]
    assert page["B2"].data_type == "s"
    assert client.get("/api/hours/exports").json()["waiting"] == 1
    first = client.post(f"/api/hours/exports/{made['id']}/uploaded").json()
    assert client.post(f"/api/hours/exports/{made['id']}/uploaded").json() == first
    assert client.get("/api/hours/exports").json()["waiting"] == 0
    assert client.post("/api/hours/exports", {}, JSON).json()["code"] == "nothing_to_export"
    assert client.post("/api/hours/exports", {"again": True}, JSON).json()["records"] == 1


def test_a_file_holds_what_stands_as_it_was_when_it_was_made(sign_in: SignIn) -> None:
    hub = make_hub()
    by = make_person(Role.COORDINATOR, hub=hub)
    client = sign_in(by)
    columns = ["record", "minutes", "starts", "ends"]
    District.objects.create(name="綦江区")
    client.put("/api/hours/exports/columns", {"columns": columns}, JSON)

    def rows(export: int) -> list[list[object]]:
        file = client.get(f"/api/hours/exports/{export}/file").content
        return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].rows][1:]

    def settle(record: ServiceRecord) -> None:
        approve(record=record.pk, by=make_person())
        confirm_mine(record=record.pk, by=record.volunteer.person)

    early, stands, disputed, changed = (confirmed(work=make_work(hub=hub)) for _ in range(4))
    half = early.starts_at + dt.timedelta(hours=1)
    correct(record=early.pk, started_at=half, ended_at=early.ends_at, reason="晚到", by=by)
    settle(early)
    first = client.post("/api/hours/exports", {}, JSON).json()["id"]
    whole = [[one.pk, 120, "09:00", "11:00"] for one in (stands, disputed, changed)]
    assert rows(first) == [[early.pk, 60, "10:00", "11:00"], *whole], "the times that the minutes are of"
    dispute(record=disputed.pk, words="不对", by=disputed.volunteer.person)
    correct(record=changed.pk, started_at=half, ended_at=changed.ends_at, reason="晚到", by=by)
    settle(changed)
    assert [row[0] for row in rows(first)] == [early.pk, stands.pk]
    client.post(f"/api/hours/exports/{first}/uploaded")
    assert client.get("/api/hours/exports").json()["waiting"] == 1
    second = client.post("/api/hours/exports", {}, JSON).json()["id"]
    assert rows(second) == [[changed.pk, 60, "10:00", "11:00"]]


def test_figures_hold_from_a_day_on(sign_in: SignIn) -> None:
    client, today = sign_in(make_person(Role.ADMINISTRATOR)), clock.today()
    assert client.get("/api/settings/hours").json()["star_hours"] == [100, 300, 600, 1000, 1500]
    wish = {"valid_from": str(today), "star_hours": [1, 2], "silence_days": 3, "entry_working_days": 5}
    assert client.put("/api/settings/hours", wish, JSON).json() == wish
    later = wish | {"valid_from": str(today + dt.timedelta(days=1)), "star_hours": [5]}
    client.put("/api/settings/hours", later, JSON)
    assert client.get("/api/settings/hours").json() == wish
    past = wish | {"valid_from": str(today - dt.timedelta(days=1))}
    assert client.put("/api/settings/hours", past, JSON).json()["code"] == "figures_in_past"
    falling = wish | {"star_hours": [2, 1]}
    assert client.put("/api/settings/hours", falling, JSON).json()["code"] == "stars_not_rising"
    assert HoursSettings.objects.count() == 2
