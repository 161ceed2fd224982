"""What went out, and what did not. In the demo everybody sees it, codes and links included: it is how they reach a
made-up phone. Elsewhere administrators alone, with names masked and without what only the reader should know. They send
again what did not go out, or lay it aside."""

from __future__ import annotations

import datetime as dt
from typing import Literal, cast

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema

from hub.access.operations import acting, administrators, anyone
from hub.errors import Refused
from hub.notify.dead_letters import count_states, lay_aside, send_again
from hub.notify.models import Message
from hub.notify.recipients import Recipient, recipients_of
from hub.notify.replies import offered
from hub.notify.replies_api import router as replies_router
from hub.notify.templates import language_of, template_of, text_of
from hub.notify.wechat_api import router as wechat_router
from hub.sealed import mask_name, mask_phone

router = Router()
router.add_router("", replies_router)
router.add_router("", wechat_router)
PAGE = 50
MessageState = Literal["queued", "sending", "sent", "dead", "aside"]


class MessageOut(Schema):
    id: int
    to: str
    """Family name and a star."""
    phone: str
    channel: str
    template: str
    text: str
    link: str
    state: MessageState
    error: str
    again: bool
    """May be sent again."""
    created_at: dt.datetime
    sent_at: dt.datetime | None


class MessageCounts(Schema):
    queued: int
    sending: int
    sent: int
    dead: int
    aside: int


class MessagesOut(Schema):
    messages: list[MessageOut]
    counts: MessageCounts
    before: int | None
    """Where the next page begins; none at the end."""


@router.get("/messages", response=MessagesOut, auth=anyone)
def get_messages(request: HttpRequest, before: int | None = None, state: MessageState | None = None) -> MessagesOut:
    if not settings.DEMO and not acting(request).has(*administrators.roles):
        raise Refused("role_missing", roles=sorted(administrators.roles))
    rows = Message.objects.order_by("-pk")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    recipients = recipients_of(found[:PAGE])
    shown = [message_out(one, recipients.get(one.pk, Recipient())) for one in found[:PAGE]]
    return MessagesOut(
        messages=shown, counts=MessageCounts(**count_states()), before=shown[-1].id if len(found) > PAGE else None
    )


@router.post("/messages/{message_id}/again", response=MessageOut, auth=administrators)
def post_message_again(request: HttpRequest, message_id: int) -> MessageOut:
    return _alone(send_again(message=message_id, by=acting(request).person.pk))


@router.post("/messages/{message_id}/aside", response=MessageOut, auth=administrators)
def post_message_aside(request: HttpRequest, message_id: int) -> MessageOut:
    return _alone(lay_aside(message=message_id, by=acting(request).person.pk))


def _alone(message: Message) -> MessageOut:
    return message_out(message, recipients_of([message]).get(message.pk, Recipient()))


def message_out(message: Message, recipient: Recipient) -> MessageOut:
    bare, secret = not settings.DEMO, template_of(message.template).secret
    hidden = bare and secret
    link = "" if bare else message.link
    return MessageOut(
        id=message.pk,
        to=mask_name(recipient.name),
        phone=mask_phone(recipient.phone) if recipient.phone else "",
        channel=message.channel,
        template=message.template,
        text=""
        if hidden
        else text_of(
            template=message.template,
            variables=message.variables,
            link=link,
            language=language_of(recipient.language),
            question=offered(message),
        ),
        link=link,
        state=cast(MessageState, message.state),
        error=message.error,
        again=message.state == Message.State.DEAD and not secret,
        created_at=message.created_at,
        sent_at=message.sent_at,
    )
