"""Sealing goes on by itself once begun."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult

from hub.journal.append import append
from hub.journal.seal import verify
from hub.journal.tasks import seal_journal
from tests.support.make import make_person

pytestmark = pytest.mark.django_db


def test_a_round_seals_and_queues_the_next() -> None:
    person = make_person()
    append(action="test", subject=person, actor_id=person.pk)
    assert seal_journal.call() == 1
    assert seal_journal.call() == 0
    assert (verify(0).sealed, verify(0).unsealed) == (1, 0)
    assert DBTaskResult.objects.count() == 1
