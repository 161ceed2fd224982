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
from hub.people.models import Person
from hub.tokens import short_token, token_hash
from scheduling.callouts.announce import ask_people, tell_staff, tell_the_silent
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.shortage import Shortage, shortage_of
from scheduling.callouts.stand_ins import stand_ins
from scheduling.callouts.waves import pause_with, wave_with
from scheduling.sessions.claims import lock_session
from scheduling.sessions.models import Need, Session
from scheduling.signups.candidates import Candidate

State = CallOut.State


@transaction.atomic
def start_call_out(*, need: int, by: Person) -> CallOut:
    """Have stand-ins asked for a need that is short; one that is running goes on.

    Refused: not_found, session_cancelled, session_over, not_short.
    """
    wanted = hold_need(need)
    running = running_for(wanted)
    if running is None:
        return open_call_out(need=wanted, shortage=check_short(wanted), by=by, asking=True)
    if not running.asking:
        running.asking, running.next_look = True, clock.now()
        running.save(update_fields=["asking", "next_look"])
        _record("callout.started", running, by)
        _wake()
    return running


@transaction.atomic
def stop_call_out(*, callout: int, by: Person | None) -> CallOut:
    """Nobody is needed any more, or found otherwise: those who have not answered are told. Again is harmless."""
    row = hold_call_out(callout)
    if row.state == State.RUNNING:
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


def running_for(need: Need) -> CallOut | None:
    row = CallOut.objects.filter(need=need, state=State.RUNNING).first()
    if row:
        row.need, row.session = need, need.session
    return row


def check_short(need: Need) -> Shortage:
    shortage = shortage_of(need)
    if not shortage.is_short:
        raise Refused("not_short", target=shortage.target)
    return shortage


def open_call_out(*, need: Need, shortage: Shortage, by: Person | None, asking: bool) -> CallOut:
    """The session is held. Not `asking`: staff write down whom they rang, nobody is asked by message."""
    now = clock.now()
    callout = CallOut.objects.create(
        need=need,
        session=need.session,
        heads=shortage.heads,
        asking=asking,
        next_look=now if asking else need.session.starts_at,
        by=by,
        started_at=now,
    )
    _record("callout.started" if asking else "callout.calling", callout, by)
    if by is None:
        tell_staff(callout, "callout_started")
    _wake()
    return callout


def look(callout: int) -> bool:
    """What is due of a call-out: its end or its next wave. Whoever looks and however often, a wave is asked once."""
    found = CallOut.objects.filter(pk=callout, state=State.RUNNING, next_look__lte=clock.now())
    row = found.select_related("session__program", "session__hub", "need__skill").first()
    if row is None:
        return False
    row.need.session = row.session
    # Everybody is judged before the lock, those chosen again under it: sign-ups need not wait for the ranking.
    ranked = stand_ins(need=row.need)
    with transaction.atomic():
        row = hold_call_out(callout)
        now = clock.now()
        if row.state != State.RUNNING or row.next_look is None or row.next_look > now:
            return False
        shortage = shortage_of(row.need)
        if row.session.starts_at <= now:
            end(row, State.BEGUN, by=None)
        elif shortage.filled >= row.heads:
            end(row, State.FILLED, by=None)
        elif rest := _rest_until(row, shortage):
            _look_again(row, rest)
        else:
            left = row.session.starts_at - now
            wanted = wave_with(left).people * (row.heads - shortage.filled)
            if chosen := _chosen(row.need, ranked, wanted):
                _ask(row, chosen)
                _look_again(row, _rest_until(row, shortage) or now)
            else:
                end(row, State.NOBODY_LEFT, by=None)
    return True


def _rest_until(callout: CallOut, shortage: Shortage) -> dt.datetime | None:
    """Those asked last have their time, unless all have answered. Where the session can be held and nobody on the staff
    asked for more, one wave is enough of a bother."""
    if not callout.asking or (callout.wave and callout.by_id is None and not shortage.endangered):
        return callout.session.starts_at
    if callout.wave == 0:
        return None
    last = callout.asks.filter(wave=callout.wave)
    if not last.filter(state=Ask.State.SILENT).exists():
        return None
    asked_at = last.values_list("asked_at", flat=True)[0]
    until = asked_at + pause_with(callout.session.starts_at - asked_at)
    return until if until > clock.now() else None


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
    """The session is held."""
    callout.state, callout.next_look, callout.ended_at = state, None, clock.now()
    callout.save(update_fields=["state", "next_look", "ended_at"])
    silent = list(callout.asks.filter(state=Ask.State.SILENT).select_related("volunteer").order_by("pk"))
    if state == State.NOBODY_LEFT:
        # Who answers late is still welcome.
        tell_staff(callout, "callout_nobody_left")
    else:
        callout.asks.filter(state=Ask.State.SILENT).update(state=Ask.State.CLOSED)
        tell_the_silent(callout, silent, "callout_filled" if state == State.FILLED else "callout_stopped")
    people = [ask.volunteer.person_id for ask in silent]
    _record("callout.ended", callout, by, people=people, state=str(state))


def _record(action: str, callout: CallOut, by: Person | None, *, people: Sequence[int] = (), **facts: object) -> None:
    hub = callout.session.hub_id
    who = by.pk if by else None
    append(action=action, subject=callout, actor_id=who, for_id=None, hub_id=hub, need=callout.need_id, **facts)
    topics = [f"hub:{hub}", *(f"person:{person}" for person in people)]
    publish(topics, "callout.changed", session=[callout.session_id], callout=[callout.pk])


def _wake() -> None:
    from scheduling.callouts.tasks import wake

    transaction.on_commit(wake)
