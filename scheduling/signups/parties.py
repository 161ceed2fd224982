"""Signing up together: all or none, in the line too.

One enters the others; each answers for themselves. Until all have said yes (agreed), their places and the time of those
who agreed are held; one no, or silence, and all are let go.

Locks: all persons in order of their keys, session, topics.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.live.publish import told_together
from hub.people.models import Person, phone_key
from scheduling.sessions.claims import lock_people
from scheduling.sessions.models import Need
from scheduling.sessions.offers import answer_by
from scheduling.signups.announce import announce_places
from scheduling.signups.facts import experience_of
from scheduling.signups.models import Assignment, Party
from scheduling.signups.places import Judged, judge, put, refuse_first, tell, tell_taken, unclaim, write
from scheduling.signups.standbys import step_in
from scheduling.signups.tasks import keep_looking
from scheduling.signups.waiting import let_pass, pass_on, refill
from volunteers.models import Volunteer

State = Assignment.State
MOST = 8


def find_companions(*, me: Person, named: Sequence[tuple[str, str]]) -> list[int]:
    """Volunteer ids of those given by (name, phone), an empty phone being one's own. Refused("companion_unknown") says
    the same whether the name or the phone is wrong: who volunteers is not for guessing."""
    found = []
    for position, (name, phone) in enumerate(named, start=1):
        key = phone_key(phone) if phone else me.phone_key
        one = Volunteer.objects.filter(person__phone_key=key, person__name=name).exclude(person__phone_key="").first()
        if one is None:
            raise Refused("companion_unknown", position=position)
        found.append(one.pk)
    return found


def housemates(me: Person) -> list[str]:
    """Names of the other volunteers behind my phone number."""
    if not me.phone_key:
        return []
    others = Person.objects.filter(phone_key=me.phone_key, volunteer__active=True).exclude(pk=me.pk)
    return list(others.order_by("name").values_list("name", flat=True))


def sign_up_together(
    *, need: int, person: int, companions: Sequence[int], by: Person, wait: bool = False
) -> list[Assignment]:
    """Places for a volunteer and their companions (volunteer ids), the leader's row first: held until every companion
    has said yes. `wait`: where fewer are free, they stand in line as one.

    Refused: nobody_chosen, too_many_together, not_together (the need asks each by themselves), need_full, waiting_full,
    what sign_up refuses the leader; companion_cannot says which of them (`position`) can't, and not why: that is theirs
    to say.
    """
    known = Volunteer.objects.select_related("person").exclude(person=person).in_bulk(list(companions))
    others = [known[pk] for pk in dict.fromkeys(companions) if pk in known]
    if not others or len(others) < len(companions):
        raise Refused("nobody_chosen")
    if len(others) >= MOST:
        raise Refused("too_many_together", most=MOST)
    found = Need.objects.filter(pk=need).values_list("session", "session__week").first()
    if found is None:
        raise Refused("not_found", model="need", id=need)
    session, week = found
    try:
        with transaction.atomic(), told_together():
            lock_people([person, *(one.person_id for one in others)])
            return _enter(need, session, week, person, others, by=by, wait=wait)
    except IntegrityError:
        raise Refused("clash") from None


def _enter(
    need: int, session: int, week: dt.date, person: int, others: Sequence[Volunteer], *, by: Person, wait: bool
) -> list[Assignment]:
    company = [experience_of(one, week) for one in others]
    leader = judge(need=need, person=person, session=session, company=company)
    if leader.standing.waiting and leader.standing.free > 0:
        # A place that came free where nobody looked: those in line come first.
        pass_on(need=leader.standing.need, session=leader.standing.session)
        leader = judge(need=need, person=person, session=session, company=company)
    if leader.standing.need.mode != Need.Mode.INSTANT:
        raise Refused("not_together")
    refuse_first(leader.reasons, but="need_full")
    if wanted := leader.standing.wanted:
        raise Refused("already_asked", assignment=wanted.id, state=wanted.state)
    company.append(experience_of(leader.standing.volunteer, week))
    judged = [leader]
    for position, one in enumerate(others, start=1):
        found = judge(need=need, person=one.person_id, session=session, company=company)
        if found.standing.wanted or any(reason.code != "need_full" for reason in found.reasons):
            raise Refused("companion_cannot", position=position)
        judged.append(found)
    state, until = _room_for(leader, len(judged), wait=wait)
    party = Party.objects.create(need=leader.standing.need, leader=leader.standing.volunteer, created_at=clock.now())
    rows = []
    for found in judged:
        mine = State.AGREED if state == State.OFFERED and found is leader else state
        row = write(found.standing, state=mine, source=Assignment.Source.SELF, by=by, party=party, answer_by=until)
        tell(row, person=found.standing.volunteer.person_id, by=by, action="assignment.together")
        rows.append(row)
    keep_looking()
    name = leader.standing.volunteer.person.name
    announce_places(rows[1:], template="party_asked" if until else "party_waiting", leader=name)
    return rows


def _room_for(leader: Judged, size: int, *, wait: bool) -> tuple[State, dt.datetime | None]:
    standing = leader.standing
    if standing.taken + size <= standing.need.target:
        return State.OFFERED, answer_by(starts_at=standing.session.starts_at, now=clock.now())
    if not wait:
        raise Refused("need_full", target=standing.need.target)
    if standing.waiting + size > leader.settings.most_waiting:
        raise Refused("waiting_full", most=leader.settings.most_waiting)
    return State.WAITING, None


def agree(row: Assignment, *, by: Person | None) -> None:
    """One of a party said yes, person and session locked, time claimed; with the last of them all are accepted."""
    put(row, State.AGREED, by=by)
    tell(row, person=row.volunteer.person_id, by=by, action="assignment.agreed")
    if Assignment.objects.filter(party=row.party_id, state=State.OFFERED).exists():
        return
    together = [row, *_others(row, State.AGREED)]
    for one in together:
        put(one, State.ACCEPTED, by=by if one is row else None)
        step_in(session=one.session, volunteer=one.volunteer, by=None)
        tell(one, person=one.volunteer.person_id, by=by if one is row else None, action="assignment.accepted")
    tell_taken(*together)
    announce_places([one for one in together if one is not row], template="party_complete")


def company_of(row: Assignment) -> list[int]:
    """The experience of those who come along."""
    rows = Assignment.objects.filter(party=row.party_id, state__in=Assignment.HOLDING).exclude(pk=row.pk)
    return [experience_of(one.volunteer, row.session.week) for one in rows.select_related("volunteer__person")]


def let_go(row: Assignment, *, by: Person | None, reason: str) -> None:
    """One of a party can't come, person and session locked: nobody of it does."""
    held = row.state in Assignment.HOLDING
    others = _others(row, State.WAITING, State.OFFERED, State.AGREED)
    if row.state == State.AGREED:
        unclaim(row, row.volunteer.person_id)
    put(row, State.DECLINED if held else State.WITHDRAWN, by=by, reason=reason)
    tell(row, person=row.volunteer.person_id, by=by, action="assignment.declined")
    for one in others:
        let_pass(one, "party")
    announce_places(others, template="party_ended")
    if held:
        refill([row, *others], by=by)


def _others(row: Assignment, *states: State) -> list[Assignment]:
    rows = list(
        Assignment.objects.filter(party=row.party_id, state__in=states)
        .exclude(pk=row.pk)
        .select_related("volunteer")
        .order_by("pk")
    )
    for one in rows:
        one.session, one.need = row.session, row.need
    return rows
