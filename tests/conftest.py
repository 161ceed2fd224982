"""Fixtures for every test. `DATABASE_URL` chooses the database; `make test` runs rules on SQLite and on PostgreSQL."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from hub.people.models import Person
from programs.models import AdultRatio
from tests.support import clients, races

hypothesis_settings.register_profile("renqi", deadline=None)  # how long an example took is no fault of it
hypothesis_settings.load_profile("renqi")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """A log left by a killed run must not be replayed into a new database."""
    name = settings.DATABASES["default"]["TEST"]["NAME"]
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for end in ("-wal", "-shm", "-journal"):
            with suppress(FileNotFoundError):
                Path(f"{name}{end}").unlink()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The last test with transactions of its own empties every table: a database that is used again lacks what
    migrations sowed."""
    with django_db_blocker.unblock():
        if not AdultRatio.objects.exists():
            import_module("programs.migrations.0002_ratios").add(apps, None)


@pytest.fixture(scope="session", autouse=True)
def _empty_tables_quickly() -> Iterator[None]:
    """After a test with transactions of its own PostgreSQL truncates every table: a new file for each, half a second.
    Most are empty, and deleting from those costs nothing. Only a superuser may; others truncate."""
    truncations = DatabaseOperations.sql_flush

    def deletions(self: DatabaseOperations, style: object, tables: Sequence[str], **options: object) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            if not tables or cursor.fetchone() != ("on",):
                return truncations(self, style, tables, **options)  # type: ignore[arg-type]
        emptied = "".join(f"DELETE FROM {self.quote_name(table)};" for table in tables)
        return [f"SET session_replication_role = replica; {emptied} SET session_replication_role = DEFAULT;"]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", deletions)
        # Django then writes down each model's permissions again; nothing here asks for them.
        patch.setattr("django.core.management.commands.flush.emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def _only_on_its_database(request: pytest.FixtureRequest) -> None:
    if request.node.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL (DATABASE_URL)")
    if request.node.get_closest_marker("redis") and not settings.REDIS_URL:
        pytest.skip("needs Redis (REDIS_URL)")


@pytest.fixture
def at_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """`at_time(moment)` stops the clock there."""

    def stop(moment: dt.datetime) -> None:
        monkeypatch.setattr("hub.clock.now", lambda: moment)

    return stop


@pytest.fixture
def own_files(settings: Any, tmp_path: Path) -> None:
    """A storage of the test's own, empty at first."""
    own = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": own}


@pytest.fixture
def sign_in(db: None) -> Callable[[Person], Client]:
    """A client signed in as a person."""
    return clients.client_for


@pytest.fixture
def at_once() -> Callable[..., list[object]]:
    """Calls at the same moment, each on a database connection of its own; use with `django_db(transaction=True)`."""
    return races.at_once
