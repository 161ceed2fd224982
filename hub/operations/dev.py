"""Development: start everything again when a Python file changes; the front end's own server beside it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator

from django.conf import settings

from hub.operations.supervise import Supervisor

FOLDERS = ("hub", "programs", "volunteers", "scheduling")


def nothing() -> contextlib.AbstractContextManager[None]:
    return contextlib.nullcontext()


@contextlib.contextmanager
def reloading(supervisor: Supervisor) -> Iterator[None]:
    from watchfiles import PythonFilter, watch

    over = threading.Event()

    def follow_changes() -> None:
        folders = [settings.BASE_DIR / name for name in FOLDERS]
        for _changes in watch(*folders, watch_filter=PythonFilter(), stop_event=over):
            supervisor.restart_wanted = True

    threading.Thread(target=follow_changes, name="follow-changes", daemon=True).start()
    vite = subprocess.Popen(
        ["npm", "run", "dev"],
        cwd=settings.BASE_DIR / "frontend",
        env={**os.environ, "BACKEND_URL": f"http://127.0.0.1:{settings.PORT}"},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        over.set()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(vite.pid, signal.SIGTERM)
        vite.wait()
