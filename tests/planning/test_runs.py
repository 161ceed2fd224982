"""Runs: asked for, taken up once, followed, cancelled, given back when their worker dies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.errors import Refused
from hub.live.models import Event
from scheduling.planning import runs
from scheduling.planning.models import Proposed, Run
from scheduling.planning.moves import make_moves
from scheduling.planning.proposal import Proposal
from scheduling.planning.review import by_session
from scheduling.planning.tasks import solve_run, watch_run
from scheduling.sessions.models import Session
from scheduling.sessions.sessions import remove_session
from tests.planning.factories import finish, make_helper, make_open_need, make_run
from tests.support.make import MONDAY, make_hub

AtOnce = Callable[..., list[object]]


def kinds_of(run: Run) -> list[str]:
    return list(Event.objects.filter(topic__name=f"run:{run.pk}").order_by("seq").values_list("kind", flat=True))


def queued() -> list[tuple[str, str]]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("task_path", "queue_name"))


@pytest.fixture
def hub(db: None) -> Any:
    hub = make_hub()
    make_open_need(hub=hub)
    return hub


def grow_old(run: Run) -> None:
    Run.objects.filter(pk=run.pk).update(heartbeat_at=clock.now() - runs.DEAD_AFTER - dt.timedelta(seconds=1))


def test_a_request_stores_the_problem_and_wakes_a_worker(hub: Any) -> None:
    run = make_run(hub)
    assert (run.state, run.attempts, list(run.hubs.all())) == (Run.State.QUEUED, 0, [hub])
    assert len(run.snapshot["sessions"]) == 1
    assert queued() == [(solve_run.module_path, "solver"), (watch_run.module_path, "default")]
    assert kinds_of(run) == ["run.requested"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"hubs": []}, "no_hubs"),
        ({"week": MONDAY + dt.timedelta(days=1)}, "not_a_monday"),
        ({"seconds": 0}, "seconds_out_of_range"),
        ({"seconds": runs.LONGEST + 1}, "seconds_out_of_range"),
        ({"week": MONDAY + dt.timedelta(weeks=1)}, "nothing_to_plan"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused(hub: Any, change: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        runs.request_run(**{"week": MONDAY, "hubs": [hub], "seconds": 5, "by": None} | change)
    assert refused.value.code == code


def test_of_two_runs_for_a_hub_the_second_waits_until_the_first_is_over(hub: Any) -> None:
    other = make_hub()
    make_open_need(hub=other)
    first = make_run(hub)
    with pytest.raises(Refused) as refused:
        make_run(hub, other)
    assert (refused.value.code, refused.value.facts) == ("run_in_progress", {"run": first.pk})
    make_run(other)
    finish(first)
    make_run(hub)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_gets_a_run(at_once: AtOnce) -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    results = at_once([lambda: make_run(hub)] * 4)
    assert sorted(type(one).__name__ for one in results) == ["Refused", "Refused", "Refused", "Run"]
    assert Run.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_run_is_taken_up_by_one_worker(at_once: AtOnce) -> None:
    hub = make_hub()
    make_open_need(hub=hub)
    run = make_run(hub)
    assert sorted(at_once([lambda: runs.claim_run(run.pk)] * 4), key=str) == [1, None, None, None]


def test_progress_is_written_and_told(hub: Any) -> None:
    run = make_run(hub)
    assert runs.claim_run(run.pk) == 1
    assert runs.record_progress(run.pk, 1, [(0.5, 900, None), (1.0, 800, 100)])
    assert runs.record_progress(run.pk, 1, [])
    run.refresh_from_db()
    assert (run.objective, run.bound, run.progress) == (800, 100, [[1.0, 800, 100]])
    assert kinds_of(run) == ["run.requested", "run.started", "run.progress"]


def test_finishing_keeps_the_plan_as_a_proposal(hub: Any) -> None:
    need, helper = make_open_need(hub=hub, day=1), make_helper()
    run = finish(make_run(hub), (need, helper))
    assert (run.state, run.objective, run.bound) == (Run.State.FINISHED, 100, 90)
    assert list(Proposed.objects.values_list("run", "need", "volunteer", "by_hand")) == [
        (run.pk, need.pk, helper.pk, False)
    ]
    assert kinds_of(run)[-1] == "run.finished"
    assert Event.objects.filter(topic__name=f"hub:{hub.pk}", kind="run.finished").count() == 1


def test_what_was_taken_away_while_it_was_planned_is_left_out(hub: Any) -> None:
    here, gone, helper = make_open_need(hub=hub, day=1), make_open_need(hub=hub, day=2), make_helper()
    run = make_run(hub)
    remove_session(session_id=gone.session_id, by=None)
    run = finish(run, (here, helper), (gone, helper))
    assert list(Proposed.objects.values_list("need", flat=True)) == [here.pk]
    proposal = Proposal(run)
    assert [one["id"] for one in by_session(proposal, most=9)["sessions"]] == [
        *Session.objects.order_by("starts_at").values_list("pk", flat=True)
    ]
    with pytest.raises(Refused) as refused:
        make_moves(run=run, dropped=[], added=[(gone.pk, helper.pk)], by=None)
    assert refused.value.code == "session_not_planned"
    connection.check_constraints()


def test_a_waiting_run_is_cancelled_at_once(hub: Any) -> None:
    run = make_run(hub)
    runs.cancel_run(run=run, by=None)
    run.refresh_from_db()
    assert run.state == Run.State.CANCELLED
    assert runs.claim_run(run.pk) is None
    with pytest.raises(Refused) as refused:
        runs.cancel_run(run=run, by=None)
    assert refused.value.code == "run_over"


def test_a_running_run_is_told_to_end_and_leaves_no_proposal(hub: Any) -> None:
    need, helper = make_open_need(hub=hub, day=1), make_helper()
    run = make_run(hub)
    runs.claim_run(run.pk)
    runs.cancel_run(run=run, by=None)
    assert not runs.record_progress(run.pk, 1, [(1.0, 800, 100)])
    plan = {"assignments": [[0, 1, 0]], "objective": 1, "bound": 1, "seconds": {"total": 1}}
    assert not runs.finish_run(run.pk, 1, plan=plan, open_to=[])
    runs.end_run(run.pk, 1)
    run.refresh_from_db()
    assert (run.state, run.error, Proposed.objects.count()) == (Run.State.CANCELLED, "", 0)
    assert (need.pk, helper.pk) != (None, None)


def test_a_dead_worker_loses_its_run_once_to_another_then_for_good(hub: Any) -> None:
    run = make_run(hub)
    assert runs.claim_run(run.pk) == 1
    assert runs.sweep_dead_runs() == 0
    grow_old(run)
    assert runs.sweep_dead_runs() == 1
    run.refresh_from_db()
    assert (run.state, run.requeues) == (Run.State.QUEUED, 1)
    assert [path for path, _ in queued()].count(solve_run.module_path) == 2

    assert runs.claim_run(run.pk) == 2
    # The first comes back from the dead: it holds nothing any more.
    assert not runs.record_progress(run.pk, 1, [(1.0, 1, 1)])
    runs.end_run(run.pk, 1, error="late")
    run.refresh_from_db()
    assert (run.state, run.progress) == (Run.State.RUNNING, [])

    grow_old(run)
    assert runs.sweep_dead_runs() == 1
    run.refresh_from_db()
    assert (run.state, run.error) == (Run.State.FAILED, "worker_died")


def test_a_dead_run_does_not_keep_others_from_planning(hub: Any) -> None:
    run = make_run(hub)
    runs.claim_run(run.pk)
    Run.objects.filter(pk=run.pk).update(requeues=1)
    grow_old(run)
    assert make_run(hub).state == Run.State.QUEUED


def test_a_worker_told_to_stop_gives_its_run_back_without_a_mark(hub: Any) -> None:
    run = make_run(hub)
    runs.claim_run(run.pk)
    runs.give_back(run.pk, 1)
    run.refresh_from_db()
    assert (run.state, run.requeues) == (Run.State.QUEUED, 0)
    assert runs.claim_run(run.pk) == 2


def test_a_watch_ends_with_its_run(hub: Any) -> None:
    run = make_run(hub)
    watch_run.call(run.pk)
    assert [path for path, _ in queued()].count(watch_run.module_path) == 2
    finish(run)
    watch_run.call(run.pk)
    assert [path for path, _ in queued()].count(watch_run.module_path) == 2
