"""Families whose children are not covered go elsewhere: to a place that is held for them, as one tap, or to none.

Where they may go is chosen before the locks and judged again under them: a place in a session that is not held is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub import clock
from hub.people.models import Person
from scheduling.bookings.announce import announce
from scheduling.bookings.line import open_turn
from scheduling.bookings.models import Booking
from scheduling.bookings.places import put, tell
from scheduling.bookings.turns import offer_instead
from scheduling.cutoffs.elsewhere import nearest
from scheduling.sessions.models import Session
from scheduling.sessions.offers import answer_by


@dataclass(frozen=True)
class TurnedAway:
    """A family's places, and where others are held for it."""

    rows: Sequence[Booking]
    to: Session | None


def targets_for(over: Sequence[Sequence[Booking]], *, but: Collection[int] = ()) -> set[int]:
    """The sessions to lock. `but`: never these."""
    promised: Counter[int] = Counter()
    for rows in over:
        if to := nearest(rows[0].session, rows, promised, but=but):
            promised[to.pk] += len(rows)
    return set(promised)


def turn_away(
    session: Session,
    over: Sequence[Sequence[Booking]],
    targets: Collection[int],
    *,
    by: Person | None = None,
    but: Collection[int] = (),
) -> list[TurnedAway]:
    """Their places end and they are told, each family once. People, the session and `targets` are held."""
    return [_turn_away(session, rows, targets, by, but) for rows in over]


def _turn_away(
    session: Session, rows: Sequence[Booking], targets: Collection[int], by: Person | None, but: Collection[int]
) -> TurnedAway:
    for row in rows:
        put(row, Booking.State.CANCELLED, "booking.uncovered", by=by)
    offered = offered_instead(rows)
    to = None if offered else nearest(session, rows, but=but)
    if offered and offered[0].turn:
        turn, to = offered[0].turn, offered[0].session
        link = open_turn(turn, answer_by(starts_at=to.starts_at, now=clock.now()))
        announce(template="booking_uncovered", bookings=offered, turn=turn, link=link, before=session)
        elsewhere = {one.instead_of_id for one in offered}
        announce(template="booking_uncovered_alone", bookings=[row for row in rows if row.pk not in elsewhere])
    elif to and to.pk in targets:
        until = answer_by(starts_at=to.starts_at, now=clock.now())
        offer_instead(olds=rows, to=to, until=until, template="booking_uncovered", by=by)
    else:
        to = None
        announce(template="booking_uncovered_alone", bookings=rows)
    tell(session, rows)
    return TurnedAway(rows, to)


def offered_instead(rows: Sequence[Booking]) -> list[Booking]:
    """Places held for these children elsewhere already."""
    found = Booking.objects.filter(instead_of__in=rows, state=Booking.State.OFFERED)
    return list(found.select_related("session__program", "session__hub", "turn", "participant__child__family"))
