"""Servers of their own, without the ten seconds that migrating takes each."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker


@pytest.fixture
def migrated(tmp_path: Path, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Path:
    """A DATA_DIR with a copy of this run's own database, empty; where that is not SQLite the server migrates by itself.
    The journeys of a first run and of the demo go all the way."""
    data = tmp_path / "data"
    data.mkdir()
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock(), closing(sqlite3.connect(data / "renqi.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
    return data
