"""Writing to the outbox: in the transaction of the change that a message tells of."""

from __future__ import annotations

import datetime as dt

from hub import clock
from hub.notify.models import Message
from hub.sealed import seal


def queue(
    *,
    to_id: int | None,
    template: str,
    dedupe_key: str,
    variables: dict[str, str] | None = None,
    link: str = "",
    phone: str = "",
    not_before: dt.datetime | None = None,
) -> None:
    """Queue one message. The same `dedupe_key` again is left alone: one cause, one message."""
    now = clock.now()
    Message.objects.bulk_create(
        [
            Message(
                to_id=to_id,
                phone=seal(phone.encode(), label="notify.message.phone").hex() if phone else "",
                template=template,
                variables=variables or {},
                link=link,
                dedupe_key=dedupe_key,
                not_before=not_before or now,
                created_at=now,
            )
        ],
        ignore_conflicts=True,
    )
