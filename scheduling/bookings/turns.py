"""Answering an offer: 轮到您了. By whoever acts for the family, by the link of the message, or by a text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.notify.replies import Standing
from hub.people.models import Child, Person
from hub.tokens import token_hash
from scheduling.bookings.announce import announce
from scheduling.bookings.fit import clash_with, known_of
from scheduling.bookings.line import open_turn, pass_on
from scheduling.bookings.models import Booking, Turn
from scheduling.bookings.places import MOVED, put, take, tell, with_family
from scheduling.bookings.signals import booking_moved
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session

State = Booking.State


@transaction.atomic
@told_together()
def accept_turn(*, turn: int, by: Person) -> list[Booking]:
    """要这个名额: all that the turn offers are booked; where they are instead of others, those are given up. Again is
    harmless. Refused: not_found, offer_over, session_cancelled, session_over, child_clash (a session was moved, and the
    child has a place at this time)."""
    rows = _hold(turn)
    offered = [row for row in rows if row.state == State.OFFERED]
    if not offered:
        if any(row.state == State.BOOKED for row in rows):
            return rows
        raise Refused("offer_over")
    session = offered[0].session
    if session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled", session=session.pk)
    if session.starts_at <= clock.now():
        raise Refused("session_over", session=session.pk)
    _check_free(session, offered)
    for row in offered:
        put(row, State.BOOKED, "booking.accepted", by=by)
        _give_up(row, by=by)
    tell(session, offered)
    return rows


@transaction.atomic
@told_together()
def decline_turn(*, turn: int, by: Person) -> list[Booking]:
    """不要了: the places go to the next. Again is harmless. Refused: not_found, offer_over once they were taken."""
    rows = _hold(turn)
    offered = [row for row in rows if row.state == State.OFFERED]
    if not offered and any(row.state == State.BOOKED for row in rows):
        raise Refused("offer_over")
    for row in offered:
        put(row, State.CANCELLED, "booking.declined", by=by)
    if offered:
        tell(offered[0].session, offered)
        pass_on(offered[0].session)
    return rows


def offer_instead(
    *, olds: Sequence[Booking], to: Session, until: dt.datetime, template: str, by: Person | None = None
) -> list[Booking]:
    """Hold places in `to` for the children of `olds`, siblings of one family, to be had for theirs by one tap. People
    and both sessions are held, `participant.child.family` loaded."""
    turn = Turn(session=to)
    link = open_turn(turn, until)
    rows = []
    for old in olds:
        child: Child = old.participant.child
        rows.append(take(to, child, by=by, state=State.OFFERED, turn=turn, instead_of=old))
    announce(template=template, bookings=rows, turn=turn, link=link, before=olds[0].session)
    tell(to, rows)
    return rows


def find_turn(token: str) -> Turn:
    """Refused: not_found for a token that never was, link_expired when the session has begun."""
    row = Turn.objects.filter(token_hash=token_hash(token)).select_related("session").first()
    if row is None:
        raise Refused("not_found", model="link")
    if row.session.starts_at <= clock.now():
        raise Refused("link_expired")
    return row


def guardian_behind(turn: int) -> Person:
    """For whom the link acts: the guardian of those it offers a place. Refused("not_found")."""
    row = Person.objects.filter(guarded_family__children__person__bookings__turn=turn).first()
    if row is None:
        raise Refused("not_found", model="turn", id=turn)
    return row


class TurnQuestion:
    """Answered by a text: 1 takes the places, 2 gives them on."""

    def standing(self, about: int) -> Standing:
        states = set(Booking.objects.filter(turn=about).values_list("state", flat=True))
        if State.OFFERED in states and Turn.objects.filter(pk=about, session__starts_at__gt=clock.now()).exists():
            return Standing.OPEN
        return Standing.OVER

    def answer(self, about: int, *, yes: bool) -> str:
        (accept_turn if yes else decline_turn)(turn=about, by=guardian_behind(about))
        return "reply_yes" if yes else "reply_no"


def _hold(turn: int) -> list[Booking]:
    """The rows of a turn, their people and sessions locked, those of the places given up with them."""
    found = Booking.objects.filter(turn=turn).select_related("participant__child__family", "instead_of")
    rows = list(found)
    if not rows:
        raise Refused("not_found", model="turn", id=turn)
    guardians = {row.participant.child.family.guardian_id for row in rows}
    lock_people([*(row.participant_id for row in rows), *guardians])
    keys = {row.session_id for row in rows} | {row.instead_of.session_id for row in rows if row.instead_of}
    sessions = {key: lock_session(key) for key in sorted(keys)}
    rows = with_family(found.order_by("pk").all(), sessions[rows[0].session_id])
    for row in rows:
        if row.instead_of:
            row.instead_of.session = sessions[row.instead_of.session_id]
    return rows


def _check_free(session: Session, offered: Sequence[Booking]) -> None:
    known = known_of(row.participant_id for row in offered)
    given_up = {row.instead_of_id for row in offered}
    for row in offered:
        mine = [one for one in known.taken if one.participant_id == row.participant_id and one.pk not in given_up]
        booked = [one for one in mine if one.state == State.BOOKED]
        if reason := clash_with(session, row.participant.child, booked):
            raise reason.refuse()


def _give_up(row: Booking, *, by: Person) -> None:
    """The place that this one is instead of, if they have it still."""
    old = row.instead_of
    if old is None or old.state not in Booking.OPEN:
        return
    old.participant = row.participant
    had = old.state == State.BOOKED
    put(old, State.CANCELLED, MOVED, by=by)
    if had:
        booking_moved.send(sender=Booking, session=old.session, to=row.session, participant=row.participant_id)
    tell(old.session, [old])
    pass_on(old.session)
