"""The line before a full session: a freed place is offered to the next family, and passed on when they stay silent.

Whose turn it is: families that have fewer than two places in this program this week come first, in the order in which
they came; a family's third place comes after everybody's first. Siblings who wait together are offered their places
together: where too few are free they are skipped and keep their turn.

Locks: session, topics. Callers hold the session.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import takewhile

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from hub import clock
from hub.live.publish import told_together
from hub.people.care_notes import in_hardship
from hub.tokens import short_token, token_hash
from scheduling.bookings.announce import announce
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.places import child_of, put, tell, with_family
from scheduling.bookings.seats import seats_in, seats_of
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Session
from scheduling.sessions.offers import answer_by

State = Booking.State
FAIR = 2
"""So many places a family has before it stands behind those who have fewer."""


def lines_of(sessions: Iterable[Session]) -> dict[int, list[list[Booking]]]:
    """Session id -> who waits, in the order of their turns, siblings together. Three queries for any number."""
    rows = {one.pk: one for one in sessions}
    waiting = Booking.objects.filter(session__in=rows, state=State.WAITING).select_related("participant__child__family")
    turns: dict[int, dict[object, list[Booking]]] = defaultdict(dict)
    for row in waiting.order_by("turn", "pk"):
        row.session = rows[row.session_id]
        turns[row.session_id].setdefault(row.turn_id or f"alone {row.pk}", []).append(row)
    had = places_had([row for entries in turns.values() for entry in entries.values() for row in entry])
    return {
        pk: sorted(entries.values(), key=lambda entry: had[family_of(entry[0]), *_week(rows[pk])] >= FAIR)
        for pk, entries in turns.items()
    }


def families_before(entries: Sequence[Sequence[Booking]], family: int | None) -> int:
    """How many other families stand before the first turn of this one."""
    return len({family_of(entry[0]) for entry in takewhile(lambda entry: family_of(entry[0]) != family, entries)})


def family_of(row: Booking) -> int | None:
    child = child_of(row)
    return child.family_id if child else None


def places_had(rows: Iterable[Booking]) -> Counter[tuple[object, ...]]:
    """(family, program, week) -> places that the families of these rows have or are offered, in the programs and weeks
    of their sessions. One query."""
    rows = list(rows)
    found: Counter[tuple[object, ...]] = Counter()
    if rows:
        held = Booking.objects.filter(
            state__in=Booking.HOLDING,
            participant__child__family__in={family_of(row) for row in rows},
            session__program__in={row.session.program_id for row in rows},
            session__week__in={row.session.week for row in rows},
        ).order_by()
        by = ("participant__child__family", "session__program", "session__week")
        for family, program, week, count in held.values_list(*by).annotate(Count("pk")):
            found[family, program, week] = count
    return found


def _week(session: Session) -> tuple[object, ...]:
    return session.program_id, session.week


def pass_on(session: Session) -> list[Booking]:
    """Offer what is free to those in line; the rows that were offered a place. The caller holds the session."""
    if session.state == Session.State.CANCELLED or session.starts_at <= clock.now():
        return []
    offered: list[Booking] = []
    while entry := _next(session):
        _offer(session, entry)
        offered += entry
    tell(session, offered)
    return offered


def _next(session: Session) -> list[Booking] | None:
    """Looked for anew after each offer: a place offered may make it somebody else's turn."""
    seats = seats_of(session)
    line = lines_of([session]).get(session.pk, []) if seats.open + seats.kept else []
    children = {row.pk: child.pk for entry in line for row in entry if (child := child_of(row))}
    priority = in_hardship(set(children.values())) if seats.kept else set()
    return next(
        (entry for entry in line if all(seats.within([children.get(row.pk, 0) for row in entry], priority))), None
    )


def _offer(session: Session, entry: Sequence[Booking]) -> None:
    turn = entry[0].turn or Turn(session=session)
    link = open_turn(turn, answer_by(starts_at=session.starts_at, now=clock.now()))
    for row in entry:
        row.turn = turn
        row.save(update_fields=["turn"])
        put(row, State.OFFERED, "booking.offered", by=None)
    announce(template="booking_offered", bookings=entry, turn=turn, link=link)


def open_turn(turn: Turn, until: dt.datetime) -> str:
    """The turn with its offer's end; the link that answers it."""
    token = short_token()
    turn.answer_by, turn.token_hash = until, token_hash(token)
    turn.save()
    return f"{settings.PUBLIC_URL}/k/{token}"


@transaction.atomic
@told_together()
def pass_silent(*, session: int) -> int:
    """Offers of a session whose time ran out go to the next in line; how many ran out. Again finds none."""
    held = lock_session(session)
    silent = Booking.objects.filter(session=held, state=State.OFFERED, turn__answer_by__lte=clock.now())
    rows = with_family(silent.select_related("participant__child__family").order_by("pk"), held)
    for row in rows:
        put(row, State.PASSED, "booking.passed", by=None)
    tell(held, rows)
    pass_on(held)
    return len(rows)


@transaction.atomic
@told_together()
def fill_from_line(*, session: int) -> int:
    """Places that came free where nobody looked (a workbook, the cut-off) go to those in line; how many."""
    return len(pass_on(lock_session(session)))


def sessions_to_look_at() -> tuple[list[int], list[int]]:
    """Sessions with silent offers; those with a line before a free place."""
    now = clock.now()
    silent = Booking.objects.filter(state=State.OFFERED, turn__answer_by__lte=now)
    waiting = Booking.objects.filter(state=State.WAITING).values("session")
    lines = Session.objects.filter(pk__in=waiting, state=Session.State.PLANNED, starts_at__gt=now)
    free = [pk for pk, seats in seats_in(lines.select_related("program")).items() if seats.open + seats.kept]
    return sorted(set(silent.values_list("session", flat=True))), sorted(free)
