"""The processes that `serve` keeps running, each in a process group of its own, and the parts that they run.

A child's standard input is a pipe whose other end only the supervisor holds: when the supervisor dies in whatever way,
the child reads end-of-file and ends its whole group. No orphan, on any system, without a signal being delivered.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time

GRACE = 8.0
QUEUES = {"worker": "default", "solver": "solver"}


class Child:
    def __init__(self, name: str, *, listener: socket.socket | None = None) -> None:
        self.name = name
        self.listener = listener
        self.failures = 0
        self.started_at = 0.0
        self.next_start = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        descriptors = (self.listener.fileno(),) if self.listener else ()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hub.operations.children", self.name, *map(str, descriptors)],
            stdin=subprocess.PIPE,
            pass_fds=descriptors,
            start_new_session=True,
        )
        self.started_at = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def tend(self) -> int | None:
        """Start the child again after it ended, later each time; returns the exit code once per ending."""
        now = time.monotonic()
        if self.running:
            if now - self.started_at > 60:
                self.failures = 0
            return None
        if self.process is not None:
            code = self.process.returncode
            self.end_group(signal.SIGKILL)
            self.process = None
            self.failures += 1
            self.next_start = now + min(30.0, 2.0 ** (self.failures - 1))
            return code
        if now >= self.next_start:
            self.start()
        return None

    def end_group(self, number: signal.Signals) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)


def stop_all(children: list[Child]) -> None:
    for child in children:
        child.end_group(signal.SIGTERM)
    deadline = time.monotonic() + GRACE
    for child in children:
        if child.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.0, deadline - time.monotonic()))
            child.end_group(signal.SIGKILL)
            child.process.wait()


def follow_supervisor(pipe: int) -> None:
    """End this process group when the supervisor is gone."""

    def watch() -> None:
        os.read(pipe, 1)
        os.killpg(0, signal.SIGTERM)
        time.sleep(GRACE)
        os.killpg(0, signal.SIGKILL)

    threading.Thread(target=watch, name="follow-supervisor", daemon=True).start()


def run_web(descriptor: int) -> None:
    import uvicorn

    config = uvicorn.Config(
        "hub.config.asgi:application",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


def run_worker(queue: str) -> None:
    from django.core.management import execute_from_command_line

    for name in ("django_tasks", "django_tasks_db"):  # the command sets their level; only failures are news
        logging.getLogger(name).addFilter(lambda record: record.levelno >= logging.ERROR)
    # What checks look at, the API among it, no worker uses: half the time and the memory of its start.
    execute_from_command_line(["manage.py", "db_worker", "--skip-checks", "--queue-name", queue, "--interval", "0.5"])


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.config.settings")
    follow_supervisor(sys.stdin.fileno())
    if arguments[0] == "web":
        run_web(int(arguments[1]))
    else:
        run_worker(QUEUES[arguments[0]])


if __name__ == "__main__":
    main(sys.argv[1:])
