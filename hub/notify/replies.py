"""Answering by a text message: 1 for yes, 2 for no, or the words beside them, to the newest open question that went to
that number.

An app whose messages ask something registers what a 1 and a 2 mean, in its ready():

    answered_by_reply("roster", RosterQuestion())

and queues them with `asks="roster:17"`. Its catalog says `message.reply.roster`, the words that offer it.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from enum import IntEnum
from functools import cache
from typing import Protocol

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from hub import clock
from hub.errors import Refused
from hub.notify import outbox
from hub.notify.models import Message, Reply
from hub.notify.recipients import people_behind

REMEMBERED = dt.timedelta(days=30)
"""Nobody answers what was asked before."""
MOST_AN_HOUR = 12
"""From one number: a machine that answers ours would never end."""
YES_OR_NO = {"1": True, "2": False}
OFFERED = re.compile(r"([12])([\w\s']+)")
"""A number and its words, as our messages offer them."""
UNCLEAR, LATE = "reply_unclear", "reply_late"


class Standing(IntEnum):
    OPEN = 1
    ANSWERED = 2
    """And may still be answered differently."""
    OVER = 3


class Question(Protocol):
    def standing(self, about: int) -> Standing: ...

    def answer(self, about: int, *, yes: bool) -> str:
        """Take the answer, in the transaction of the reply, and return the template that confirms it: its variables are
        those of the question. UNCLEAR, and nothing changed, where a 1 or a 2 does not say enough. May raise Refused.
        """
        ...


_questions: dict[str, Question] = {}


def answered_by_reply(name: str, question: Question) -> None:
    _questions[name] = question


def offered(message: Message) -> str:
    """The question that a 1 or a 2 answers; empty where none is asked or nobody listens."""
    return message.asks.split(":")[0] if settings.DEMO or settings.SMS["REPLY_SECRET"] else ""


@transaction.atomic
def take_reply(*, provider_id: str, phone: str, text: str) -> Reply:
    """A text that came back. Brought again it changes nothing."""
    reply, new = Reply.objects.get_or_create(
        provider_id=provider_id, defaults={"outcome": "unknown_number", "received_at": clock.now()}
    )
    people = people_behind(phone) if new else []
    if not people:
        return reply
    reply.from_id = people[0]
    reply.message, reply.outcome = (None, "too_many") if _too_many(reply) else _judge(_asked(people), text)
    reply.save(update_fields=["from_id", "message", "outcome"])
    _say_back(reply)
    return reply


def _asked(people: Collection[int]) -> list[Message]:
    """What may have reached these people and asked them something, the newest first, once per question."""
    rows = Message.objects.filter(to_id__in=people, attempts__gt=0, created_at__gte=clock.now() - REMEMBERED)
    newest: dict[str, Message] = {}
    for row in sorted(rows.exclude(asks=""), key=lambda row: (row.sent_at or row.created_at, row.pk), reverse=True):
        newest.setdefault(row.asks, row)
    return list(newest.values())


def _judge(asked: list[Message], text: str) -> tuple[Message | None, str]:
    """The question it answers, and what is said back."""
    yes = _meanings().get(_bare(text))
    wanted = _wanted(asked)
    if yes is None:
        return None, UNCLEAR if wanted else "not_asked"
    if not wanted:
        return (asked[0], LATE) if asked else (None, "not_asked")
    if len({row.to_id for row in wanted}) > 1:
        # Two people behind one number were asked: it could be either's answer.
        return None, UNCLEAR
    question, about = _read(wanted[0])
    try:
        with transaction.atomic():
            return wanted[0], question.answer(about, yes=yes)
    except Refused:
        return wanted[0], LATE


def _wanted(asked: list[Message]) -> list[Message]:
    """The open questions; where all were answered, those that may be answered differently."""
    standing = {row.pk: question.standing(about) for row in asked for question, about in [_read(row)]}
    for wish in (Standing.OPEN, Standing.ANSWERED):
        if found := [row for row in asked if standing[row.pk] == wish]:
            return found
    return []


def _read(message: Message) -> tuple[Question, int]:
    name, about = message.asks.split(":")
    return _questions[name], int(about)


def _too_many(reply: Reply) -> bool:
    before = Reply.objects.filter(from_id=reply.from_id, received_at__gt=reply.received_at - dt.timedelta(hours=1))
    return before.count() >= MOST_AN_HOUR


@cache
def _meanings() -> dict[str, bool]:
    """The numbers, and the words beside them in what we ask, for who copies either or both: 1, 1能来, 能来."""
    found = dict(YES_OR_NO)
    for language, _name in settings.LANGUAGES:
        with override(language):
            for question in _questions:
                for number, words in OFFERED.findall(_(f"message.reply.{question}")):
                    found |= dict.fromkeys((_bare(words), _bare(number + words)), YES_OR_NO[number])
    return found


def _bare(text: str) -> str:
    """`１。` and ` 1 ` are a 1."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def _say_back(reply: Reply) -> None:
    """A confirmation each time; what went wrong is said once a day."""
    if not reply.outcome.startswith("reply_"):
        return
    to_id = reply.message.to_id if reply.message else reply.from_id
    cause = f"{clock.local(clock.now()):%Y-%m-%d}" if reply.outcome in (UNCLEAR, LATE) else str(reply.pk)
    outbox.queue(
        to_id=to_id,
        template=reply.outcome,
        variables=reply.message.variables if reply.message else {},
        dedupe_key=f"{reply.outcome}:{to_id}:{cause}",
    )
