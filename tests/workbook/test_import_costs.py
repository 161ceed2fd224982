"""What an import asks of the database, however many rows it has."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from hub.workbook import confirm
from hub.workbook.confirm import import_workbook
from scheduling.sessions.models import Session
from tests.support.queries import count_queries
from tests.workbook.bringing import ROWS, bring
from tests.workbook.files import SOUND, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


def many(volunteers: int) -> bytes:
    rows = [SOUND["志愿者"][0]]
    for number in range(volunteers):
        rows.append([f"志愿者{number}", f"199302{number:06d}", *SOUND["志愿者"][1][2:]])
    return workbook(sheets={**SOUND, "志愿者": rows})


def test_a_preview_takes_as_many_queries_for_many_rows() -> None:
    import_workbook(data=many(30), file_name="x")
    few, lots = (count_queries(lambda n=n: import_workbook(data=many(n), file_name="x", dry_run=True)) for n in (1, 30))
    assert few == lots


def families(children: int) -> bytes:
    rows = [SOUND["家庭"][0]]
    for number in range(children):
        rows.append([f"家长{number}", f"199403{number:06d}", f"孩子{number}", *SOUND["家庭"][1][3:]])
    return workbook(("场次", "G2", 99), ("场次", "G3", 99), sheets={**SOUND, "家庭": rows})


def test_writing_takes_as_many_queries_for_many_families() -> None:
    bring()
    import_workbook(data=families(1), file_name="x")
    few = count_queries(lambda: import_workbook(data=families(2), file_name="x"))
    lots = count_queries(lambda: import_workbook(data=families(20), file_name="x"))
    assert lots == few


@pytest.mark.postgres
def test_a_large_import_refreshes_what_the_planner_knows(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(confirm, "LARGE", ROWS)
    with django_capture_on_commit_callbacks(execute=True):
        bring()
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [Session._meta.db_table])
        assert cursor.fetchone() == (3,)
