"""Telling families: one message a family and cause, however many of its children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from hub.notify import outbox
from hub.people.models import Child
from hub.people.names import given_name
from scheduling.bookings.models import Booking


def announce(*, template: str, bookings: Iterable[Booking]) -> None:
    """Queue `template` for the guardians of these bookings of one session. `participant.child.family` should be loaded.

    Children stand in it by given name alone.
    """
    families: dict[int, list[Booking]] = defaultdict(list)
    for row in bookings:
        child: Child | None = getattr(row.participant, "child", None)
        if child:
            families[child.family.guardian_id].append(row)
    outbox.queue_all(
        outbox.Draft(
            to_id=guardian,
            template=template,
            variables=_facts(rows),
            dedupe_key=_cause(template, guardian, rows),
        )
        for guardian, rows in families.items()
    )


def _facts(rows: list[Booking]) -> dict[str, str]:
    """Moments are worded in the reader's language when the message is written out."""
    session = rows[0].session
    return {
        "children": " ".join(given_name(row.participant.name) for row in rows),
        "program": session.program.name,
        "hub": session.hub.name,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }


def _cause(template: str, guardian: int, rows: list[Booking]) -> str:
    """The same place in the same state, at the same time, is the same news."""
    newest = max(int(row.changed_at.timestamp()) for row in rows)
    return f"{template}:{guardian}:{rows[0].session_id}:{rows[0].session.sequence}:{newest}"
