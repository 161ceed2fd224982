"""A month's ZIP: asked for once, made by the worker, fetched by who may, cleared away."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils.translation import override
from openpyxl import load_workbook

from hub.journal.models import Entry
from hub.people.models import Person, Role
from hub.places.models import Residency
from hub.upkeep import waiting
from scheduling.files.building import build, indicators
from scheduling.files.faces import count_cards
from scheduling.files.models import MonthFile
from scheduling.files.months import DEAD_AFTER, KEPT_FOR, claim, clear_old, path_of, progress
from scheduling.files.photos import path_of as photo_path
from scheduling.files.printing import filed, print_file, session_facts
from scheduling.files.records import Words, finish_record, save_draft
from scheduling.files.tasks import clear_months
from scheduling.residency.models import Agreement
from scheduling.sessions.models import Session
from tests.files.factories import agree, all_came, body_of, make_held, make_photo
from tests.reading.factories import AFTER
from tests.support.make import make_hub, make_person
from tests.support.queries import count_queries

SignIn = Callable[[Person], Client]
AtTime = Callable[[dt.datetime], None]
pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture(autouse=True)
def after_the_session(at_time: AtTime, own_files: None) -> None:
    at_time(AFTER)


def complete(session: Session) -> None:
    by = make_person(name="李社工")
    all_came(session)
    save_draft(session=session.pk, words=Words("读书", "一起读了书", "都高兴", "下周再来"), revision=0, by=by)
    finish_record(session=session.pk, by=by)
    count_cards(session=session.pk, good=3, fair=1, bad=0, by=by)


def wish(session: Session, **values: object) -> dict[str, object]:
    return {"month": "2026-12-01", "agency": session.program.agency_id, "hub": session.hub_id} | values


def test_from_asking_to_fetching(sign_in: SignIn) -> None:
    session, _, (booking,) = make_held()
    agree(booking)
    complete(session)
    make_photo(session)
    other, _, _ = make_held(hub=session.hub, program=session.program, start=600, minutes=30)
    boss = make_person(Role.COORDINATOR, hub=session.hub)
    client = sign_in(boss)
    (choice,) = client.get("/api/files/months?month=2026-12-01").json()["choices"]
    assert (choice["sessions"], choice["lacking"]) == (2, 1)
    made = client.post("/api/files/months", wish(session), JSON).json()
    assert (made["state"], made["sessions"], made["kept"]) == ("queued", 2, False)
    assert client.post("/api/files/months", wish(session), JSON).json()["code"] == "export_in_progress"
    build(made["id"])
    (ready,) = client.get("/api/files/months").json()["files"]
    assert (ready["state"], ready["done"], ready["kept"]) == ("ready", 2, True)
    sent = body_of(client.get(f"/api/files/months/{made['id']}/file"))
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        assert sorted(archive.namelist()) == ["files.pdf", "index.xlsx"]
        assert archive.read("files.pdf")[:5] == b"%PDF-"
        rows = list(load_workbook(io.BytesIO(archive.read("index.xlsx"))).active.values)
    assert [(row[2], *row[4:]) for row in rows[1:]] == [
        (session.program.name, 1, 1, 3, 1, 0, None),
        (other.program.name, 0, 0, 0, 0, 0, "签到表、活动记录、照片、满意度"),
    ]
    assert ready["bytes"] == len(sent)
    deeds = Entry.objects.filter(action__startswith="month.").order_by("pk").values_list("action", "actor_id")
    assert list(deeds) == [("month.requested", boss.pk), ("month.fetched", boss.pk)]


def test_many_sessions_are_several_pdfs(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Named by the sessions' numbers in the index."""
    session, _, (booking,) = make_held()
    make_photo(session, booking)
    for start in (540, 600):
        make_held(hub=session.hub, program=session.program, start=start, minutes=30)
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    monkeypatch.setattr("scheduling.files.building.PER_PDF", 2)
    made = client.post("/api/files/months", wish(session), JSON).json()
    build(made["id"])
    with zipfile.ZipFile(io.BytesIO(body_of(client.get(f"/api/files/months/{made['id']}/file")))) as archive:
        assert archive.namelist() == ["files-1-2.pdf", "files-3-3.pdf", "index.xlsx"]
        assert {archive.read(name)[:5] for name in archive.namelist()[:2]} == {b"%PDF-"}


def test_only_for_what_one_runs(sign_in: SignIn) -> None:
    session, _, _ = make_held()
    elsewhere = sign_in(make_person(Role.COORDINATOR))
    assert elsewhere.get("/api/files/months?month=2026-12-01").json()["choices"] == []
    assert elsewhere.post("/api/files/months", wish(session), JSON).json()["code"] == "nothing_held"
    own = sign_in(make_person(Role.SOCIAL_WORKER, agency=session.program.agency))
    made = own.post("/api/files/months", wish(session), JSON).json()
    build(made["id"])
    assert elsewhere.get(f"/api/files/months/{made['id']}/file").status_code == 404
    assert body_of(own.get(f"/api/files/months/{made['id']}/file"))[:2] == b"PK"
    assert own.post("/api/files/months", wish(session, month="2026-12-02"), JSON).json()["code"] == "not_a_month"


def test_what_was_held_at_a_meal_point_is_its_hub_s_stay(sign_in: SignIn) -> None:
    session, _, _ = make_held()
    agency, hub = session.program.agency, session.hub
    point = make_hub(parent=hub)
    make_held(hub=point, program=session.program, start=600, minutes=30)
    boss = sign_in(make_person(Role.SOCIAL_WORKER, agency=agency))

    def choices() -> list[tuple[int, int]]:
        told = boss.get("/api/files/months?month=2026-12-01").json()["choices"]
        return sorted((one["hub"], one["sessions"]) for one in told)

    assert choices() == [(hub.pk, 1), (point.pk, 1)]
    Residency.objects.create(agency=agency, hub=hub)
    assert choices() == [(hub.pk, 2)]
    assert boss.post("/api/files/months", wish(session), JSON).json()["sessions"] == 2
    Residency.objects.create(agency=agency, hub=point)
    assert choices() == [(hub.pk, 1), (point.pk, 1)]


def test_who_runs_a_meal_point_alone_has_its_sessions_alone(sign_in: SignIn) -> None:
    session, _, _ = make_held()
    agency, hub = session.program.agency, session.hub
    point = make_hub(parent=hub)
    at_point, _, _ = make_held(hub=point, program=session.program, start=600, minutes=30)
    Residency.objects.create(agency=agency, hub=hub)
    boss = sign_in(make_person(Role.COORDINATOR, hub=point))
    told = boss.get("/api/files/months?month=2026-12-01").json()["choices"]
    assert [(one["hub"], one["sessions"]) for one in told] == [(point.pk, 1)]
    assert boss.post("/api/files/months", wish(session), JSON).json()["code"] == "nothing_held"
    made = boss.post("/api/files/months", wish(at_point), JSON).json()
    build(made["id"])
    sent = body_of(boss.get(f"/api/files/months/{made['id']}/file"))
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        rows = list(load_workbook(io.BytesIO(archive.read("index.xlsx"))).active.values)
    assert [row[3] for row in rows[1:]] == [point.name]


def test_a_photo_whose_file_is_gone_is_left_out_and_told_of(sign_in: SignIn) -> None:
    session, _, (booking,) = make_held()
    lost, kept = make_photo(session, booking), make_photo(session, booking)
    default_storage.delete(photo_path(lost, small=True))
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    made = client.post("/api/files/months", wish(session), JSON).json()
    build(made["id"])
    (ready,) = client.get("/api/files/months").json()["files"]
    assert (ready["state"], ready["photos_lost"]) == ("ready", 1)
    with override("en"), TemporaryDirectory() as folder:
        facts = session_facts(filed([session])[0], False, "en", Path(folder))
    assert facts["photos"] == [f"{kept.name}.jpg"]
    assert facts["photos_lost"] == "1 of the photos could not be found and are left out."


def test_a_worker_given_up_for_dead_writes_nothing(at_time: AtTime) -> None:
    session, _, _ = make_held()
    row = MonthFile.objects.create(
        agency=session.program.agency, hub=session.hub, month=dt.date(2026, 12, 1), language="zh-hans", sessions=1,
        requested_by=make_person(), created_at=AFTER,
    )  # fmt: skip
    first = claim(row.pk)
    assert first is not None
    assert claim(row.pk) is None
    at_time(AFTER + DEAD_AFTER + dt.timedelta(seconds=1))
    second = claim(row.pk)
    assert second is not None
    assert (progress(first, 1), progress(second, 1)) == (False, True)
    at_time(AFTER + 3 * DEAD_AFTER)
    assert claim(row.pk) is None
    row.refresh_from_db()
    assert row.state == "failed"


def test_kept_for_a_week(sign_in: SignIn, at_time: AtTime) -> None:
    session, _, _ = make_held()
    client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
    made = client.post("/api/files/months", wish(session), JSON).json()
    build(made["id"])
    name = MonthFile.objects.get().name
    clear_old()
    assert default_storage.exists(path_of(name))
    at_time(AFTER + KEPT_FOR + dt.timedelta(minutes=1))
    clear_old()
    assert not default_storage.exists(path_of(name))
    assert client.get(f"/api/files/months/{made['id']}/file").status_code == 404
    assert [one["kept"] for one in client.get("/api/files/months").json()["files"]] == [False]


def test_clearing_goes_on_while_a_file_is_kept(sign_in: SignIn, at_time: AtTime) -> None:
    """Of two months made days apart the second goes, too, whichever of them had the clearing queued."""
    for later in (0, 3):
        at_time(AFTER + dt.timedelta(days=later))
        session, _, _ = make_held(start=420 + 60 * later)
        client = sign_in(make_person(Role.COORDINATOR, hub=session.hub))
        build(client.post("/api/files/months", wish(session), JSON).json()["id"])
    assert waiting(clear_months).count() == 1
    for moment in (KEPT_FOR, KEPT_FOR + dt.timedelta(days=3)):
        (due,) = waiting(clear_months)
        at_time(max(AFTER + moment, due.run_after))
        waiting(clear_months).delete()
        clear_months.func()
    assert not MonthFile.objects.exclude(name="").exists()


def test_children_by_name_only_where_that_was_asked_for(tmp_path: Path) -> None:
    session, place, (booking,) = make_held()
    booking.participant.name = "王乐乐"
    booking.participant.save()
    (one,) = filed([Session.objects.select_related("program__agency", "hub").get(pk=session.pk)])
    short = session_facts(one, False, "zh_Hans", tmp_path)
    assert [row[0] for row in short["children"]] == ["王*"]
    assert [row[0] for row in short["volunteers"]] == [place.volunteer.person.name]
    assert session_facts(one, True, "zh_Hans", tmp_path)["children"][0][0] == "王乐乐"


def test_no_photo_that_is_to_be_looked_at_again_is_printed(tmp_path: Path) -> None:
    session, _, (booking,) = make_held()
    photo = make_photo(session, booking)
    assert len(filed([session])[0].photos) == 1
    photo.not_shown.all().delete()
    assert filed([session])[0].photos == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_one_file_on_paper(language: str) -> None:
    session, _, (booking,) = make_held()
    complete(session)
    make_photo(session, booking)
    assert print_file(session, full_names=True, language=language)[:5] == b"%PDF-"


def test_printing_is_a_deed_and_says_with_which_names(sign_in: SignIn) -> None:
    session, _, _ = make_held()
    boss = make_person(Role.COORDINATOR, hub=session.hub)
    answer = sign_in(boss).get(f"/api/files/sessions/{session.pk}/paper?names=true")
    assert answer["Content-Type"] == "application/pdf"
    entry = Entry.objects.get(action="file.printed")
    assert (entry.actor_id, entry.facts) == (boss.pk, {"full_names": True})


def test_many_files_ask_no_more_of_the_database() -> None:
    first, _, _ = make_held()
    filed([first])
    sessions = [first, *(make_held(hub=first.hub, start=480 + number, minutes=30)[0] for number in range(29))]
    assert count_queries(lambda: filed(sessions)) == count_queries(lambda: filed([first]))


def test_a_fault_ends_it_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    session, _, _ = make_held()
    row = MonthFile.objects.create(
        agency=session.program.agency, hub=session.hub, month=dt.date(2026, 12, 1), language="zh-hans", sessions=1,
        requested_by=make_person(), created_at=AFTER,
    )  # fmt: skip
    monkeypatch.setattr("scheduling.files.building.TEMPLATE", Path("/nowhere.typ"))
    with pytest.raises(FileNotFoundError):
        build(row.pk)
    row.refresh_from_db()
    assert (row.state, row.name) == ("failed", "")


def test_the_agreements_indicators_stand_on_the_cover() -> None:
    session, _, _ = make_held()
    all_came(session)
    row = MonthFile(agency=session.program.agency, hub=session.hub, month=dt.date(2026, 12, 1))
    assert indicators(row) == []
    stay = Residency.objects.create(agency=row.agency, hub=row.hub)
    owed = {"sessions": 1, "volunteer_minutes": 90}
    Agreement.objects.create(residency=stay, valid_from=row.month, owed=owed, by=make_person(), at=AFTER)
    with override("zh-hans"):
        assert indicators(row) == [["开展活动（场）", "1", "1", "完成"], ["志愿服务（小时）", "1.5", "0.0", "落后"]]
