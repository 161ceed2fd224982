"""The worker's part, with the real solver in a process of its own."""

from __future__ import annotations

import os
import signal
import threading
import time
from typing import Any

import pytest
from django.db import connection

from scheduling.planning import runs, tasks
from scheduling.planning.models import Proposed, Run
from scheduling.planning.tasks import solve_claimed
from tests.planning.factories import make_helper, make_open_need, make_run
from tests.support.make import make_hub

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def hub() -> Any:
    return make_hub()


def run_beside(run: Run) -> threading.Thread:
    """A worker that takes the run up, with a connection of its own."""

    def work() -> None:
        try:
            solve_claimed(run.pk)
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def wait_for(condition: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def hard_to_prove(hub: Any) -> None:
    """So many ways that the solver is busy until its time is up."""
    for position in range(260):
        make_open_need(hub=hub, day=position % 7, start=480 + position * 37 % 600, min=1, target=3)
    for position in range(200):
        make_helper(max_sessions=2 + position % 2, prior_minutes=0 if position % 3 else 9000)


def test_a_run_is_solved_to_a_proposal(hub: Any) -> None:
    need, helper = make_open_need(hub=hub, min=1, target=1), make_helper()
    run = make_run(hub, seconds=5)
    solve_claimed(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == (Run.State.FINISHED, "")
    assert list(Proposed.objects.values_list("need", "volunteer")) == [(need.pk, helper.pk)]
    assert run.result is not None
    assert run.result["open_to"] == [[1]]
    assert run.objective == run.bound
    solve_claimed(run.pk)
    assert Run.objects.get(pk=run.pk).attempts == 1


def test_cancel_ends_the_solver(hub: Any) -> None:
    hard_to_prove(hub)
    run = make_run(hub, seconds=300)
    worker = run_beside(run)
    wait_for(lambda: Run.objects.filter(pk=run.pk, objective__isnull=False).exists())
    runs.cancel_run(run=run, by=None)
    worker.join(20)
    assert not worker.is_alive()
    run.refresh_from_db()
    assert (run.state, Proposed.objects.count()) == (Run.State.CANCELLED, 0)


def test_a_solver_told_to_stop_leaves_the_run_to_the_next_worker(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    hard_to_prove(hub)
    run = make_run(hub, seconds=300)
    started: list[tasks.Solver] = []

    class Seen(tasks.Solver):
        def __init__(self, wish: dict[str, Any]) -> None:
            super().__init__(wish)
            started.append(self)

    monkeypatch.setattr(tasks, "Solver", Seen)
    worker = run_beside(run)
    wait_for(lambda: Run.objects.filter(pk=run.pk, objective__isnull=False).exists())
    os.kill(started[0].process.pid, signal.SIGTERM)
    worker.join(20)
    assert not worker.is_alive()
    run.refresh_from_db()
    assert (run.state, run.requeues) == (Run.State.QUEUED, 0)


def test_a_solver_that_breaks_fails_the_run(hub: Any) -> None:
    make_open_need(hub=hub)
    run = make_run(hub)
    run.snapshot["sessions"][0]["end"] = 0
    run.save(update_fields=["snapshot"])
    solve_claimed(run.pk)
    run.refresh_from_db()
    assert (run.state, run.error) == (Run.State.FAILED, "end_before_start")
