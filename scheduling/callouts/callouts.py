"""找人替班: a call-out asks stand-ins in waves until the need has its people, and everybody asked hears how it ended.

Locks: person, session, topic. A call-out and its asks are changed under their session's lock alone: a yes, a stop and a
wave never pass each other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.notify.quiet import quiet_until
from hub.people.models import Person
from hub.tokens import short_token, token_hash
from scheduling.callouts.announce import ask_people, tell_staff, tell_the_silent, unreached
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.shortage import Shortage, shortage_of
from scheduling.callouts.stand_ins import stand_ins
from scheduling.callouts.waves import pause_with, wave_with
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import Candidate

State = CallOut.State


@transaction.atomic
def start_call_out(*, need: int, by: Person | None) -> CallOut:
    """Have stand-ins asked for a need that is short; one that is running goes on.

    Refused: not_found, session_cancelled, session_over, not_short.
    """
    return have_asked(need=hold_need(need), by=by)


@transaction.atomic
def stop_call_out(*, callout: int, by: Person | None) -> CallOut:
    """Nobody is needed any more, or found otherwise: those who have not answered are told. Again is harmless."""
    row = hold_call_out(callout)
    if row.state in CallOut.OPEN:
        end(row, State.STOPPED, by=by)
    return row


def hold_need(need: int) -> Need:
    """Lock a need's session; the need as it is now. Refused: not_found, session_cancelled, session_over."""
    session = Need.objects.filter(pk=need).values_list("session", flat=True).first()
    if session is None:
        raise Refused("not_found", model="need", id=need)
    held = lock_session(session)
    row = Need.objects.select_related("session__program", "session__hub", "skill").get(pk=need)
    if held.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if held.starts_at <= clock.now():
        raise Refused("session_over")
    return row


def hold_call_out(callout: int) -> CallOut:
    """Lock its session; the call-out as it is now. Refused("not_found")."""
    session = CallOut.objects.filter(pk=callout).values_list("session", flat=True).first()
    if session is None:
        raise Refused("not_found", model="callout", id=callout)
    lock_session(session)
    related = ("session__program", "session__hub", "need__skill")
    row = CallOut.objects.select_related(*related).get(pk=callout)
    row.need.session = row.session
    return row


def open_for(need: Need) -> CallOut | None:
    row = CallOut.objects.filter(need=need, state__in=CallOut.OPEN).first()
    if row:
        row.need, row.session = need, need.session
    return row


def check_short(need: Need) -> Shortage:
    shortage = shortage_of(need)
    if not shortage.is_short:
        raise Refused("not_short", target=shortage.target)
    return shortage


def have_asked(*, need: Need, by: Person | None) -> CallOut:
    """The session is held. A call-out that asks people by message: the one that is open goes on, though it was one of
    telephone calls or had nobody left. Refused("not_short")."""
    found = open_for(need)
    if found and found.asking and found.state == State.RUNNING:
        return found
    shortage = check_short(need)
    if found is None:
        return open_call_out(need=need, shortage=shortage, by=by, asking=True)
    if by or not found.asking:
        found.by = by
    found.state, found.asking, found.wished = State.RUNNING, True, not shortage.endangered
    found.next_look = clock.now()
    found.save(update_fields=["state", "asking", "wished", "by", "next_look"])
    _started(found, by)
    return found


def open_call_out(*, need: Need, shortage: Shortage, by: Person | None, asking: bool) -> CallOut:
    """The session is held. Not `asking`: staff write down whom they rang, nobody is asked by message."""
    now = clock.now()
    callout = CallOut.objects.create(
        need=need,
        session=need.session,
        wished=not shortage.endangered,
        asking=asking,
        next_look=now if asking else need.session.starts_at,
        by=by,
        started_at=now,
    )
    _started(callout, by)
    return callout


def _started(callout: CallOut, by: Person | None) -> None:
    _record("callout.started" if callout.asking else "callout.calling", callout, by)
    if by is None:
        tell_staff(callout, "callout_started")
    _wake()


def ask_anew(callout: CallOut, *, by: Person | None) -> None:
    """The session is held, and was moved: those who had not answered are asked for the new time or site, if they could
    come then as well; others may be better placed now."""
    silent = _close(callout, State.STOPPED, by=by)
    shortage = shortage_of(callout.need)
    again: Sequence[Candidate] = []
    if callout.asking and shortage.is_short:
        anew = open_call_out(need=callout.need, shortage=shortage, by=callout.by, asking=True)
        again = stand_ins(need=callout.need, among=[ask.volunteer_id for ask in silent if ask.wave])
        if again:
            _ask(anew, again)
            _look_again(anew, _rest_until(anew, shortage) or clock.now())
    tell_the_silent(callout, silent, "callout_stopped", but=[one.volunteer.pk for one in again])


def look(callout: int) -> bool:
    """What is due of a call-out: its end or its next wave. Whoever looks and however often, a wave is asked once."""
    found = CallOut.objects.filter(pk=callout, state__in=CallOut.OPEN, next_look__lte=clock.now())
    row = found.select_related("session__program", "session__hub", "need__skill").first()
    if row is None:
        return False
    row.need.session = row.session
    # Everybody is judged before the lock, those chosen again under it: sign-ups need not wait for the ranking.
    ranked = stand_ins(need=row.need) if _due(row, shortage_of(row.need)) is None else None
    with transaction.atomic():
        row = hold_call_out(callout)
        now = clock.now()
        if row.state not in CallOut.OPEN or row.next_look is None or row.next_look > now:
            return False
        shortage = shortage_of(row.need)
        due = _due(row, shortage)
        if isinstance(due, State):
            end(row, due, by=None)
        elif due:
            _look_again(row, due)
        else:
            wanted = wave_with(row.session.starts_at - now).people * shortage.lacking(wished=row.wished)
            if chosen := _chosen(row.need, stand_ins(need=row.need) if ranked is None else ranked, wanted):
                _ask(row, chosen)
                _look_again(row, _rest_until(row, shortage) or now)
            else:
                _find_nobody(row)
    return True


def _due(callout: CallOut, shortage: Shortage) -> CallOut.State | dt.datetime | None:
    """How it has ended, or until when it rests; none when others are to be asked."""
    if callout.session.starts_at <= clock.now():
        return State.BEGUN
    if is_filled(callout, shortage):
        return State.FILLED
    if callout.state == State.NOBODY_LEFT:
        return callout.session.starts_at
    return _rest_until(callout, shortage)


def is_filled(callout: CallOut, shortage: Shortage) -> bool:
    return shortage.lacking(wished=callout.wished) == 0


def _rest_until(callout: CallOut, shortage: Shortage) -> dt.datetime | None:
    """Where the session can be held and nobody on the staff asked for more, one wave is enough of a bother. At night
    nobody is asked for what begins later than the morning."""
    starts_at, now = callout.session.starts_at, clock.now()
    if not callout.asking or (callout.wave and callout.by_id is None and not shortage.endangered):
        return starts_at
    until = max(_had_time(callout) or now, now)
    morning = quiet_until(until)
    if morning and morning < starts_at:
        until = morning
    return until if until > now else None


def _had_time(callout: CallOut) -> dt.datetime | None:
    """When those asked last have had their time to answer; none if all have, or no message reached the others."""
    last = callout.asks.filter(wave=callout.wave)
    if callout.wave == 0 or not last.filter(~unreached(), state=Ask.State.SILENT).exists():
        return None
    asked_at: dt.datetime = last.values_list("asked_at", flat=True)[0]
    return asked_at + pause_with(callout.session.starts_at - asked_at)


def _chosen(need: Need, ranked: Sequence[Candidate], wanted: int) -> Sequence[Candidate]:
    """The best of `ranked` whom nothing keeps from it even now. Who stands by kept the time for this: they come first,
    and the others are left in peace meanwhile."""
    ready = [one for one in ranked if one.why[0].code == "standby"]
    ranked = ready or ranked
    still = {one.volunteer.pk for one in stand_ins(need=need, among=[one.volunteer.pk for one in ranked[: 2 * wanted]])}
    return [one for one in ranked if one.volunteer.pk in still][:wanted]


def _ask(callout: CallOut, chosen: Sequence[Candidate]) -> None:
    callout.wave += 1
    tokens = {one.volunteer.pk: short_token() for one in chosen}
    asks = Ask.objects.bulk_create(
        Ask(
            callout=callout,
            volunteer=one.volunteer,
            wave=callout.wave,
            why=[{"code": reason.code, "facts": dict(reason.facts)} for reason in one.why],
            token_hash=token_hash(tokens[one.volunteer.pk]),
            asked_at=clock.now(),
        )
        for one in chosen
    )
    ask_people(callout, tokens, asks)
    people = [one.volunteer.person_id for one in chosen]
    _record("callout.asked", callout, None, people=people, wave=callout.wave, volunteers=sorted(tokens))


def _look_again(callout: CallOut, moment: dt.datetime) -> None:
    """Never later than the session begins: then it ends."""
    callout.next_look = min(moment, callout.session.starts_at)
    callout.save(update_fields=["wave", "next_look"])


def end(callout: CallOut, state: CallOut.State, *, by: Person | None) -> None:
    """The session is held. Those who have not answered are told."""
    silent = _close(callout, state, by=by)
    tell_the_silent(callout, silent, "callout_filled" if state == State.FILLED else "callout_stopped")


def _close(callout: CallOut, state: CallOut.State, *, by: Person | None) -> Sequence[Ask]:
    """Over; those who had not answered."""
    callout.state, callout.next_look, callout.ended_at = state, None, clock.now()
    callout.save(update_fields=["state", "next_look", "ended_at"])
    silent = list(callout.asks.filter(state=Ask.State.SILENT).select_related("volunteer").order_by("pk"))
    callout.asks.filter(state=Ask.State.SILENT).update(state=Ask.State.CLOSED)
    people = [ask.volunteer.person_id for ask in silent]
    _record("callout.ended", callout, by, people=people, state=str(state))
    return silent


def _find_nobody(callout: CallOut) -> None:
    """It stays open: a late yes still counts."""
    callout.state = State.NOBODY_LEFT
    callout.save(update_fields=["state"])
    _look_again(callout, callout.session.starts_at)
    tell_staff(callout, "callout_nobody_left")
    _record("callout.nobody_left", callout, None)


def _record(action: str, callout: CallOut, by: Person | None, *, people: Sequence[int] = (), **facts: object) -> None:
    hub = callout.session.hub_id
    who = by.pk if by else None
    append(action=action, subject=callout, actor_id=who, for_id=None, hub_id=hub, need=callout.need_id, **facts)
    topics = [f"hub:{hub}", *(f"person:{person}" for person in people)]
    publish(topics, "callout.changed", session=[callout.session_id], callout=[callout.pk])


def _wake() -> None:
    from scheduling.callouts.tasks import wake

    transaction.on_commit(wake)
