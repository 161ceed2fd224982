"""A real worker, killed with -9 while it sends: each message reaches the provider once, and none is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings as installed
from django.db import connection
from django_tasks_db.models import DBTaskResult

from hub import clock
from hub.notify.models import Message
from hub.notify.outbox import Draft, queue_all
from tests.support.make import make_person
from tests.support.provider import Provider
from tests.support.server import ROOT, environment

State = Message.State
COUNT, FATAL = 12, 5
PATIENCE = 400
"""Seconds: a process starts slowly where many do."""
pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def database_url() -> str:
    """The test's own database, for a process beside it."""
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgresql://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def start_worker(*, dedupes: bool) -> subprocess.Popen[bytes]:
    """Works off what is due, as `serve` has it do, then ends."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--batch", "--queue-name", "default"],
        cwd=ROOT,
        env=environment(
            DATABASE_URL=database_url(),
            DATA_DIR=str(installed.DATA_DIR),
            DEMO="0",
            QUIET_HOURS="",
            NOTIFY_CHANNELS="sms",
            SMS_URL=installed.SMS["URL"],
            SMS_TEMPLATES='{"session_cancelled": "SMS_7"}',
            SMS_DEDUPES="1" if dedupes else "0",
        ),
        stdout=subprocess.DEVNULL,
    )


def let_the_lease_run_out() -> None:
    Message.objects.filter(state=State.SENDING).update(not_before=clock.now())
    DBTaskResult.objects.filter(run_after__gt=clock.now()).update(run_after=clock.now())


@pytest.mark.parametrize("dedupes", [False, True])
def test_killed_in_the_middle(dedupes: bool, provider: type[Provider]) -> None:
    person = make_person(phone="13912345678")
    queue_all(Draft(to_id=person.pk, template="session_cancelled", dedupe_key=f"k{n}") for n in range(COUNT))
    worker = start_worker(dedupes=dedupes)

    def kill(body: dict[str, Any]) -> None:
        if len(provider.received) == FATAL:
            os.kill(worker.pid, signal.SIGKILL)

    provider.before_answering = staticmethod(kill)
    assert worker.wait(PATIENCE) == -signal.SIGKILL
    assert len(provider.received) == FATAL
    cut = provider.received[-1]["id"]
    assert (Message.objects.get(pk=cut).state, Message.objects.filter(state=State.SENT).count()) == (
        State.SENDING,
        FATAL - 1,
    )

    let_the_lease_run_out()
    assert start_worker(dedupes=dedupes).wait(PATIENCE) == 0
    calls = sorted(one["id"] for one in provider.received)
    everyone = sorted(Message.objects.values_list("pk", flat=True))
    assert calls == sorted([*everyone, cut] if dedupes else everyone)
    unsent = list(Message.objects.exclude(state=State.SENT).values_list("pk", "state", "error"))
    assert unsent == ([] if dedupes else [(cut, State.DEAD, "outcome_unknown")])
