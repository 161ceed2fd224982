"""What is measured against: processes over the benchmark's own database, as installations run them."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.support.server import ROOT, answers, free_port

PROCESSES = 2
THREADS = 4


@contextlib.contextmanager
def web_processes(*, redis_url: str = "") -> Iterator[int]:
    """Those of a large installation: they serve this process' own settings; yields the port."""
    port = free_port()
    command = [
        *("granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(PROCESSES), "--blocking-threads", str(THREADS), "--backlog", "2048"),
        *("--workers-kill-timeout", "5", "--log-level", "warning", "hub.config.wsgi:application"),
    ]
    with _serving(command, port, redis_url):
        yield port


@contextlib.contextmanager
def socket_process(*, redis_url: str = "") -> Iterator[int]:
    """Serves /ws, and the web as well: a small installation has nothing else."""
    port = free_port()
    command = ["uvicorn", "hub.config.asgi:application", "--port", str(port), "--no-access-log"]
    with _serving([*command, "--log-level", "warning", "--timeout-graceful-shutdown", "5"], port, redis_url):
        yield port


@contextlib.contextmanager
def _serving(command: list[str], port: int, redis_url: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "hub.config.settings", "REDIS_URL": redis_url},
    )
    try:
        deadline = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}/healthz"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]} did not come up")
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
