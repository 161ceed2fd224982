"""A backup brings everything back into an empty installation, and a bad one changes nothing."""

from __future__ import annotations

import fcntl
import json
import os
import stat
import subprocess
import sys
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import override_settings

from hub.errors import Refused
from hub.operations.backup import write_backup
from hub.operations.restore import restore_backup
from hub.people.models import Person
from tests.support import make
from tests.support.server import ROOT, environment

FILL = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tests.support import make
guardian = make.make_person("guardian", name="张桂英", phone="13812345678")
make.make_child(guardian=guardian, care_note="对花生过敏")
make.make_need(session=make.make_session(room=make.make_room()))
default_storage.save("imports/week.xlsx", ContentFile(b"a workbook"))
"""
LOOK = """
import json
from django.core.files.storage import default_storage
from hub.people.models import Child, Person, phone_key
from scheduling.sessions.models import Need
child = Child.objects.get()
added = Person.objects.create(name="a new row finds a free id")
print(json.dumps([
    Person.objects.get(phone_key=phone_key("13812345678")).name, child.care_note, child.person.birth_date.isoformat(),
    child.family.guardian.phone, Need.objects.get().session.starts_at.isoformat(),
    default_storage.open("imports/week.xlsx").read().decode(), added.pk > child.person_id,
]))
"""
SEEN = ["张桂英", "对花生过敏", "2017-05-04", "13812345678", "2026-12-14T01:00:00+00:00", "a workbook", True]


def manage(data_dir: Path, database: str, *command: str) -> str:
    values = {"DATA_DIR": str(data_dir), "DATABASE_URL": database, "LANG": "en"}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env=environment(**values), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture
def empty_database() -> Iterator[str]:
    """A database of the kind that this run tests, apart from the one that it uses."""
    if connection.vendor == "sqlite":
        yield ""
        return
    import psycopg

    url = os.environ["DATABASE_URL"]
    name = f"restore_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        base, mark, query = url.partition("?")
        yield f"{base.rsplit('/', 1)[0]}/{name}{mark}{query}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_empty_installation_gets_everything_back(tmp_path: Path, empty_database: str) -> None:
    """From embedded SQLite to this run's database, with other keys: encrypted fields open all the same."""
    old, new, archive = tmp_path / "old", tmp_path / "new", tmp_path / "renqi.zip"
    manage(old, "", "migrate", "--verbosity", "0")
    manage(old, "", "shell", "--verbosity", "0", "-c", FILL)
    manage(old, "", "backup", str(archive))
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    manage(new, empty_database, "restore", str(archive))
    assert json.loads(manage(new, empty_database, "shell", "--verbosity", "0", "-c", LOOK)) == SEEN
    assert stat.S_IMODE((new / "keys.json").stat().st_mode) == 0o600


@pytest.fixture
def archive(tmp_path: Path, transactional_db: None) -> Path:
    make.make_person("volunteer", name="before")
    path = tmp_path / "backup.zip"
    with override_settings(DATA_DIR=tmp_path):
        write_backup(path, with_keys=True)
    return path


def names() -> list[str]:
    return list(Person.objects.order_by("pk").values_list("name", flat=True))


def test_a_database_in_use_is_replaced_only_by_force(archive: Path) -> None:
    make.make_person(name="after")
    with pytest.raises(Refused) as refused:
        restore_backup(archive, force=False)
    assert (refused.value.code, names()) == ("not_empty", ["before", "after"])
    restore_backup(archive, force=True)
    assert names() == ["before"]


def test_the_archive_holds_no_plain_text_of_a_sealed_field(archive: Path) -> None:
    phone = Person.objects.get().phone
    with zipfile.ZipFile(archive) as opened:
        assert [name for name in opened.namelist() if phone.encode() in opened.read(name)] == []


def test_a_damaged_archive_changes_nothing(archive: Path, tmp_path: Path) -> None:
    altered = tmp_path / "altered.zip"
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(altered, "w") as target:
        for info in source.infolist():
            data = source.read(info)
            target.writestr(info, data.replace(b"before", b"beforf") if "people.person." in info.filename else data)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-200])
    for path, reason in [(altered, "rows/people.person.jsonl"), (cut, "File is not a zip file")]:
        with pytest.raises(Refused) as refused:
            restore_backup(path, force=True)
        assert (refused.value.code, refused.value.facts) == ("no_backup", {"reason": reason})
    assert names() == ["before"]


def test_without_keys_only_the_same_keys_will_do(tmp_path: Path, transactional_db: None) -> None:
    make.make_person(name="before")
    path = tmp_path / "backup.zip"
    write_backup(path, with_keys=False)
    with zipfile.ZipFile(path) as opened:
        assert "keys.json" not in opened.namelist()
    with override_settings(LOOKUP_KEY="another"), pytest.raises(Refused) as refused:
        restore_backup(path, force=True)
    assert refused.value.code == "keys_differ"
    restore_backup(path, force=True)
    assert names() == ["before"]


def test_certificates_of_before_verify_after_a_restore(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new machine with the same keys in its environment made a key of its own for certificates."""
    old = settings.CERTIFICATE_KEYS
    for name in ("SECRET_KEY", "LOOKUP_KEY", "FIELD_KEYS"):
        monkeypatch.setenv(f"RENQI_{name}", "as before")
    with override_settings(DATA_DIR=tmp_path, CERTIFICATE_KEYS=["new"]):
        (tmp_path / "keys.json").write_text('{"certificate_keys": ["new"]}')
        restore_backup(archive, force=True)
    assert json.loads((tmp_path / "keys.json").read_text())["certificate_keys"] == [*old, "new"]
    kept = [json.loads(path.read_text()) for path in tmp_path.glob("keys.before-*.json")]
    assert kept == [{"certificate_keys": ["new"]}]
    monkeypatch.setenv("RENQI_CERTIFICATE_KEYS", "new")
    with override_settings(CERTIFICATE_KEYS=["new"]), pytest.raises(Refused, match="certificate_keys_from_environment"):
        restore_backup(archive, force=True)
    with override_settings(CERTIFICATE_KEYS=["new", *old]):
        restore_backup(archive, force=True)


def test_an_older_backup_is_not_overwritten(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(CommandError):
        call_command("backup", str(archive))
    assert archive.read_bytes() == before


def test_a_served_data_folder_is_not_restored(archive: Path, tmp_path: Path) -> None:
    with override_settings(DATA_DIR=tmp_path), (tmp_path / "serve.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(CommandError):
            call_command("restore", str(archive), "--force")
