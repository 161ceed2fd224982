"""Keys of an installation: from the environment, else generated once into DATA_DIR/keys.json (0600)."""

from __future__ import annotations

import base64
import json
import os
import secrets
from pathlib import Path
from typing import TypedDict


class Keys(TypedDict):
    secret_key: str
    lookup_key: str
    field_keys: list[str]


def _generate() -> Keys:
    return {
        "secret_key": secrets.token_urlsafe(48),
        "lookup_key": secrets.token_urlsafe(48),
        "field_keys": [base64.b64encode(secrets.token_bytes(32)).decode()],
    }


def load_keys(data_dir: Path) -> Keys:
    """RENQI_SECRET_KEY, RENQI_LOOKUP_KEY and RENQI_FIELD_KEYS (comma-separated, newest first) win over the file."""
    path = data_dir / "keys.json"
    environment = {
        name: os.environ.get(f"RENQI_{name.upper()}", "") for name in ("secret_key", "lookup_key", "field_keys")
    }
    if all(environment.values()):
        return {
            "secret_key": environment["secret_key"],
            "lookup_key": environment["lookup_key"],
            "field_keys": environment["field_keys"].split(","),
        }
    data_dir.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written aside and linked into place: of two processes that start at once, one key file wins.
        aside = path.with_suffix(f".{os.getpid()}")
        aside.touch(mode=0o600)
        aside.write_text(json.dumps(_generate(), indent=1))
        try:
            os.link(aside, path)
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    keys: Keys = json.loads(path.read_text())
    return keys
