"""What those who are asked say: in the app, by a link without a sign-in, or on the telephone."""

from __future__ import annotations

from enum import StrEnum

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.notify.replies import Standing
from hub.people.models import Person
from hub.tokens import token_hash
from scheduling.callouts.callouts import check_short, end, hold_need, is_filled, open_call_out, open_for
from scheduling.callouts.models import Ask, CallOut
from scheduling.callouts.shortage import shortage_of
from scheduling.callouts.tasks import look_soon
from scheduling.sessions.claims import lock_people, lock_session
from scheduling.sessions.models import Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.signups import take_place
from volunteers.models import Volunteer


class Outcome(StrEnum):
    """Of a call."""

    YES = "yes"
    NO = "no"
    NO_ANSWER = "no_answer"


@transaction.atomic
@told_together()
def say_yes(*, ask: int, by: Person) -> Ask:
    """我能来: the first gets the place. Again is harmless; a no may be taken back while the place is open.

    Refused: callout_filled, callout_stopped, session_over, session_cancelled, and whatever sign_up refuses.
    """
    row = _hold(ask)
    if row.state != Ask.State.YES:
        _check_open(row.callout)
        _take(row, by=by, source=Assignment.Source.SELF)
    return row


@transaction.atomic
def say_no(*, ask: int, by: Person) -> Ask:
    """不方便. Again is harmless. When all of a wave have said so, others are asked at once.

    Refused: session_over; said_yes when they have the place: giving it back is decline's.
    """
    row = _hold(ask)
    if row.state == Ask.State.YES:
        raise Refused("said_yes")
    if row.callout.session.starts_at <= clock.now():
        raise Refused("session_over")
    if row.state != Ask.State.NO:
        _decline(row, by=by)
    return row


@transaction.atomic
@told_together()
def record_call(*, need: int, volunteer: int, outcome: Outcome, by: Person) -> Ask:
    """What somebody said when staff rang them; a yes signs them up, and they get a message that says so.

    Refused: not_found, not_short, session_over, session_cancelled, said_yes, and whatever sign_up refuses.
    """
    person = Volunteer.objects.filter(pk=volunteer).values_list("person", flat=True).first()
    if person is None:
        raise Refused("not_found", model="volunteer", id=volunteer)
    lock_people([person])
    wanted = hold_need(need)
    callout = open_for(wanted)
    if callout is None:
        callout = open_call_out(need=wanted, shortage=check_short(wanted), by=by, asking=False)
    now = clock.now()
    row, _ = Ask.objects.select_related("volunteer").get_or_create(
        callout=callout, volunteer_id=volunteer, defaults={"wave": 0, "asked_at": now}
    )
    row.callout = callout
    if row.state == Ask.State.YES:
        raise Refused("said_yes")
    row.called_at = now
    row.save(update_fields=["called_at"])
    match outcome:
        case Outcome.YES:
            taken = _take(row, by=by, source=Assignment.Source.HAND)
            announce_roster(added=[taken], released=[], by=by)
        case Outcome.NO:
            _decline(row, by=by)
        case Outcome.NO_ANSWER:
            _record("callout.no_answer", row, by)
    return row


class CallOutQuestion:
    """Answered by a text: 1 for 我能来, 2 for 不方便."""

    def standing(self, about: int) -> Standing:
        row = Ask.objects.filter(pk=about).select_related("callout__session").first()
        if row is None or row.state == Ask.State.YES or row.callout.state not in CallOut.OPEN:
            return Standing.OVER
        if row.callout.session.starts_at <= clock.now():
            return Standing.OVER
        return Standing.OPEN if row.state == Ask.State.SILENT else Standing.ANSWERED

    def answer(self, about: int, *, yes: bool) -> str:
        person = Person.objects.get(volunteer__asks=about)
        (say_yes if yes else say_no)(ask=about, by=person)
        return "reply_yes" if yes else "reply_no"


def find_ask(token: str) -> Ask:
    """The newest question to them about that need: an older link leads to it when they were asked anew.

    Refused: not_found for a token that never was, link_expired when the session has begun.
    """
    sent = Ask.objects.filter(token_hash=token_hash(token)).values("volunteer", "callout__need").first()
    if sent is None:
        raise Refused("not_found", model="link")
    row = Ask.objects.filter(**sent).select_related("volunteer__person", "callout__session").latest("pk")
    if row.callout.session.starts_at <= clock.now():
        raise Refused("link_expired")
    return row


def _hold(ask: int) -> Ask:
    """Lock the person and the session of an ask; as it is now, with its call-out."""
    keys = Ask.objects.filter(pk=ask).values_list("volunteer__person", "callout__session").first()
    if keys is None:
        raise Refused("not_found", model="ask", id=ask)
    person, session = keys
    lock_people([person])
    lock_session(session)
    related = ("volunteer", "callout__session__program", "callout__session__hub", "callout__need")
    row = Ask.objects.select_related(*related).get(pk=ask)
    row.callout.need.session = row.callout.session
    return row


def _check_open(callout: CallOut) -> None:
    if callout.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if callout.session.starts_at <= clock.now():
        raise Refused("session_over")
    if callout.state not in CallOut.OPEN:
        raise Refused("callout_filled" if callout.state == CallOut.State.FILLED else "callout_stopped")


def _take(ask: Ask, *, by: Person, source: Assignment.Source) -> Assignment:
    callout = ask.callout
    if is_filled(callout, shortage_of(callout.need)):
        raise Refused("callout_filled")
    taken = take_place(
        need=callout.need_id,
        person=ask.volunteer.person_id,
        by=by,
        state=Assignment.State.ACCEPTED,
        source=source,
    )
    _answer(ask, Ask.State.YES, by=by)
    _record("callout.yes", ask, by)
    if is_filled(callout, shortage_of(callout.need)):
        end(callout, CallOut.State.FILLED, by=by)
    return taken


def _decline(ask: Ask, *, by: Person) -> None:
    _answer(ask, Ask.State.NO, by=by)
    _record("callout.no", ask, by)
    transaction.on_commit(lambda: look_soon(ask.callout.need_id))


def _answer(ask: Ask, state: Ask.State, *, by: Person) -> None:
    ask.state, ask.answered_at = state, clock.now()
    ask.by = by if by.pk != ask.volunteer.person_id else None
    ask.save(update_fields=["state", "answered_at", "by"])


def _record(action: str, ask: Ask, by: Person) -> None:
    callout, person = ask.callout, ask.volunteer.person_id
    append(
        action=action,
        subject=callout,
        actor_id=by.pk,
        for_id=person if by.pk != person else None,
        hub_id=callout.session.hub_id,
        volunteer=ask.volunteer_id,
    )
    publish(
        [f"hub:{callout.session.hub_id}", f"person:{person}"],
        "callout.changed",
        session=[callout.session_id],
        callout=[callout.pk],
    )
