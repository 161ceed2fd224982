import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from hub import clock

pytestmark = pytest.mark.django_db


def enqueue(*, queue: str, waited: int) -> None:
    task = DBTaskResult.objects.create(
        task_path="hub.clock.now", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", queue_name=queue,
        run_after=get_date_max(), priority=0,
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=clock.now() - dt.timedelta(seconds=waited))


def test_everything_is_up() -> None:
    answer = Client().get("/healthz")
    idle = {"ok": True, "waiting": 0, "oldest_seconds": 0}
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "ok": True,
            "database": {"ok": True, "kind": connection.vendor},
            "channel_layer": answer.json()["channel_layer"],
            "worker": idle,
            "solver": idle,
        },
    )


def test_a_message_that_nobody_sends_is_a_fault() -> None:
    enqueue(queue="default", waited=90)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["ok"], answer.json()["worker"]["waiting"]) == (503, False, 1)


def test_a_solve_may_wait_for_the_one_before_it() -> None:
    enqueue(queue="solver", waited=90)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["solver"]["ok"]) == (200, True)


def test_a_task_put_off_until_now_is_not_late() -> None:
    enqueue(queue="default", waited=7200)
    DBTaskResult.objects.update(run_after=timezone.now() - dt.timedelta(seconds=5))
    assert Client().get("/healthz").status_code == 200


def test_only_reading_is_answered() -> None:
    assert Client().post("/healthz").status_code == 405
