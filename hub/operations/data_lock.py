"""One server to a data folder: a second one would run every job twice as eagerly, a restore needs none."""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Iterator

from django.conf import settings


class DataDirTaken(Exception):
    pass


@contextlib.contextmanager
def hold_data_dir() -> Iterator[None]:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataDirTaken from None
        yield
