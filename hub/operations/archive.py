"""The backup's form: a zip of rows as JSON lines, stored files, the keys and a manifest that holds every checksum.

Rows are written by column values, not by database dump, so that a backup from SQLite restores on PostgreSQL and back.
Encrypted columns are copied as they are: a backup holds no more plain text than the database did.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from typing import Any, TypedDict

import orjson
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.migrations.loader import MigrationLoader

from hub.sealed import EncryptedField

FORMAT = "renqi-backup/1"
MANIFEST = "manifest.json"
KEYS = "keys.json"
ROWS = "rows/"
FILES = "files/"
CHUNK = 1 << 20


class Manifest(TypedDict):
    format: str
    made_at: str
    migrations: list[list[str]]
    keys: str
    """Fingerprint of the keys that the encrypted columns were written with."""
    rows: dict[str, int]
    checksums: dict[str, str]


def stored_models() -> list[type[models.Model]]:
    """Every model with a table of its own, many-to-many tables among them."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    ]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.local_concrete_fields if not getattr(field, "generated", False)]


def is_sealed(field: models.Field[Any, Any]) -> bool:
    return isinstance(field, EncryptedField)


def known_migrations() -> list[list[str]]:
    return sorted([app, name] for app, name in MigrationLoader(None).disk_migrations or ())


def present_keys() -> dict[str, object]:
    """The keys in use, in the form of DATA_DIR/keys.json."""
    return {
        "secret_key": settings.SECRET_KEY,
        "lookup_key": settings.LOOKUP_KEY,
        "field_keys": list(settings.FIELD_KEYS),
        "certificate_keys": list(settings.CERTIFICATE_KEYS),
    }


def fingerprint(keys: dict[str, object]) -> str:
    """Of what encrypted columns and their lookups need; the session key may differ."""
    return hashlib.sha256(orjson.dumps([keys["lookup_key"], keys["field_keys"]])).hexdigest()


def chunks(member: Any) -> Iterator[bytes]:
    while block := member.read(CHUNK):
        yield block


def checksum(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as member:
        for block in chunks(member):
            digest.update(block)
    return digest.hexdigest()
