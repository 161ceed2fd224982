"""Writing a backup, while the installation serves: the rows are one snapshot."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.core.files.storage import Storage, default_storage
from django.db import connection, models
from django.db.models import ExpressionWrapper, F

from hub import clock
from hub.operations.archive import (
    FILES,
    FORMAT,
    KEYS,
    MANIFEST,
    ROWS,
    Manifest,
    chunks,
    columns,
    fingerprint,
    is_sealed,
    known_migrations,
    present_keys,
    stored_models,
)


@dataclass(frozen=True)
class Written:
    rows: int
    files: int


def write_backup(path: Path, *, with_keys: bool) -> Written:
    """Write the archive, readable by its owner alone. FileExistsError when there is such a file."""
    if path.exists():
        raise FileExistsError(path)
    unfinished = path.with_name(f".{path.name}.unfinished")
    descriptor = os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = _write_members(archive, with_keys=with_keys)
        os.link(unfinished, path)  # unlike a rename, never over a file that came meanwhile
    finally:
        unfinished.unlink()
    files = sum(name.startswith(FILES) for name in manifest["checksums"])
    return Written(rows=sum(manifest["rows"].values()), files=files)


def _write_members(archive: zipfile.ZipFile, *, with_keys: bool) -> Manifest:
    keys = present_keys()
    manifest: Manifest = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "migrations": known_migrations(),
        "keys": fingerprint(keys),
        "rows": {},
        "checksums": {},
    }
    if with_keys:
        _write(archive, manifest, KEYS, [orjson.dumps(keys)])
    with _snapshot():
        for model in stored_models():
            label = model._meta.label_lower
            manifest["rows"][label] = _write(archive, manifest, f"{ROWS}{label}.jsonl", _lines(model))
    for name in stored_files(default_storage):
        with default_storage.open(name) as file:
            _write(archive, manifest, FILES + name, chunks(file))
    archive.writestr(MANIFEST, orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
    return manifest


def _write(archive: zipfile.ZipFile, manifest: Manifest, name: str, blocks: Iterable[bytes]) -> int:
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for block in blocks:
            digest.update(block)
            member.write(block)
            count += 1
    manifest["checksums"][name] = digest.hexdigest()
    return count


def _lines(model: type[models.Model]) -> Iterator[bytes]:
    """A row a line, its values in the order of the model's columns; bytes and decimals as text."""
    values = [
        ExpressionWrapper(F(field.attname), output_field=models.TextField()) if is_sealed(field) else F(field.attname)
        for field in columns(model)
    ]
    for row in model._base_manager.order_by("pk").values_list(*values).iterator(chunk_size=2000):
        yield orjson.dumps(row, default=_as_text, option=orjson.OPT_APPEND_NEWLINE)


def _as_text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def stored_files(storage: Storage, folder: str = "") -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        yield from stored_files(storage, f"{folder}{name}/")


@contextlib.contextmanager
def _snapshot() -> Iterator[None]:
    """All reads see one moment, and no writer waits for them."""
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if connection.vendor == "postgresql" else "BEGIN DEFERRED"
    with connection.cursor() as cursor:
        cursor.execute(begin)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
