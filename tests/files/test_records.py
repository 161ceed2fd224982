"""The record: saved as it is typed by one at a time, finished once it is over, opened again on record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from hub.errors import Refused
from hub.journal.models import Entry
from hub.live.models import Event
from hub.live.topics import may_listen
from hub.people.models import Person, Role
from scheduling.files.models import SessionFile
from scheduling.files.my_data import Files
from scheduling.files.records import Words, finish_record, go_without, reopen_record, save_draft
from tests.files.factories import make_held
from tests.reading.factories import AFTER, BEFORE
from tests.support.make import make_agency, make_person, make_program

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
WORDS = Words("让孩子爱上读书", "一起读了《小兔子找外婆》", "小宝今天主动发言", "下周请他领读")
JSON = "application/json"


@pytest.fixture(autouse=True)
def after_the_session(at_time: AtTime) -> None:
    at_time(AFTER)


def deeds() -> list[str]:
    return list(Entry.objects.filter(action__startswith="file.").order_by("pk").values_list("action", flat=True))


def test_a_draft_is_saved_in_whole_and_encrypted() -> None:
    session, _, _ = make_held()
    by = make_person()
    save_draft(session=session.pk, words=Words(WORDS.aim), revision=0, by=by)
    file = save_draft(session=session.pk, words=WORDS, revision=1, by=by)
    file.refresh_from_db()
    assert (file.aim, file.process, file.noticed, file.follow_up) == tuple(vars(WORDS).values())
    assert (file.revision, file.written_by, deeds()) == (2, by, ["file.drafted"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT aim, process, noticed, follow_up FROM files_sessionfile")
        assert [text for text in vars(WORDS).values() if text in str(cursor.fetchall())] == []


def test_who_writes_over_another_is_told() -> None:
    session, _, _ = make_held()
    save_draft(session=session.pk, words=WORDS, revision=0, by=make_person())
    with pytest.raises(Refused, match="record_outdated"):
        save_draft(session=session.pk, words=Words("别的"), revision=0, by=make_person())
    assert SessionFile.objects.get().aim == WORDS.aim


def test_finished_it_stands_until_it_is_opened_again() -> None:
    session, _, _ = make_held()
    by = make_person()
    with pytest.raises(Refused, match="process_missing"):
        finish_record(session=session.pk, by=by)
    save_draft(session=session.pk, words=WORDS, revision=0, by=by)
    file = finish_record(session=session.pk, by=by)
    assert (file.finished_by, file.finished_at) == (by, AFTER)
    assert finish_record(session=session.pk, by=make_person()).finished_by == by
    with pytest.raises(Refused, match="record_finished"):
        save_draft(session=session.pk, words=WORDS, revision=1, by=by)
    assert reopen_record(session=session.pk, by=by).finished_at is None
    assert deeds() == ["file.drafted", "file.finished", "file.reopened"]


def test_not_finished_before_it_is_over(at_time: AtTime) -> None:
    session, _, _ = make_held()
    at_time(BEFORE)
    save_draft(session=session.pk, words=WORDS, revision=0, by=make_person())
    with pytest.raises(Refused, match="not_over_yet"):
        finish_record(session=session.pk, by=make_person())


def test_a_cancelled_session_has_no_file() -> None:
    session, _, _ = make_held(state="cancelled")
    with pytest.raises(Refused, match="session_cancelled"):
        save_draft(session=session.pk, words=WORDS, revision=0, by=make_person())
    assert SessionFile.objects.count() == 0


def test_the_aim_of_the_last_time_is_offered(sign_in: SignIn) -> None:
    agency = make_agency()
    program = make_program(kind="reading", agency=agency)
    first, _, _ = make_held(program=program)
    client = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))
    draft = vars(WORDS) | {"revision": 0}
    assert client.put(f"/api/files/sessions/{first.pk}/record", draft, JSON).json()["revision"] == 1
    assert client.post(f"/api/files/sessions/{first.pk}/record/finish").json()["finished_at"] is not None
    second, _, _ = make_held(program=program, hub=first.hub, start=600, minutes=30)
    assert client.get(f"/api/files/sessions/{second.pk}").json()["earlier_aim"] == WORDS.aim


def test_every_opening_is_a_deed_and_saving_is_none_of_them(sign_in: SignIn) -> None:
    session, place, (booking,) = make_held()
    boss = make_person(Role.COORDINATOR, hub=session.hub)
    client = sign_in(boss)
    found = client.get(f"/api/files/sessions/{session.pk}")
    assert found["Cache-Control"] == "no-store"
    assert [line["name"] for line in found.json()["volunteers"]] == [place.volunteer.person.name]
    assert [line["name"] for line in found.json()["children"]] == [booking.participant.name]
    reads = Entry.objects.filter(action="file.read").values_list("actor_id", "subject", "facts")
    assert list(reads) == [(boss.pk, f"scheduling_sessions.session:{session.pk}", {})]


def test_what_it_goes_without_is_journaled_once() -> None:
    session, _, _ = make_held()
    for _ in range(2):
        go_without(session=session.pk, sheet=False, photos=True, faces=False, by=make_person())
    assert deeds() == ["file.without"]


def test_who_was_on_duty_keeps_the_file_of_another_agency(sign_in: SignIn) -> None:
    worker = make_person(Role.SOCIAL_WORKER)
    session, _, _ = make_held(duty_worker=worker)
    assert sign_in(worker).get(f"/api/files/sessions/{session.pk}").status_code == 200
    regulator = sign_in(make_person(Role.REGULATOR))
    assert regulator.get(f"/api/files/sessions/{session.pk}").json()["code"] == "role_missing"


def test_the_site_and_the_agency_hear_of_it() -> None:
    session, _, _ = make_held()
    go_without(session=session.pk, sheet=False, photos=True, faces=False, by=make_person())
    told = Event.objects.filter(kind="file.changed").order_by("topic__name").values_list("topic__name", "ids")
    agency = session.program.agency_id
    assert list(told) == [(name, {"session": [session.pk]}) for name in (f"hub:{session.hub_id}", f"team:{agency}")]
    assert may_listen(make_person(Role.SOCIAL_WORKER, agency=session.program.agency).pk, f"team:{agency}")
    assert not may_listen(make_person(Role.SOCIAL_WORKER).pk, f"team:{agency}")


def test_who_is_erased_stands_in_no_record_nor_comes_back_with_a_page_opened_before() -> None:
    session, _, (booking,) = make_held()
    child, by = booking.participant, make_person()
    child.name = "王小宝"
    child.save()
    save_draft(session=session.pk, words=Words(process="王小宝读了书，小宝很高兴"), revision=0, by=by)
    Files().erase(child.pk, by)
    assert SessionFile.objects.get().process == "*读了书，*很高兴"
    with pytest.raises(Refused, match="record_outdated"):
        save_draft(session=session.pk, words=Words(process="王小宝读了书"), revision=1, by=by)
