"""Taking a place and giving it back (locks: scheduling.signups.places)."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.models import Person
from hub.statement import Statement
from scheduling.sessions.models import Need, RosterSettings
from scheduling.signups import parties
from scheduling.signups.announce import announce_roster
from scheduling.signups.models import Assignment
from scheduling.signups.places import (
    check_answerable,
    hold,
    judge,
    put,
    refuse_first,
    take_time,
    tell,
    tell_taken,
    unclaim,
    write,
)
from scheduling.signups.standing import Standing
from scheduling.signups.tasks import keep_looking
from scheduling.signups.waiting import pass_on, refill

State = Assignment.State
Source = Assignment.Source
Mode = Need.Mode
ASKING = {Mode.APPROVAL: State.REQUESTED, Mode.PLAN: State.WISHED}
DONE = {
    State.REQUESTED: "assignment.requested",
    State.WISHED: "assignment.wished",
    State.WAITING: "assignment.waiting",
    State.ACCEPTED: "assignment.taken",
    State.PUBLISHED: "assignment.taken",
}


def sign_up(*, need: int, person: int, by: Person, wait: bool = False) -> Assignment:
    """A volunteer asks for a place. By the need's mode it is theirs at once (accepted), a request that waits for a yes,
    or a wish that planning goes by. `wait`: where all places are taken, one in line for the next.

    Refused: not_found, need_full, waiting_full, invited_only, already_asked, in_party and every code of
    signups.eligibility.
    """
    session = _look_before_locking(need, person, wait=wait)
    try:
        with transaction.atomic(), told_together():
            found = judge(need=need, person=person, session=session)
            if found.standing.waiting and found.standing.free > 0:
                # A place that came free where nobody looked (a workbook): those in line come first.
                pass_on(need=found.standing.need, session=found.standing.session)
                found = judge(need=need, person=person, session=session)
            standing, mode = found.standing, Mode(found.standing.need.mode)
            if mode == Mode.INVITED:
                raise Refused("invited_only")
            refuse_first(found.reasons, but="need_full")
            _refuse_twice(standing)
            refuse_first(found.reasons, but="need_full" if wait or mode == Mode.PLAN else "")
            state = ASKING.get(mode, State.ACCEPTED if standing.free > 0 else State.WAITING)
            given_up = _settle_what_was_wanted(standing)
            if state == State.WAITING and standing.waiting >= found.settings.most_waiting:
                raise Refused("waiting_full", most=found.settings.most_waiting)
            row = write(standing, state=state, source=Source.SELF, by=by)
            tell(row, person=person, by=by, action=DONE[state])
            if state == State.WAITING:
                keep_looking()
            elif state == State.ACCEPTED:
                tell_taken(row, standing=standing)
            _serve_line_of(given_up)
    except IntegrityError:
        raise Refused("clash") from None
    return row


@transaction.atomic
def assign_by_hand(*, need: int, person: int, by: Person, coming: bool = False) -> Assignment:
    """A coordinator gives a volunteer a place and they are told. The same rules as for sign-up, no exceptions.

    `coming`: they said so on the phone, and are not asked again.
    """
    state = State.ACCEPTED if coming else State.PUBLISHED
    row = take_place(need=need, person=person, by=by, state=state, source=Source.HAND)
    if not coming:
        announce_roster(added=[row], released=[], by=by)
    return row


def take_place(*, need: int, person: int, by: Person, state: State, source: Source) -> Assignment:
    """What giving a place comes to, whoever gives it; telling the volunteer is the caller's.

    Refused: not_found, need_full, in_party and every code of signups.eligibility.
    """
    session = _look_before_locking(need, person)
    try:
        with transaction.atomic(), told_together():
            found = judge(need=need, person=person, session=session)
            refuse_first(found.reasons)
            given_up = _settle_what_was_wanted(found.standing)
            row = write(found.standing, state=state, source=source, by=by)
            tell(row, person=person, by=by, action=DONE[state])
            tell_taken(row, standing=found.standing)
            _serve_line_of(given_up)
    except IntegrityError:
        raise Refused("clash") from None
    return row


def _refuse_twice(standing: Standing) -> None:
    """What they asked for stands; whether it is full by now is no answer to them."""
    wanted = standing.wanted
    if wanted and wanted.need_id == standing.need.pk:
        raise Refused("already_asked", assignment=wanted.id, state=wanted.state)


def _settle_what_was_wanted(standing: Standing) -> Assignment | None:
    """Whatever they had asked for in this session gives way. A place that was offered is theirs to give to the line
    once their new one stands: before, it would count as free."""
    wanted = standing.wanted
    if wanted is None:
        return None
    if wanted.party_id:
        raise Refused("in_party", assignment=wanted.id)
    row = Assignment.objects.select_related("need", "volunteer").get(pk=wanted.id)
    row.session = standing.session
    return row if _withdraw(row) else None


def _serve_line_of(given_up: Assignment | None) -> None:
    if given_up:
        pass_on(need=given_up.need, session=given_up.session)


def _places(need: int, person: int) -> QuerySet[Any, Any]:
    there = Assignment.objects.filter(session=OuterRef("session"), volunteer__person=person)
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.HOLDING))
    waiting = Count("assignments", filter=Q(assignments__state=State.WAITING))
    most = RosterSettings.objects.order_by("pk").values("most_waiting")[:1]
    return (
        Need.objects.filter(pk=need)
        .order_by()
        .values("session_id", "target", "mode")
        .annotate(
            taken=taken,
            waiting=waiting,
            most=Subquery(most),
            there=Exists(there.filter(state__in=(*Assignment.ACTIVE, *Assignment.OPEN))),
        )
    )


PLACES = Statement(_places, "need", "person")


def _look_before_locking(need: int, person: int, *, wait: bool = False) -> int:
    """The session of a need that may still have a place. A crowd before a full one waits for no lock; who is in that
    session already, or asks to be, is told so under it."""
    row = PLACES.first(need=need, person=person)
    if row is None:
        raise Refused("not_found", model="need", id=need)
    if row["taken"] >= row["target"] and row["mode"] != Mode.PLAN and not row["there"]:
        most = RosterSettings().most_waiting if row["most"] is None else row["most"]
        if not wait:
            raise Refused("need_full", target=row["target"])
        if row["waiting"] >= most:
            raise Refused("waiting_full", most=most)
    return int(row["session_id"])


@transaction.atomic
@told_together()
def accept(*, assignment: int, by: Person | None) -> Assignment:
    """我能来. Again is harmless. Who had said no takes the place anew, if there still is one; who is offered one takes
    it, and with a party waits for its others.

    Refused: released, session_over, session_cancelled, offer_over, not_offered; after a no, or for an offer, also what
    sign_up refuses.
    """
    row, person = hold(assignment)
    check_answerable(row)
    if row.state in (State.ACCEPTED, State.AGREED):
        return row
    if row.state == State.PASSED:
        raise Refused("offer_over")
    if row.state not in (State.PUBLISHED, State.OFFERED, State.DECLINED):
        raise Refused("not_offered", state=row.state)
    if row.state == State.PUBLISHED:
        put(row, State.ACCEPTED, by=by)
        tell(row, person=person, by=by, action="assignment.accepted")
        return row
    together = row.state == State.OFFERED and row.party_id is not None
    company = parties.company_of(row) if together else ()
    try:
        with transaction.atomic():
            found = judge(need=row.need_id, person=person, session=row.session_id, company=company)
            refuse_first(found.reasons)
            given_up = _settle_what_was_wanted(found.standing) if row.state == State.DECLINED else None
            take_time(found.standing, by, State.AGREED if together else State.ACCEPTED)
            if together:
                parties.agree(row, by=by)
            else:
                put(row, State.ACCEPTED, by=by)
                tell(row, person=person, by=by, action="assignment.accepted")
                tell_taken(row, standing=found.standing)
            _serve_line_of(given_up)
    except IntegrityError:
        raise Refused("clash") from None
    return row


@transaction.atomic
@told_together()
def decline(*, assignment: int, by: Person | None, reason: str = "") -> Assignment:
    """来不了, whoever gave the place: by the planner, by hand or by themselves; or what was asked for is taken back.
    The place goes to the next in line. Again is harmless.

    Refused: released, session_over, session_cancelled.
    """
    row, person = hold(assignment)
    check_answerable(row)
    if row.state not in (*Assignment.ACTIVE, *Assignment.OPEN):
        return row
    reason = reason.strip()[:200]
    if row.party_id and row.state in Assignment.OPEN:
        parties.let_go(row, by=by, reason=reason)
    elif row.state in Assignment.HOLDING:
        if row.state in Assignment.BUSY:
            unclaim(row, person)
        put(row, State.DECLINED, by=by, reason=reason)
        tell(row, person=person, by=by, action="assignment.declined")
        refill([row], by=by)
    else:
        _withdraw(row, by=by)
    return row


def _withdraw(row: Assignment, *, by: Person | None = None) -> bool:
    """They don't want it any more, or have another place instead; whether one was kept for them."""
    held = row.state in Assignment.HOLDING
    put(row, State.WITHDRAWN, by=by)
    tell(row, person=row.volunteer.person_id, by=by, action="assignment.withdrawn")
    return held


@transaction.atomic
@told_together()
def release_place(*, assignment: int, by: Person, reason: str = "") -> Assignment:
    """A coordinator takes a volunteer out and they are told; the next in line is offered the place. Again, or after a
    no, is harmless. Refused: session_over."""
    if Assignment.objects.filter(
        pk=assignment, state__in=Assignment.ACTIVE, session__ends_at__lte=clock.now()
    ).exists():
        raise Refused("session_over")
    row = free_place(assignment=assignment, by=by, reason=reason)
    if row is None:
        return Assignment.objects.get(pk=assignment)
    announce_roster(added=[], released=[row], by=by)
    pass_on(need=row.need, session=row.session)
    return row


@transaction.atomic
def free_place(*, assignment: int, by: Person | None, reason: str = "") -> Assignment | None:
    """What taking somebody out comes to, none when they hold no place; telling them, and the line, is the caller's."""
    row, person = hold(assignment)
    if row.state not in Assignment.ACTIVE:
        return None
    unclaim(row, person)
    put(row, State.RELEASED, by=by, reason=reason.strip()[:200])
    tell(row, person=person, by=by, action="assignment.released")
    return row
