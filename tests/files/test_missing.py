"""档案缺什么: what is held, what its file lacks, when it is late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hub import clock
from hub.people.models import Person, Role
from scheduling.attendance.models import Attendance, ChildAttendance
from scheduling.files.faces import count_cards
from scheduling.files.records import Words, finish_record, go_without, save_draft
from scheduling.sessions.models import Session
from tests.files.factories import all_came, make_held, make_photo
from tests.reading.factories import AFTER, DAY
from tests.support.make import make_agency, make_hub, make_person, make_program, make_session
from tests.support.queries import count_queries
from volunteers.hours.models import ServiceRecord

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
ALL = ["sheet", "record", "photos", "faces"]


@pytest.fixture(autouse=True)
def after_the_session(at_time: AtTime) -> None:
    at_time(AFTER)


@pytest.fixture
def boss(sign_in: SignIn) -> tuple[Client, Any]:
    hub = make_hub()
    return sign_in(make_person(Role.COORDINATOR, hub=hub)), hub


def lacks(client: Client, query: str = "") -> dict[int, list[str]]:
    return {one["session"]["id"]: one["lacks"] for one in client.get(f"/api/files{query}").json()["files"]}


def test_one_after_another_is_seen_to(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    session, _, (booking,) = make_held(hub=hub)
    by = make_person()
    assert lacks(client) == {session.pk: ALL}
    all_came(session)
    assert lacks(client) == {session.pk: ALL[1:]}
    save_draft(session=session.pk, words=Words(process="读了书"), revision=0, by=by)
    finish_record(session=session.pk, by=by)
    assert lacks(client) == {session.pk: ["photos", "faces"]}
    make_photo(session, booking)
    assert lacks(client) == {session.pk: ["faces"]}
    count_cards(session=session.pk, good=0, fair=0, bad=0, by=by)
    assert lacks(client) == {session.pk: ["faces"]}
    count_cards(session=session.pk, good=5, fair=1, bad=0, by=by)
    assert lacks(client) == {}


def test_what_it_goes_without_is_not_asked_for(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    session, _, _ = make_held(hub=hub)
    go_without(session=session.pk, sheet=True, photos=True, faces=True, by=make_person())
    assert lacks(client) == {session.pk: ["record"]}


def test_a_photo_to_look_at_again_is_lacking(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    session, _, (booking,) = make_held(hub=hub)
    photo = make_photo(session, booking)
    photo.not_shown.all().delete()
    assert lacks(client) == {session.pk: ["sheet", "record", "review", "faces"]}


def test_the_sheet_lacks_whom_nobody_said_anything_of(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    session, place, (booking,) = make_held(hub=hub)
    ChildAttendance.objects.create(booking=booking, arrived_at=session.starts_at, changed_at=AFTER)
    assert lacks(client)[session.pk] == ALL
    noted = Attendance.objects.create(assignment=place, missed=True, changed_at=AFTER)
    assert lacks(client)[session.pk] == ALL[1:]
    noted.delete()
    record = ServiceRecord.objects.create(
        volunteer=place.volunteer, session_uid=session.uid, title="共读", program=session.program, hub=hub,
        starts_at=session.starts_at, ends_at=session.ends_at, started_at=session.starts_at,
        ended_at=session.ends_at, minutes=90, state="entered", source="back_entry", entered_at=AFTER, due_on=DAY,
        silent_until=AFTER,
    )  # fmt: skip
    assert lacks(client)[session.pk] == ALL[1:]
    record.state = "rejected"
    record.save()
    assert lacks(client)[session.pk] == ALL


def test_only_what_was_held_and_lately(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    make_session(hub=hub)  # nobody had a place
    make_held(hub=hub, state="cancelled")
    make_held(hub=hub, start=660)
    make_held(hub=hub, day=DAY - dt.timedelta(weeks=9))
    make_held()
    assert lacks(client) == {}


def test_late_after_ten_working_days_the_oldest_first(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    late, _, _ = make_held(hub=hub, day=dt.date(2026, 11, 27))  # a Friday, fifteen days' walk of ten working days
    in_time, _, _ = make_held(hub=hub, day=dt.date(2026, 11, 30))
    found = client.get("/api/files").json()
    assert [(one["session"]["id"], one["due_on"]) for one in found["files"]] == [
        (late.pk, "2026-12-11"),
        (in_time.pk, "2026-12-14"),
    ]
    assert (found["count"], found["late"]) == (2, 1)
    assert lacks(client, "?late=true") == {late.pk: ALL}


def test_an_agency_sees_its_own_and_whoever_was_on_duty(sign_in: SignIn) -> None:
    agency, hub = make_agency(), make_hub()
    own, _, _ = make_held(hub=hub, program=make_program(kind="reading", agency=agency))
    make_held(hub=hub)
    worker = make_person(Role.SOCIAL_WORKER, agency=agency)
    duty, _, _ = make_held(duty_worker=worker)
    assert set(lacks(sign_in(worker))) == {own.pk, duty.pk}


def test_a_long_list_asks_no_more_of_the_database(boss: tuple[Client, Any]) -> None:
    client, hub = boss
    make_held(hub=hub)
    client.get("/api/files")
    few = count_queries(lambda: client.get("/api/files"))
    for number in range(29):
        make_held(hub=hub, start=480 + number, minutes=30)
    assert count_queries(lambda: client.get("/api/files")) == few
    page = client.get("/api/files").json()
    rest = client.get(f"/api/files?skip={page['size']}").json()
    assert (len(page["files"]), page["more"], len(rest["files"]), rest["more"]) == (20, True, 10, False)


def test_one_file_asks_no_more_for_thirty_children(sign_in: SignIn) -> None:
    hub = make_hub()
    few, _, _ = make_held(hub=hub)
    many, _, _ = make_held(30, hub=hub)
    for session in (few, many):
        all_came(session)
    client = sign_in(make_person(Role.COORDINATOR, hub=hub))

    def opening(session: Session) -> int:
        return count_queries(lambda: client.get(f"/api/files/sessions/{session.pk}"))

    opening(few)
    assert opening(many) == opening(few)


def test_due_days_skip_holidays() -> None:
    from scheduling.files.missing import Due

    session, _, _ = make_held(day=dt.date(2026, 9, 18))
    due = Due().of(session)
    assert due > clock.add_working_days(dt.date(2026, 9, 18), 10, {})
