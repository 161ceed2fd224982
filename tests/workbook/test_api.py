"""/api/imports: look, confirm; an hour, one owner, checked again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hub import clock
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Hub, Room
from hub.workbook.confirm import import_workbook
from hub.workbook.models import Upload
from hub.workbook.reading import MAX_BYTES, read_workbook
from hub.workbook.tasks import forget_expired
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import add_session
from tests.support.make import make_agency, make_hub, make_person, make_program
from tests.support.queries import count_queries
from tests.workbook.files import AGENCY, HUB, SOUND, Change, only, workbook

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 23, 4, tzinfo=dt.UTC)
SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def _now(at_time: Any) -> None:
    at_time(NOW)


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in(make_person(Role.ADMINISTRATOR))


def upload(client: Client, data: bytes, name: str = "week.xlsx") -> Any:
    return client.post("/api/imports", {"file": SimpleUploadedFile(name, data)})


def test_look_then_confirm(admin: Client) -> None:
    answer = upload(admin, workbook())
    preview = answer.json()
    assert (answer.status_code, preview["state"], preview["week"], preview["fault_count"]) == (
        *(200, "preview", "2026-12-14"),
        0,
    )
    assert preview["sheets"][0] == {"sheet": "服务站点", "created": 2, "changed": 0, "same": 0, "faulty": 0}
    assert Hub.objects.count() == 0
    assert admin.get(f"/api/imports/{preview['id']}").json() == preview
    confirmed = admin.post(f"/api/imports/{preview['id']}/confirm").json()
    assert (confirmed["state"], Session.objects.count()) == ("confirmed", 3)
    row = Upload.objects.get()
    assert (row.state, row.content) == ("confirmed", None)
    again = admin.post(f"/api/imports/{preview['id']}/confirm")
    assert (again.status_code, again.json()["code"]) == (409, "already_imported")


def test_faults_come_with_their_cells(admin: Client) -> None:
    preview = upload(admin, workbook(("场次", "F3", "2026-12-15 16:00"))).json()
    assert [(one["sheet"], one["row"], one["letter"], one["code"]) for one in preview["faults"]] == [
        ("场次", 3, "F", "ends_before_start")
    ]
    assert preview["faults"][0]["message"] == "结束要晚于开始；过了零点才结束的，请把日期也写上。"
    grid = preview["grids"][0]
    assert (grid["sheet"], grid["letters"], grid["header_row"]) == ("场次", list("ABCDEFGHI"), 1)
    assert [(row["row"], row["cells"][5]) for row in grid["rows"]] == [
        (2, "2026/12/14 18:00"),
        (3, "2026-12-15 16:00"),
        (4, "2026-12-16 12:00"),
    ]
    refused = admin.post(f"/api/imports/{preview['id']}/confirm").json()
    assert (refused["state"], refused["fault_count"], Hub.objects.count()) == ("preview", 1, 0)


def test_the_waiting_file_is_sealed(admin: Client) -> None:
    data = workbook()
    upload(admin, data)
    kept = bytes(Upload.objects.get().content)
    assert (data[:200] in kept, kept[:2] == b"PK") == (False, False)


def test_a_preview_lives_an_hour(admin: Client, at_time: Any) -> None:
    number = upload(admin, workbook()).json()["id"]
    at_time(NOW + dt.timedelta(minutes=59))
    assert admin.get(f"/api/imports/{number}").status_code == 200
    at_time(NOW + dt.timedelta(minutes=60))
    for answer in (admin.get(f"/api/imports/{number}"), admin.post(f"/api/imports/{number}/confirm")):
        assert (answer.status_code, answer.json()["code"]) == (409, "preview_expired")
    assert Hub.objects.count() == 0
    forget_expired.call()
    assert Upload.objects.get(pk=number).content is None


def test_a_new_file_replaces_the_one_that_waits(admin: Client) -> None:
    first = upload(admin, workbook()).json()["id"]
    upload(admin, workbook())
    assert admin.get(f"/api/imports/{first}").json()["code"] == "preview_expired"


def test_checked_again_on_confirm(admin: Client) -> None:
    """The room was free when they looked; meanwhile somebody took it."""
    import_workbook(data=workbook(sheets=only("服务站点", "场地")), file_name="places.xlsx")
    number = upload(admin, workbook()).json()["id"]
    hub = Hub.objects.get(name=HUB)
    day = dt.date(2026, 12, 14)
    add_session(
        program=make_program(kind="group"),
        hub=hub,
        room=Room.objects.get(hub=hub, name="书屋"),
        starts_at=clock.at(day, 17 * 60),
        ends_at=clock.at(day, 19 * 60),
        by=None,
    )
    answer = admin.post(f"/api/imports/{number}/confirm").json()
    assert [(one["row"], one["column"], one["code"]) for one in answer["faults"]] == [(2, "场地名称", "room_taken")]
    assert (answer["state"], Session.objects.count()) == ("preview", 1)


def test_what_somebody_changes_before_the_confirmation_stays(admin: Client) -> None:
    """A cell of the file changed, and only that; on confirming, another had changed it in the app, too."""
    import_workbook(data=workbook(), file_name="week.xlsx")
    changes = [("场次", "I2", "带书来"), ("场次", "I3", "带伞来")]
    preview = upload(admin, workbook(*changes)).json()
    assert ({one["sheet"]: one["changed"] for one in preview["sheets"] if one["changed"]}, preview["conflicts"]) == (
        {"场次": 2},
        [],
    )
    Session.objects.filter(code="A1").update(note="带笔来")
    answer = admin.post(f"/api/imports/{preview['id']}/confirm").json()
    told = [
        (one["sheet"], one["letter"], one["row"], one["file_value"], one["app_value"]) for one in answer["conflicts"]
    ]
    assert (answer["state"], told) == ("confirmed", [("场次", "I", 2, "带书来", "带笔来")])
    assert dict(Session.objects.values_list("code", "note")) == {"A1": "带笔来", "A2": "带伞来", "A3": "自带水杯"}


def test_a_sheet_that_lacks_is_told_without_cells(admin: Client) -> None:
    preview = upload(admin, workbook(sheets={"岗位需求": SOUND["岗位需求"]})).json()
    assert [(one["sheet"], one["row"], one["code"]) for one in preview["faults"]] == [("场次", 0, "sheet_missing")]
    assert (preview["grids"], preview["week_told"]) == ([], False)


@pytest.mark.parametrize(
    ("data", "code"), [(b"hello", "not_a_workbook"), (bytes(MAX_BYTES + 1), "file_too_large")], ids=["text", "large"]
)
def test_refused_files_are_named_and_not_kept(admin: Client, data: bytes, code: str) -> None:
    answer = upload(admin, data)
    assert (answer.status_code, answer.json()["code"], Upload.objects.count()) == (409, code, 0)


def test_no_file_at_all(admin: Client) -> None:
    assert admin.post("/api/imports").status_code == 422


def test_a_long_name_is_cut(admin: Client) -> None:
    assert upload(admin, workbook(), "长" * 300 + ".xlsx").status_code == 200


GRANTS: list[tuple[Change, ...]] = [
    (("工作人员", "A2", "新管理员"),),
    (("工作人员", "A2", "新监督员"), ("工作人员", "C2", "监督员")),
    (("工作人员", "A3", "新协调员"), ("工作人员", "D3", "别的联合体")),
    (("工作人员", "A4", "新社工"), ("工作人员", "D4", "别的机构")),
]


@pytest.mark.parametrize("changes", GRANTS, ids=lambda one: str(one[0][2]))
def test_a_coordinator_grants_no_more_than_is_theirs(sign_in: SignIn, changes: tuple[Change, ...]) -> None:
    import_workbook(data=workbook(), file_name="week.xlsx")
    make_hub(name="别的联合体")
    make_agency(name="别的机构")
    coordinator = make_person(Role.COORDINATOR, hub=Hub.objects.get(name=HUB))
    preview = upload(sign_in(coordinator), workbook(*changes)).json()
    row = int(changes[0][1][1:])
    assert [(one["row"], one["code"]) for one in preview["faults"]] == [(row, "role_not_yours")]


def test_a_coordinator_imports_a_week_with_own_people(sign_in: SignIn) -> None:
    import_workbook(data=workbook(), file_name="week.xlsx")
    coordinator = make_person(Role.COORDINATOR, hub=Hub.objects.get(name=HUB))
    client = sign_in(coordinator)
    changes = [("工作人员", "A3", "新协调员"), ("工作人员", "A4", "新社工"), ("场次", "H2", None), ("场次", "H3", None)]
    number = upload(client, workbook(*changes)).json()["id"]
    assert client.post(f"/api/imports/{number}/confirm").json()["state"] == "confirmed"
    granted = RoleGrant.objects.filter(granted_by=coordinator).values_list("role", "person__name")
    assert sorted(granted) == [("coordinator", "新协调员"), ("social_worker", "新社工")]
    assert RoleGrant.objects.filter(role="social_worker", agency__name=AGENCY).count() == 2


def test_the_template_downloads(admin: Client) -> None:
    answer = admin.get("/api/imports/template")
    assert answer["Content-Disposition"].startswith("attachment")
    sheets = read_workbook(answer.content)
    assert [sheet.name for sheet in sheets] == list(SOUND)
    headers = {sheet.name: list(sheet.rows[1].values()) for sheet in sheets}
    assert headers == {name: rows[0] for name, rows in SOUND.items()}
    assert [sheet.name for sheet in sheets if len(sheet.rows) > 1] == []


def test_history_shows_imports_of_all_and_ones_own_preview(admin: Client, sign_in: SignIn) -> None:
    import_workbook(data=workbook(), file_name="first.xlsx")
    upload(admin, workbook(), "mine.xlsx")
    upload(sign_in(make_person(Role.ADMINISTRATOR)), workbook(), "theirs.xlsx")
    rows = [(row["file_name"], row["state"], row["created"], row["week"]) for row in admin.get("/api/imports").json()]
    total = sum(len(rows) - 1 for rows in SOUND.values())
    assert rows == [("mine.xlsx", "preview", 0, None), ("first.xlsx", "confirmed", total, "2026-12-14")]


def test_history_takes_as_many_queries_for_many(admin: Client) -> None:
    def add(n: int) -> None:
        Upload.objects.bulk_create(
            Upload(person_id=0, file_name="x", state="confirmed", created_at=NOW, expires_at=NOW) for _ in range(n)
        )

    add(1)
    admin.get("/api/imports")
    few = count_queries(lambda: admin.get("/api/imports"))
    add(29)
    assert count_queries(lambda: admin.get("/api/imports")) == few
