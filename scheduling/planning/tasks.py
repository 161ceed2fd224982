"""The worker's part: take a run up, solve it in a process of its own, write down how it goes."""

from __future__ import annotations

import logging
import queue
import signal
import subprocess
import sys
import threading
import time
from typing import Any, BinaryIO

import orjson
from django.conf import settings
from django.dispatch import receiver
from django_tasks import task

from hub import clock
from scheduling.planning import runs
from scheduling.planning.models import Run
from scheduling.planning.signals import run_queued

log = logging.getLogger(__name__)
HEARTBEAT = 0.5
WORKERS = 2
PATIENCE = 30.0
"""Seconds beyond its limit that a solve may take (reading, compiling, explaining) before it is ended."""


@task(queue_name="solver")
def solve_run(run_id: int) -> None:
    solve_claimed(run_id)


@task
def watch_run(run_id: int) -> None:
    """Looks after a run until it is over: its worker may die at any time."""
    runs.sweep_dead_runs()
    if Run.objects.filter(pk=run_id, state__in=Run.LIVE).exists():
        watch_run.using(run_after=clock.now() + runs.DEAD_AFTER).enqueue(run_id)


@receiver(run_queued)
def enqueue(sender: type[Run], *, run_id: int, **_: object) -> None:
    """In the transaction of the rule: a run that waits has its task."""
    solve_run.enqueue(run_id)
    watch_run.using(run_after=clock.now() + runs.DEAD_AFTER).enqueue(run_id)


def solve_claimed(run_id: int) -> None:
    """Take the run up, if it is still to be had, and see it to its end."""
    attempt = runs.claim_run(run_id)
    if attempt is None:
        return
    run = Run.objects.get(pk=run_id)
    child = Solver({"problem": run.snapshot, "seconds": run.seconds, "workers": WORKERS})
    try:
        _follow(child, run, attempt)
    finally:
        child.end()


def _follow(child: Solver, run: Run, attempt: int) -> None:
    deadline = time.monotonic() + run.seconds + PATIENCE
    while True:
        messages, ended = child.listen(HEARTBEAT)
        points = [tuple(one["progress"]) for one in messages if "progress" in one]
        for one in messages:
            if "plan" in one:
                if not runs.finish_run(run.pk, attempt, plan=one["plan"], open_to=one["open_to"]):
                    runs.end_run(run.pk, attempt)
                return
            if "fault" in one:
                runs.end_run(run.pk, attempt, error=one["fault"])
                return
        if ended:
            _mourn(child, run, attempt)
            return
        late = time.monotonic() > deadline
        if late or not runs.record_progress(run.pk, attempt, points):
            child.end()
            runs.end_run(run.pk, attempt, error="too_slow" if late else "")
            return


def _mourn(child: Solver, run: Run, attempt: int) -> None:
    """The solver ended without a word: told to stop along with its worker, or it broke."""
    code = child.wait()
    if code in (-signal.SIGTERM, 128 + signal.SIGTERM):
        runs.give_back(run.pk, attempt)
        runs.end_run(run.pk, attempt)
        return
    log.error("the solver of run %s ended with code %s", run.pk, code)
    runs.end_run(run.pk, attempt, error="solver_broke")


class Solver:
    """The process, and the thread that reads what it says. It shares the worker's process group: a signal to stop the
    worker stops it too."""

    def __init__(self, wish: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "scheduling.planning.solving"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.said: queue.Queue[dict[str, Any] | None] = queue.Queue()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()
        try:
            with self.process.stdin as pipe:
                pipe.write(orjson.dumps(wish))
        except BrokenPipeError:
            pass  # It ended already: listen() says so.

    def _read(self, pipe: BinaryIO) -> None:
        with pipe:
            for line in pipe:
                self.said.put(orjson.loads(line))
        self.said.put(None)

    def listen(self, seconds: float) -> tuple[list[dict[str, Any]], bool]:
        """What it said within `seconds`, at once when it has ended; whether it has."""
        messages: list[dict[str, Any]] = []
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            try:
                message = self.said.get(timeout=left)
            except queue.Empty:
                break
            if message is None:
                return messages, True
            messages.append(message)
            if "progress" not in message:
                break
        return messages, False

    def wait(self) -> int:
        return self.process.wait()

    def end(self) -> None:
        """Ask it to end; insist after a moment."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(3)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
