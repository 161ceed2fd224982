"""Old events go by themselves."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.live.models import Event
from hub.live.prune import KEPT_DAYS
from hub.live.publish import publish
from hub.live.tasks import EVERY

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_forgets_old_events_and_comes_back() -> None:
    for number in (1, 2):
        with transaction.atomic():
            publish(["hub:1"], "session.changed", session=[number])
    Event.objects.filter(seq=1).update(at=clock.now() - dt.timedelta(days=KEPT_DAYS, minutes=1))
    before = clock.now()
    call_command("db_worker", "--batch", "--no-startup-delay", verbosity=0)
    assert list(Event.objects.values_list("seq", flat=True)) == [2]
    tasks = DBTaskResult.objects.filter(task_path="hub.live.tasks.prune_events")
    assert tasks.filter(status=TaskResultStatus.SUCCESSFUL).count() == 1
    (later,) = tasks.filter(status=TaskResultStatus.READY)
    assert before + EVERY <= later.run_after <= clock.now() + EVERY
