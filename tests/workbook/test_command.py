"""manage.py import_week: what it prints and how it ends."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hub import clock
from hub.places.models import Hub
from scheduling.sessions.models import Session
from tests.workbook.files import SOUND, Change, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


def run(tmp_path: Path, *options: str, data: bytes | None = None, changes: tuple[Change, ...] = ()) -> tuple[int, str]:
    """Exit code and what was printed."""
    file = tmp_path / "week.xlsx"
    file.write_bytes(workbook(*changes) if data is None else data)
    out = io.StringIO()
    try:
        call_command("import_week", str(file), *options, stdout=out, stderr=out)
    except SystemExit as end:
        return int(str(end.code)), out.getvalue()
    return 0, out.getvalue()


def test_a_sound_workbook(tmp_path: Path) -> None:
    code, said = run(tmp_path)
    assert (code, "Written." in said, Session.objects.count()) == (0, True, 3)


def test_the_same_workbook_again(tmp_path: Path) -> None:
    run(tmp_path)
    code, said = run(tmp_path)
    assert (code, "Written." in said, "Nothing new in the file" in said) == (0, False, True)


def test_a_dry_run(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--dry-run")
    assert (code, "Nothing was written." in said, Hub.objects.count()) == (0, True, 0)


def test_faults_as_json(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--json", changes=(("场次", "B3", "没有的项目"),))
    told: dict[str, Any] = json.loads(said)
    assert (code, told["written"], Hub.objects.count()) == (1, False, 0)
    assert told["faults"] == [
        {
            "sheet": "场次",
            "row": 3,
            "column": "项目名称",
            "code": "unknown_program",
            "message": "There is no program called “没有的项目”. Check the name or add it to 项目.",
        }
    ]


def test_faults_in_words(tmp_path: Path) -> None:
    code, said = run(tmp_path, "--dry-run", changes=(("场次", "B3", "没有的项目"),))
    assert (code, "场次!B3" in said) == (1, True)


@pytest.mark.parametrize(
    ("week", "monday"), [("2026-W53", "2026-12-28"), ("2027-W01", "2027-01-04"), ("2026-W01", "2025-12-29")]
)
def test_counts_as_json(tmp_path: Path, week: str, monday: str) -> None:
    code, said = run(tmp_path, "--json", "--as-week", week)
    told = json.loads(said)
    assert (code, told["written"], told["week"], told["faults"]) == (0, True, monday, [])
    days = {clock.local(session.starts_at).date().isoformat() for session in Session.objects.all()}
    assert (min(days), {session.week.isoformat() for session in Session.objects.all()}) == (monday, {monday})
    assert told["sheets"]["场次"] == {"created": 3, "changed": 0, "same": 0, "faulty": 0}


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_a_refused_file(tmp_path: Path, options: tuple[str, ...]) -> None:
    code, said = run(tmp_path, *options, data=b"hello")
    assert (code, "not_a_workbook" in said) == (1, True)


def test_a_lacking_sheet_in_words(tmp_path: Path) -> None:
    code, said = run(tmp_path, data=workbook(sheets={"岗位需求": SOUND["岗位需求"]}))
    assert (code, "no sessions" in said, "  场次: The file lacks this sheet" in said) == (1, True, True)


def test_no_file_or_no_week(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("import_week", str(tmp_path / "none.xlsx"))
    with pytest.raises(CommandError):
        run(tmp_path, "--as-week", "2026-W99")
