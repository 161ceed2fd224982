"""Reading a backup. Everything is verified before anything is touched; the rows come in one transaction."""

from __future__ import annotations

import itertools
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import orjson
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction

from hub import clock
from hub.errors import Refused
from hub.operations.archive import (
    FILES,
    FORMAT,
    KEYS,
    MANIFEST,
    ROWS,
    Manifest,
    checksum,
    columns,
    fingerprint,
    is_sealed,
    known_migrations,
    present_keys,
    stored_models,
)
from hub.operations.backup import stored_files
from hub.operations.state import database_is_empty
from hub.people.models import Person

BATCH = 500


@dataclass(frozen=True)
class Restored:
    rows: int
    files: int


def restore_backup(path: Path, *, force: bool) -> Restored:
    """Bring everything back. Refused: no_backup, other_version, keys_differ, keys_from_environment,
    certificate_keys_from_environment, not_empty."""
    try:
        archive = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused("no_backup", reason=str(error)) from error
    with archive:
        manifest = verify(archive)
        keys = keys_to_place(archive, manifest)
        if not force and has_tables() and not database_is_empty():
            raise Refused("not_empty")
        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            empty_tables()
            for model in stored_models():
                load_rows(archive, model)
            connection.check_constraints()
            reset_sequences()
            files = place_files(archive, manifest)
            if keys is not None:
                place_keys(keys)
    return Restored(rows=sum(manifest["rows"].values()), files=files)


def verify(archive: zipfile.ZipFile) -> Manifest:
    """The manifest of a whole, unaltered backup that this version understands."""
    try:
        manifest = cast(Manifest, orjson.loads(archive.read(MANIFEST)))
        if manifest["format"] != FORMAT:
            raise Refused("no_backup", reason=manifest["format"])
        names = {info.filename for info in archive.infolist()} - {MANIFEST}
        if odd := sorted(names ^ manifest["checksums"].keys()):
            raise Refused("no_backup", reason=odd[0])
        for name, expected in manifest["checksums"].items():
            if checksum(archive, name) != expected:
                raise Refused("no_backup", reason=name)
    except (KeyError, TypeError, ValueError, OSError, zipfile.BadZipFile) as error:
        raise Refused("no_backup", reason=type(error).__name__) from error
    here, there = {tuple(one) for one in known_migrations()}, {tuple(one) for one in manifest["migrations"]}
    if odd_ones := sorted(here ^ there):
        raise Refused("other_version", app=".".join(odd_ones[0]))
    if missing := sorted({model._meta.label_lower for model in stored_models()} ^ manifest["rows"].keys()):
        raise Refused("other_version", app=missing[0])
    return manifest


def keys_to_place(archive: zipfile.ZipFile, manifest: Manifest) -> bytes | None:
    """What DATA_DIR/keys.json has to hold; none when the keys in use fit already."""
    here = present_keys()
    fit = manifest["keys"] == fingerprint(here)
    if KEYS not in manifest["checksums"]:
        if fit:
            return None
        raise Refused("keys_differ", path=str(settings.DATA_DIR / KEYS))
    there = orjson.loads(archive.read(KEYS))
    # Certificates that were issued verify by the keys that signed them: none of either side is lost.
    certificate_keys = list(dict.fromkeys([*there.get("certificate_keys", []), *settings.CERTIFICATE_KEYS]))
    lacking = set(certificate_keys) - set(settings.CERTIFICATE_KEYS)
    if fit and not lacking:
        return None
    if lacking and os.environ.get("RENQI_CERTIFICATE_KEYS"):
        raise Refused("certificate_keys_from_environment")
    if not fit and all(os.environ.get(f"RENQI_{name}") for name in ("SECRET_KEY", "LOOKUP_KEY", "FIELD_KEYS")):
        raise Refused("keys_from_environment")
    return orjson.dumps({**(here if fit else there), "certificate_keys": certificate_keys})


def has_tables() -> bool:
    return Person._meta.db_table in connection.introspection.table_names()


def empty_tables() -> None:
    """References are checked at commit, so the order does not matter."""
    with connection.cursor() as cursor:
        for model in stored_models():
            cursor.execute(f"DELETE FROM {quoted(model._meta.db_table)}")


def load_rows(archive: zipfile.ZipFile, model: type[models.Model]) -> None:
    fields = columns(model)
    names = ", ".join(quoted(field.column or "") for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES ({marks})"
    with archive.open(f"{ROWS}{model._meta.label_lower}.jsonl") as member, connection.cursor() as cursor:
        for lines in batches(member):
            rows = (zip(fields, orjson.loads(line), strict=True) for line in lines)
            cursor.executemany(statement, [[for_column(field, value) for field, value in row] for row in rows])


def quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def for_column(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or is_sealed(field):
        return value
    if isinstance(field, models.BinaryField):
        return bytes.fromhex(value)
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    return field.get_db_prep_save(target.to_python(value), connection)


def batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    remaining = iter(lines)
    while batch := list(itertools.islice(remaining, BATCH)):
        yield batch


def reset_sequences() -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), stored_models()):
            cursor.execute(statement)


def place_files(archive: zipfile.ZipFile, manifest: Manifest) -> int:
    wanted = [name.removeprefix(FILES) for name in manifest["checksums"] if name.startswith(FILES)]
    for name in list(stored_files(default_storage)):
        default_storage.delete(name)
    for name in wanted:
        with archive.open(FILES + name) as member:
            default_storage.save(name, File(member))
    return len(wanted)


def place_keys(keys: bytes) -> None:
    """Put them in place; those that were there are kept beside them, however often somebody restores."""
    path = settings.DATA_DIR / KEYS
    if path.exists():
        path.rename(path.with_name(f"keys.before-{clock.now():%Y%m%dT%H%M%S%f}.json"))
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(keys)
