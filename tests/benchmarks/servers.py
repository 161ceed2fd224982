"""What is measured against: a database of its own and two web processes, as a large installation runs them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

from tests.support.server import ROOT, answers, free_port

PROCESSES = 2
THREADS = 4


@contextlib.contextmanager
def fresh_database(root: str) -> Iterator[str]:
    import psycopg

    name = f"bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(root, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        base, mark, query = root.partition("?")
        try:
            yield f"{base.rsplit('/', 1)[0]}/{name}{mark}{query}"
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextlib.contextmanager
def web_processes() -> Iterator[int]:
    """Serves this process' own settings; yields the port."""
    port = free_port()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
            *("--workers", str(PROCESSES), "--blocking-threads", str(THREADS), "--backlog", "2048"),
            *("--workers-kill-timeout", "5", "--log-level", "warning", "hub.config.wsgi:application"),
        ],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "hub.config.settings"},
    )
    try:
        deadline = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/healthz"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the web processes did not come up")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
