"""A children's session whose adults are not confirmed in time, step by step: volunteers who never answered are asked
once more and stand-ins called, then other sessions proposed to the families booked last, then what can't be covered is
cancelled, told at once with the nearest other one. A session that no child is left in goes as well (deserted).

Adults may come and go until it begins, so a session is looked at until then, whatever became of it before. What falls
into its last hour is for people to settle: families are on their way, and a message would turn them back at the door.

Locks: the children booked with their guardians and the volunteers who have not answered, sessions in order of their
keys, then topics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.people.models import Person
from scheduling.bookings.models import Booking
from scheduling.bookings.places import guardians_of
from scheduling.bookings.turns import offer_instead
from scheduling.cutoffs.covering import LAST, booked_in, confirmed_adults, covers_anybody, lacking, uncovered
from scheduling.cutoffs.elsewhere import nearest
from scheduling.cutoffs.models import CutOff
from scheduling.cutoffs.turning_away import offered_instead, targets_for, turn_away
from scheduling.cutoffs.unanswered import ask_once_more, call_out, give_to_others, unanswered_in
from scheduling.sessions.claims import lock_people, lock_session, lock_sessions
from scheduling.sessions.models import RosterSettings, Session
from scheduling.sessions.offers import not_at_night
from scheduling.signups.models import Assignment

State = CutOff.State
ANSWER_WITHIN = dt.timedelta(hours=2)
"""For volunteers asked once more, and at least for families offered another session: short enough that others who can
be asked still have the evening."""


@transaction.atomic
@told_together()
def look(*, session: int) -> bool:
    """What is due of one session; whether something was done. Again does nothing until the next step is due."""
    seen = booked_in(Session.objects.select_related("program", "hub").get(pk=session))
    over = _over(seen)
    if not over and not CutOff.objects.filter(session=session, state__in=CutOff.RUNNING).exists():
        return False  # As most are, most of the time: nothing is locked for it.
    silent = unanswered_in(session)
    volunteers = [row.volunteer.person_id for row in silent]
    lock_people([*(row.participant_id for row in seen), *guardians_of(seen), *volunteers])
    # Where a family may go is chosen before the locks, and judged again under them.
    targets = targets_for(over)
    lock_sessions([session, *targets])
    held = Session.objects.select_related("program", "hub", "duty_worker").get(pk=session)
    row = CutOff.objects.filter(session=held).first()
    now = clock.now()
    if held.state == Session.State.CANCELLED or held.starts_at <= now or (row and not _due(row, now)):
        return False
    known = {one.pk for one in seen}
    booked = [one for one in booked_in(held) if one.pk in known]
    over = _over(booked)
    if not over:
        return _covered(row, held, booked)
    if row is None or row.state in CutOff.SETTLED:
        _call(row, held, silent)
    elif row.state == State.CALLING and (asked := _still_silent(row, silent)):
        give_to_others(asked[: lacking(booked, confirmed_adults([held])[held.pk])], held)
        _step(row, State.CALLING, _moment(row, held, "move_after_hours"))
    elif row.state == State.CALLING and now < held.starts_at - LAST:
        soonest = min(not_at_night(now + ANSWER_WITHIN), held.starts_at - LAST)
        end = max(_moment(row, held, "cancel_after_hours"), soonest)
        _propose(held, over, targets, end)
        _step(row, State.MOVING, end)
    else:
        turn_away(held, over, targets)
        _step(row, State.CANCELLED, now)
    return True


@transaction.atomic
def extend(*, session: int, hours: int, by: Person) -> CutOff:
    """再等等: the next step is taken so much later, an hour before it begins at the latest. Refused: not_found."""
    row = _hold(session)
    if row.next_look and row.state in CutOff.RUNNING:
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


def _still_silent(row: CutOff, silent: Sequence[Assignment]) -> list[Assignment]:
    """Who was asked once more, those who got their place last before the others. Who has it since was not asked."""
    found = Assignment.objects.filter(pk__in=[one.pk for one in silent], state=Assignment.State.PUBLISHED)
    return list(found.filter(changed_at__lte=row.started_at).order_by("-created_at", "-pk"))


def _covered(row: CutOff | None, session: Session, booked: Sequence[Booking]) -> bool:
    """Nobody lacks an adult. Where the families went and no adult came, places would be ones that nobody covers."""
    if row is None or row.state in CutOff.SETTLED or (not booked and not covers_anybody(session)):
        return False
    _step(row, State.COVERED, clock.now())
    return True


def _call(row: CutOff | None, session: Session, silent: Sequence[Assignment]) -> None:
    now = clock.now()
    row = row or CutOff()
    row.session, row.started_at = session, now
    call_out(session)
    then = _moment(row, session, "move_after_hours")
    if now >= session.starts_at - LAST:
        _step(row, State.CALLING, None)
        return
    if silent:
        then = min(then, not_at_night(now + ANSWER_WITHIN))
        ask_once_more(silent, until=then)
    _step(row, State.CALLING, then)


def _propose(session: Session, over: Sequence[Sequence[Booking]], targets: set[int], end: dt.datetime) -> None:
    for rows in over:
        to = nearest(session, rows)
        if to and to.pk in targets and not offered_instead(rows):
            offer_instead(olds=rows, to=to, until=min(end, to.starts_at), template="booking_move_proposed")


def _step(row: CutOff, state: CutOff.State, next_look: dt.datetime | None) -> None:
    row.state, row.next_look = state, next_look
    row.save()
    _record(row, f"cutoff.{state}", None)


def _record(row: CutOff, action: str, by: Person | None) -> None:
    hub = row.session.hub_id
    append(action=action, subject=row, actor_id=by.pk if by else None, hub_id=hub, session=row.session_id)
    publish([f"hub:{hub}"], "cutoff.changed", session=[row.session_id])
