"""Keys of an installation: from the environment, else generated once into DATA_DIR/keys.json (0600)."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import secrets
from pathlib import Path
from typing import TypedDict, cast


class Keys(TypedDict):
    secret_key: str
    lookup_key: str
    field_keys: list[str]
    certificate_keys: list[str]


LISTS = ("field_keys", "certificate_keys")


def _secret() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _generate() -> Keys:
    return {
        "secret_key": secrets.token_urlsafe(48),
        "lookup_key": secrets.token_urlsafe(48),
        "field_keys": [_secret()],
        "certificate_keys": [_secret()],
    }


def load_keys(data_dir: Path) -> Keys:
    """RENQI_SECRET_KEY, RENQI_LOOKUP_KEY and RENQI_FIELD_KEYS (comma-separated, newest first) win over the file, all
    three together; so does RENQI_CERTIFICATE_KEYS (likewise) by itself."""
    told = {name: os.environ.get(f"RENQI_{name.upper()}", "") for name in Keys.__annotations__}
    given: dict[str, object] = {
        name: value.split(",") if name in LISTS else value for name, value in told.items() if value
    }
    if not {"secret_key", "lookup_key", "field_keys"} <= given.keys():
        given = {name: value for name, value in given.items() if name == "certificate_keys"}
    if len(given) == len(told):
        return cast(Keys, given)
    return cast(Keys, {**_stored(data_dir), **given})


def _stored(data_dir: Path) -> Keys:
    """The file's keys; what it lacks is made. Of two processes that start at once, one makes them."""
    path = data_dir / "keys.json"
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        stored = json.loads(path.read_text()) if path.exists() else {}
        keys = cast(Keys, {**_generate(), **stored})
        if keys != stored:
            aside = path.with_suffix(f".{os.getpid()}")
            aside.touch(mode=0o600)
            aside.write_text(json.dumps(keys, indent=1))
            aside.replace(path)
    finally:
        os.close(handle)
    return keys
