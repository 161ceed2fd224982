"""Upkeep that no deed begins: a worker alone begins it, on whatever machine."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hub.journal.append import append
from hub.journal.seal import verify
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
    ]


def test_a_solving_machine_leaves_it_to_others() -> None:
    start_worker("solver")
    assert not DBTaskResult.objects.exists()
