"""Telling families: one message a family and cause, however many of its children."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from hub.notify import outbox
from hub.people.ages import eldest_first
from hub.people.circles import acting_for
from hub.people.models import Child
from hub.people.names import given_name
from scheduling.bookings.models import Booking, Turn
from scheduling.sessions.models import Session

State = Booking.State


def announce(
    *,
    template: str,
    bookings: Iterable[Booking],
    turn: Turn | None = None,
    link: str = "",
    before: Session | None = None,
) -> None:
    """Queue `template` for whoever sees to these bookings of one session. `participant.child.family` should be loaded.
    An offer comes with its turn and the link that answers; `before`: the session that it is instead of.

    Children stand in it by given name alone.
    """
    outbox.queue_all(
        outbox.Draft(
            to_id=reader,
            template=template,
            variables={
                **_facts(rows[0].session),
                "children": _called(rows),
                "count": str(len({row.session_id for row in rows})),
                **({"until_at": turn.answer_by.isoformat()} if turn and turn.answer_by else {}),
                **({"before": before.program.name} if before else {}),
            },
            link=link,
            asks=f"turn:{turn.pk}" if turn else "",
            dedupe_key=_cause(template, reader, rows),
        )
        for reader, rows in by_reader(bookings)
    )


def announce_changed(bookings: Sequence[Booking], template: str) -> None:
    """What became of their sessions; of several at once the first, and how many."""
    for _reader, rows in by_reader(bookings):
        rows.sort(key=lambda row: row.session.starts_at)
        many = len({row.session_id for row in rows}) > 1
        announce(template=f"{template}_many" if many else template, bookings=rows)


def announce_booked(bookings: Sequence[Booking]) -> None:
    """What came of one booking, in one message: who has a place, who waits; of several sessions the first, and how
    many."""
    drafts = []
    for reader, rows in by_reader(bookings):
        rows.sort(key=lambda row: row.session.starts_at)
        booked = [row for row in rows if row.state == State.BOOKED]
        waiting = [row for row in rows if row.state == State.WAITING]
        many = len({row.session_id for row in rows}) > 1
        template = "many" if many else "part" if booked and waiting else "made" if booked else "waits"
        drafts.append(
            outbox.Draft(
                to_id=reader,
                template=f"booking_{template}",
                variables={
                    **_facts(rows[0].session),
                    "children": _called(rows if many else booked),
                    "waiting": _called(waiting),
                    "booked": str(len({row.session_id for row in booked})),
                    "waits": str(len({row.session_id for row in waiting})),
                },
                dedupe_key=_cause("booking_made", reader, rows),
            )
        )
    outbox.queue_all(drafts)


def by_reader(bookings: Iterable[Booking]) -> list[tuple[int, list[Booking]]]:
    """One reader for each family: who booked, where they may; a grandmother at hand rather than a father far away."""
    families: dict[int, list[Booking]] = defaultdict(list)
    guardians: dict[int, int] = {}
    for row in bookings:
        child: Child | None = getattr(row.participant, "child", None)
        if child:
            families[child.family_id].append(row)
            guardians[child.family_id] = child.family.guardian_id
    bookers = {family: rows[0].booked_by_id or 0 for family, rows in families.items()}
    others = {booker for family, booker in bookers.items() if booker not in (0, guardians[family])}
    acting = acting_for(list(families), others) if others else set()
    return [
        (bookers[family] if (bookers[family], family) in acting else guardians[family], rows)
        for family, rows in families.items()
    ]


def _called(rows: Iterable[Booking]) -> str:
    children = sorted({row.participant for row in rows}, key=eldest_first)
    return " ".join(given_name(child.name) for child in children)


def _facts(session: Session) -> dict[str, str]:
    """Moments are worded in the reader's language when the message is written out."""
    return {
        "program": session.program.name,
        "hub": session.hub.name,
        "starts_at": session.starts_at.isoformat(),
        "ends_at": session.ends_at.isoformat(),
    }


def _cause(template: str, reader: int, rows: Sequence[Booking]) -> str:
    """The same places in the same state, at the same time, are the same news."""
    newest = max(row.changed_at.timestamp() for row in rows)
    places = f"{min(row.pk for row in rows)}-{len(rows)}"
    return f"{template}:{reader}:{places}:{rows[0].session.sequence}:{newest}"
