"""One place under the locks: who may have it, who holds it, who hears of it. What the verbs of this app are made of.

Locks: person, session, topic. Places are counted under the session's lock, then taken; the person's claim on the
session's window is what keeps anybody from being in two places, and PostgreSQL's exclusion constraint stands behind it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.statement import insert
from scheduling.sessions.claims import hold_person, lock_people, lock_session, person_resource, release
from scheduling.sessions.models import RosterSettings, Session
from scheduling.signups.eligibility import Reason, applicant_for, reasons_from, site_of
from scheduling.signups.models import Assignment, Party
from scheduling.signups.signals import place_taken
from scheduling.signups.standbys import stands_by, step_in
from scheduling.signups.standing import Known, Standing, lock_person
from scheduling.signups.standing import lock_session as lock_standing

State = Assignment.State
Source = Assignment.Source


@dataclass(frozen=True)
class Judged:
    standing: Standing
    reasons: Sequence[Reason]
    """All that speaks against them."""
    settings: RosterSettings


def judge(*, need: int, person: int, session: int, company: Collection[int] = ()) -> Judged:
    """Lock person and session. `company`: the experience of those who would come along."""
    known = lock_person(person)
    return judged(known, lock_standing(session, need, known.volunteer), company)


def judged(known: Known, standing: Standing, company: Collection[int] = ()) -> Judged:
    applicant = applicant_for(known, standing.session.week, mine=standing.mine, sites=[site_of(standing.session)])
    return Judged(standing, reasons_from(standing, applicant, company=company), known.settings)


def refuse_first(reasons: Sequence[Reason], *, but: str = "") -> None:
    """The first reason is the refusal; the code `but` is let pass."""
    if first := next((reason for reason in reasons if reason.code != but), None):
        raise first.refuse()


def write(
    standing: Standing,
    *,
    state: State,
    source: Source,
    by: Person,
    party: Party | None = None,
    answer_by: dt.datetime | None = None,
) -> Assignment:
    """A new row, with the claim that comes with its state."""
    person = standing.volunteer.person_id
    now = clock.now()
    row = Assignment(
        need=standing.need,
        session=standing.session,
        volunteer=standing.volunteer,
        party=party,
        state=state,
        source=source,
        by=by if by.pk != person else None,
        answer_by=answer_by,
        created_at=now,
        changed_at=now,
    )
    insert(row)
    if state in Assignment.BUSY:
        take_time(standing, by, state)
    return row


def tell_taken(*rows: Assignment, standing: Standing | None = None) -> None:
    """For those above: places fewer are missing. `standing`: of the one row, as it was judged."""
    if needs := {row.need_id: row.session for row in rows}:
        place_taken.send(sender=Assignment, needs=needs, seen=standing.seen if standing else None)


def take_time(standing: Standing, by: Person | None, state: State) -> None:
    """Who stands by holds it already, and goes on standing by until a place is in force."""
    if not standing.stands_by:
        hold_person(session=standing.session, person=standing.volunteer.person_id)
    elif state in Assignment.ACTIVE:
        step_in(session=standing.session, volunteer=standing.volunteer, by=by)


def unclaim(row: Assignment, person: int) -> None:
    """What they stand by for stays held."""
    if not stands_by(session=row.session_id, volunteer=row.volunteer_id):
        release(session=row.session, resource=person_resource(person))


def hold(assignment: int) -> tuple[Assignment, int]:
    """Lock the person and the session of an assignment; as it is now, with the person."""
    keys = Assignment.objects.filter(pk=assignment).values_list("volunteer__person", "session").first()
    if keys is None:
        raise Refused("not_found", model="assignment", id=assignment)
    person, session = keys
    lock_people([person])
    held = lock_session(session)
    row = Assignment.objects.select_related("need", "volunteer").get(pk=assignment)
    row.session = held
    return row, person


def check_answerable(row: Assignment) -> None:
    if row.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if row.session.starts_at <= clock.now():
        raise Refused("session_over")
    if row.state == State.RELEASED:
        raise Refused("released")


def put(row: Assignment, state: State, *, by: Person | None = None, reason: str = "") -> None:
    """The row in its new state; `by`: who acted, when it was not the volunteer."""
    row.state, row.reason = state, reason
    row.answer_by = row.answer_by if state == State.AGREED else None
    row.by = by if by and by.pk != row.volunteer.person_id else None
    row.changed_at = clock.now()
    row.save(update_fields=["state", "reason", "answer_by", "by", "changed_at"])


def tell(row: Assignment, *, person: int, by: Person | None, action: str) -> None:
    """Journal and live events of what happened to one row."""
    hub = row.session.hub_id
    append(
        action=action,
        subject=row,
        actor_id=by.pk if by else None,
        for_id=person if by is None or by.pk != person else None,
        hub_id=hub,
        need=row.need_id,
        state=row.state,
        source=row.source,
    )
    publish(
        [f"hub:{hub}", f"person:{person}"],
        "assignment.changed",
        session=[row.session_id],
        assignment=[row.pk],
    )
