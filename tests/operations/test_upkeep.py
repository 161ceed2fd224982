"""Upkeep that no deed begins: a worker alone begins it, on whatever machine."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hub.journal.append import append
from hub.journal.seal import verify
from hub.operations.tasks import KEPT_DAYS, prune_tasks
from tests.support.make import make_person

pytestmark = pytest.mark.django_db(transaction=True)


def start_worker(queue: str) -> None:
    call_command("db_worker", "--batch", "--no-startup-delay", "--queue-name", queue, verbosity=0)


def test_a_worker_begins_it_and_it_goes_on_once_however_many_start() -> None:
    person = make_person()
    append(action="test", subject=person, actor_id=person.pk)
    for _ in range(2):
        start_worker("default")
    assert verify(0).unsealed == 0
    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by("task_path")
    assert list(waiting.values_list("task_path", flat=True)) == [
        "hub.journal.tasks.seal_journal",
        "hub.live.tasks.prune_events",
        "hub.operations.tasks.prune_tasks",
    ]


def test_work_done_long_ago_is_forgotten() -> None:
    start_worker("default")
    old = DBTaskResult.objects.finished().get(task_path="hub.journal.tasks.seal_journal")
    # The package asks the real clock.
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - dt.timedelta(KEPT_DAYS, minutes=1))
    before = set(DBTaskResult.objects.values_list("pk", flat=True))
    prune_tasks.call()
    after = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert before - after == {old.pk}


def test_a_solving_machine_leaves_it_to_others() -> None:
    start_worker("solver")
    assert not DBTaskResult.objects.exists()
