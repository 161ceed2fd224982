"""Writing to the outbox: in the transaction of the change that a message tells of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, QuerySet
from django.db.models.expressions import Combinable

from hub import clock
from hub.notify.models import Message


@dataclass(frozen=True)
class Draft:
    to_id: int | None
    template: str
    dedupe_key: str
    """One cause, one message: the same key again is left alone."""
    variables: Mapping[str, str] = field(default_factory=dict)
    """Short values for the template, moments in ISO form (`starts_at`); no links."""
    link: str = ""
    phone: str = ""
    """For those without a person (a sign-in code)."""
    not_before: dt.datetime | None = None
    asks: str = ""
    """What a 1 or a 2 sent back answers: a name registered with hub.notify.replies, and an id (`roster:17`)."""
    group_id: int | None = None
    """The hub whose group is told (hub.notify.robots)."""


def queue_all(drafts: Iterable[Draft]) -> None:
    """Queue messages in one statement; the worker is woken after the commit."""
    now = clock.now()
    rows = [
        Message(
            to_id=draft.to_id,
            phone=draft.phone,
            template=draft.template,
            variables=dict(draft.variables),
            link=draft.link,
            asks=draft.asks,
            group_id=draft.group_id,
            dedupe_key=draft.dedupe_key,
            not_before=draft.not_before or now,
            created_at=now,
        )
        for draft in drafts
    ]
    if rows:
        from hub.notify.tasks import wake

        Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        transaction.on_commit(wake)


def queue(
    *,
    to_id: int | None,
    template: str,
    dedupe_key: str,
    variables: Mapping[str, str] | None = None,
    link: str = "",
    phone: str = "",
    not_before: dt.datetime | None = None,
) -> None:
    """Queue one message."""
    queue_all([Draft(to_id, template, dedupe_key, variables or {}, link, phone, not_before)])


def unsay(variable: str, messages: QuerySet[Message]) -> None:
    """Who it names is erased: these messages go on without it."""
    for message in messages:
        message.variables.pop(variable, None)
        message.save(update_fields=["variables"])


def take_back(keys: Iterable[str]) -> set[str]:
    """What is not true any more and has not left yet goes unsent: the keys of those messages."""
    waiting = Message.objects.filter(dedupe_key__in=list(keys), state=Message.State.QUEUED, attempts=0)
    found = dict(waiting.select_for_update().values_list("pk", "dedupe_key"))
    Message.objects.filter(pk__in=found).delete()
    return set(found.values())


def undelivered(key: Combinable) -> Exists:
    """Whether the message of a key, in the terms of somebody's query, did not go out as far as anybody knows."""
    return Exists(Message.objects.filter(dedupe_key=key, state__in=[Message.State.DEAD, Message.State.LAID_ASIDE]))
