"""The installation's keys: made once, completed where a newer version needs more, replaced by the environment."""

from __future__ import annotations

import json
import stat
import threading
from pathlib import Path

import pytest

from hub.config.keys import Keys, load_keys

NAMES = ("RENQI_SECRET_KEY", "RENQI_LOOKUP_KEY", "RENQI_FIELD_KEYS", "RENQI_CERTIFICATE_KEYS")


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def test_they_are_made_once_for_their_owner_alone(tmp_path: Path) -> None:
    first = load_keys(tmp_path / "new")
    assert load_keys(tmp_path / "new") == first
    assert stat.S_IMODE((tmp_path / "new" / "keys.json").stat().st_mode) == 0o600


def test_an_older_file_is_completed_and_kept(tmp_path: Path) -> None:
    old = {"secret_key": "s", "lookup_key": "l", "field_keys": ["f"]}
    (tmp_path / "keys.json").write_text(json.dumps(old))
    keys = load_keys(tmp_path)
    assert {name: keys[name] for name in old} == old  # type: ignore[literal-required]
    assert (len(keys["certificate_keys"]), load_keys(tmp_path)) == (1, keys)


def test_processes_that_start_at_once_share_them(tmp_path: Path) -> None:
    found: list[Keys] = []
    threads = [threading.Thread(target=lambda: found.append(load_keys(tmp_path / "new"))) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [one == found[0] for one in found] == [True] * 8


def test_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENQI_CERTIFICATE_KEYS", "a,b")
    assert load_keys(tmp_path)["certificate_keys"] == ["a", "b"]
    monkeypatch.setenv("RENQI_SECRET_KEY", "s")
    assert load_keys(tmp_path)["secret_key"] != "s"
    monkeypatch.setenv("RENQI_LOOKUP_KEY", "l")
    monkeypatch.setenv("RENQI_FIELD_KEYS", "f,g")
    wanted = {"secret_key": "s", "lookup_key": "l", "field_keys": ["f", "g"], "certificate_keys": ["a", "b"]}
    assert load_keys(tmp_path / "unused") == wanted
    assert not (tmp_path / "unused").exists()
