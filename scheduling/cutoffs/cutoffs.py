"""A children's session whose adults are not confirmed in time, step by step: stand-ins are called, then other sessions
proposed to the families booked last, then what can't be covered is cancelled, told at once with the nearest other one.

Locks: the children booked with their guardians, sessions in order of their keys, then topics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.people.models import Person
from scheduling.bookings.announce import announce
from scheduling.bookings.line import open_turn
from scheduling.bookings.models import Booking
from scheduling.bookings.places import guardians_of, put, tell
from scheduling.bookings.turns import offer_instead
from scheduling.callouts.callouts import start_call_out
from scheduling.cutoffs.covering import booked_in, confirmed_adults, uncovered
from scheduling.cutoffs.elsewhere import nearest
from scheduling.cutoffs.models import CutOff
from scheduling.sessions.claims import lock_people, lock_session, lock_sessions
from scheduling.sessions.models import Need, RosterSettings, Session
from scheduling.sessions.offers import answer_by, not_at_night

State = CutOff.State
AGAIN = dt.timedelta(minutes=30)
"""Who said yes may still say no."""
LAST = dt.timedelta(hours=1)
"""So long before it begins the last step is taken, at the latest."""


@transaction.atomic
@told_together()
def look(*, session: int) -> bool:
    """What is due of one session; whether something was done. Again does nothing until the next step is due."""
    seen = booked_in(Session.objects.select_related("program", "hub").get(pk=session))
    lock_people([*(row.participant_id for row in seen), *guardians_of(seen)])
    # Where a family may go is chosen before the locks, and judged again under them.
    targets = {one.pk for rows in _over(seen) if (one := nearest(rows[0].session, rows))}
    lock_sessions([session, *targets])
    held = Session.objects.select_related("program", "hub", "duty_worker").get(pk=session)
    row = CutOff.objects.filter(session=held).first()
    now = clock.now()
    if held.state == Session.State.CANCELLED or held.starts_at <= now or (row and not _due(row, now)):
        return False
    known = {one.pk for one in seen}
    over = _over([one for one in booked_in(held) if one.pk in known])
    if not over:
        return _covered(row)
    if row is None or row.state == State.COVERED:
        _call(row, held)
    elif row.state == State.CALLING:
        _propose(row, held, over, targets)
        _step(row, State.MOVING, _moment(row, held, "cancel_after_hours"))
    else:
        _cancel(held, over, targets)
        _step(row, State.CANCELLED, None)
    return True


@transaction.atomic
def extend(*, session: int, hours: int, by: Person) -> CutOff:
    """再等等: the next step is taken so much later, an hour before it begins at the latest. Refused: not_found."""
    row = _hold(session)
    if row.next_look:
        row.next_look = min(row.next_look + dt.timedelta(hours=hours), row.session.starts_at - LAST)
        row.save(update_fields=["next_look"])
    _record(row, "cutoff.extended", by)
    return row


@transaction.atomic
def step_in(*, session: int, by: Person) -> CutOff:
    """我来处理: nothing more happens by itself. Again is harmless. Refused: not_found."""
    row = _hold(session)
    row.state, row.next_look = State.STEPPED_IN, None
    row.save(update_fields=["state", "next_look"])
    _record(row, "cutoff.stepped_in", by)
    return row


def _hold(session: int) -> CutOff:
    held = lock_session(session)
    row = CutOff.objects.filter(session=held).first()
    if row is None:
        raise Refused("not_found", model="cutoff", id=session)
    row.session = held
    return row


def _over(booked: Sequence[Booking]) -> list[list[Booking]]:
    if not booked:
        return []
    session = booked[0].session
    return uncovered(session, booked, confirmed_adults([session])[session.pk])


def _due(row: CutOff, now: dt.datetime) -> bool:
    return row.next_look is not None and row.next_look <= now


def _moment(row: CutOff, session: Session, figure: str) -> dt.datetime:
    """Counted from when adults first lacked: whoever is booked late has the same time."""
    after = dt.timedelta(hours=getattr(RosterSettings.current(), figure))
    return min(not_at_night(row.started_at + after), session.starts_at - LAST)


def _covered(row: CutOff | None) -> bool:
    if row is None:
        return False
    news = row.state != State.COVERED
    row.state, row.next_look = State.COVERED, clock.now() + AGAIN
    row.save(update_fields=["state", "next_look"])
    if news:
        _record(row, "cutoff.covered", None)
    return news


def _call(row: CutOff | None, session: Session) -> None:
    row = row or CutOff(session=session)
    row.started_at = clock.now()
    for need in Need.objects.filter(session=session).order_by("priority", "position"):
        with suppress(Refused):
            start_call_out(need=need.pk, by=None)
    row.session = session
    _step(row, State.CALLING, _moment(row, session, "move_after_hours"))


def _propose(row: CutOff, session: Session, over: Sequence[Sequence[Booking]], targets: set[int]) -> None:
    until = _moment(row, session, "cancel_after_hours")
    for rows in over:
        to = nearest(session, rows)
        if to and to.pk in targets:
            offer_instead(olds=rows, to=to, until=min(until, to.starts_at), template="booking_move_proposed")


def _cancel(session: Session, over: Sequence[Sequence[Booking]], targets: set[int]) -> None:
    for rows in over:
        for row in rows:
            put(row, Booking.State.CANCELLED, "booking.uncovered", by=None)
        proposed = Booking.objects.filter(instead_of__in=rows, state=Booking.State.OFFERED).select_related(
            "session__program", "session__hub", "turn", "participant__child__family"
        )
        offered = list(proposed)
        to = None if offered else nearest(session, rows)
        if offered and offered[0].turn:
            turn = offered[0].turn
            link = open_turn(turn, answer_by(starts_at=offered[0].session.starts_at, now=clock.now()))
            announce(template="booking_uncovered", bookings=offered, turn=turn, link=link, before=session)
        elif to and to.pk in targets:
            until = answer_by(starts_at=to.starts_at, now=clock.now())
            offer_instead(olds=rows, to=to, until=until, template="booking_uncovered")
        else:
            announce(template="booking_uncovered_alone", bookings=rows)
        tell(session, rows)


def _step(row: CutOff, state: CutOff.State, next_look: dt.datetime | None) -> None:
    row.state, row.next_look = state, next_look
    row.save()
    _record(row, f"cutoff.{state}", None)


def _record(row: CutOff, action: str, by: Person | None) -> None:
    hub = row.session.hub_id
    append(action=action, subject=row, actor_id=by.pk if by else None, hub_id=hub, session=row.session_id)
    publish([f"hub:{hub}"], "cutoff.changed", session=[row.session_id])
