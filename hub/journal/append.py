"""Appending to the journal. Entries are linked into the hash chain later, by the sealer."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model

from hub import clock
from hub.journal.models import Entry
from hub.statement import insert


def append(
    *, action: str, subject: Model, actor_id: int | None, hub_id: int = 0, for_id: int | None = None, **facts: object
) -> None:
    """Record a deed in the current transaction. `facts`: ids and codes only, never personal data."""
    insert(deed(action=action, subject=subject, actor_id=actor_id, hub_id=hub_id, for_id=for_id, **facts))


def append_all(deeds: Iterable[Entry]) -> None:
    """Record many in few statements."""
    Entry.objects.bulk_create(deeds, batch_size=500)


def deed(
    *, action: str, subject: Model, actor_id: int | None, hub_id: int = 0, for_id: int | None = None, **facts: object
) -> Entry:
    return Entry(
        chain=hub_id,
        actor_id=actor_id,
        for_id=for_id,
        action=action,
        subject=f"{subject._meta.label_lower}:{subject.pk}",
        facts=facts,
        at=clock.now(),
    )
