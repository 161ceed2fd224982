"""Sending what is due: never lost, never twice.

A conditional update claims a message for one sender, with a lease. A sender that dies leaves it claimed; when the lease
is over, it is sent again only where that reaches nobody twice, else it is laid aside as dead for people to look at.
"""

from __future__ import annotations

import datetime as dt
import logging

from django.conf import settings
from django.db import transaction
from django.db.models import F, Min, QuerySet

from hub import clock
from hub.notify.channels import Letter, NotSent, channel, name_for
from hub.notify.models import Message
from hub.notify.quiet import may_ring, quiet_until
from hub.notify.recipients import Recipient, recipients_of
from hub.notify.replies import offered
from hub.notify.signals import message_died
from hub.notify.templates import fill, language_of, template_of, text_of

log = logging.getLogger(__name__)
State = Message.State
LEASE = dt.timedelta(minutes=2)
BACKOFF = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
BATCH = 100


def send_due() -> int:
    """Send everything that is due now; returns how many went out."""
    settle_abandoned()
    sent = 0
    while batch := list(_due().order_by("not_before", "pk")[:BATCH]):
        ringing = _hold_back(batch)
        recipients = recipients_of(ringing)
        sent += sum(send_one(message, recipients.get(message.pk, Recipient())) for message in ringing)
    return sent


def _hold_back(batch: list[Message]) -> list[Message]:
    """At night, what may ring; the rest waits for the morning."""
    until = quiet_until(clock.now())
    if until is None:
        return batch
    held = [message.pk for message in batch if not may_ring(message, until)]
    Message.objects.filter(pk__in=held, state=State.QUEUED).update(not_before=until)
    return [message for message in batch if message.pk not in held]


def _due() -> QuerySet[Message]:
    return Message.objects.filter(state=State.QUEUED, not_before__lte=clock.now())


def next_due() -> dt.datetime | None:
    """When the next message wants a look; none when nothing waits."""
    waiting = Message.objects.filter(state__in=[State.QUEUED, State.SENDING])
    moment: dt.datetime | None = waiting.aggregate(at=Min("not_before"))["at"]
    return moment


def send_one(message: Message, recipient: Recipient) -> bool:
    name = name_for(recipient, message.template)
    if not _claim(message, name):
        return False
    good_for = template_of(message.template).good_for
    if good_for and message.created_at + good_for < clock.now():
        return _lay_aside(message, "expired")
    if not name:
        return _lay_aside(message, "out_of_reach")
    try:
        channel(name).send(letter_for(message, recipient))
    except NotSent as failure:
        return _try_later(message, failure)
    except Exception:
        # Whether it went out is not known: as after a crash.
        log.exception("message %s: a channel failed in a way it does not name", message.pk)
        return (
            _lay_aside(message, "outcome_unknown")
            if not channel(name).repeatable
            else _try_later(message, NotSent("outcome_unknown"))
        )
    _settle(message, state=State.SENT, sent_at=clock.now(), error="", **_forgotten(message, link=True))
    return True


def letter_for(message: Message, recipient: Recipient) -> Letter:
    language = language_of(recipient.language)
    return Letter(
        id=message.pk,
        recipient=recipient,
        template=message.template,
        variables=fill(message.variables, language),
        link=message.link,
        text=text_of(
            template=message.template,
            variables=message.variables,
            link=message.link,
            language=language,
            question=offered(message),
        ),
    )


def _claim(message: Message, name: str) -> bool:
    """One sender takes it; `message.attempts` then names this claim."""
    taken = Message.objects.filter(pk=message.pk, state=State.QUEUED, attempts=message.attempts).update(
        state=State.SENDING, attempts=F("attempts") + 1, not_before=clock.now() + LEASE, channel=name
    )
    message.attempts += 1
    return taken == 1


def _settle(message: Message, **values: object) -> None:
    """Only the claim that is still ours: a sender given up for dead has no say any more."""
    Message.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts).update(**values)


def _try_later(message: Message, failure: NotSent) -> bool:
    if failure.lasting or message.attempts > len(BACKOFF):
        return _lay_aside(message, failure.code)
    later = clock.now() + BACKOFF[message.attempts - 1]
    _settle(message, state=State.QUEUED, not_before=later, error=failure.code)
    return False


def _lay_aside(message: Message, code: str) -> bool:
    with transaction.atomic():
        _settle(message, state=State.DEAD, error=code, **_forgotten(message, link=False))
        message_died.send(sender=Message, key=message.dedupe_key)
    return False


def _forgotten(message: Message, *, link: bool) -> dict[str, object]:
    """What opens a door is kept only until it is on its way; the link of one that died, sealed, for another try. The
    demo's page shows them, since nothing else carries them."""
    if settings.DEMO:
        return {}
    return ({"link": ""} if link else {}) | ({"variables": {}} if template_of(message.template).secret else {})


def settle_abandoned() -> int:
    """Messages whose sender died while it held them."""
    abandoned = list(Message.objects.filter(state=State.SENDING, not_before__lte=clock.now()))
    for message in abandoned:
        if message.channel and channel(message.channel).repeatable:
            _settle(message, state=State.QUEUED, not_before=clock.now(), error="sender_died")
        else:
            _lay_aside(message, "outcome_unknown")
    return len(abandoned)
