"""Messages that did not go out: an administrator sends one again, or lays it aside."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Count

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.notify.models import Message
from hub.notify.templates import template_of

State = Message.State


def count_states() -> dict[str, int]:
    """How many messages are in each state, those with none too."""
    found = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): found.get(state, 0) for state in State}


@transaction.atomic
def send_again(*, message: int, by: int) -> Message:
    """One more try; whoever clicks knows that an unknown outcome may mean a second arrival.

    Refused: not_found, not_dead, message_forgotten (a code that only its reader may see is not kept).
    """
    from hub.notify.tasks import wake

    row = _dead(message)
    if template_of(row.template).secret:
        raise Refused("message_forgotten")
    _move(row, State.QUEUED, by=by, action="message.sent_again")
    transaction.on_commit(wake)
    return row


@transaction.atomic
def lay_aside(*, message: int, by: int) -> Message:
    """Seen and settled otherwise (by a call). Refused: not_found, not_dead."""
    row = _dead(message)
    row.link = ""
    _move(row, State.LAID_ASIDE, by=by, action="message.laid_aside")
    return row


def _dead(pk: int) -> Message:
    row = Message.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise Refused("not_found", model="message", id=pk)
    if row.state != State.DEAD:
        raise Refused("not_dead")
    return row


def _move(row: Message, state: State, *, by: int, action: str) -> None:
    """`attempts` goes on counting: it names claims, and a sender given up for dead may still hold an older one."""
    append(action=action, subject=row, actor_id=by, error=row.error)
    row.state, row.not_before = state, clock.now()
    row.save(update_fields=["state", "not_before", "link"])
