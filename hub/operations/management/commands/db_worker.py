"""`manage.py db_worker`: works off a queue, as its package has it, and begins the upkeep that goes through it."""

from __future__ import annotations

from typing import Any

from django_tasks_db.management.commands import db_worker

from hub.journal.tasks import seal_journal
from hub.live.tasks import prune_events
from hub.operations.tasks import prune_tasks
from hub.upkeep import run_soon

UPKEEP = (seal_journal, prune_events, prune_tasks)
"""What no deed begins. All else that keeps itself going is under way from the transaction that first needs it."""


class Command(db_worker.Command):
    def handle(self, *, queue_name: str, **options: Any) -> None:
        for work in UPKEEP:
            if {work.queue_name, "*"} & set(queue_name.split(",")):
                run_soon(work)
        super().handle(queue_name=queue_name, **options)
