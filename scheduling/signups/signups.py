"""Taking a place and giving it back.

Locks: person, session, topic. Places are counted under the session's lock, then taken; the person's claim on the
session's window is what keeps anybody from being in two places, and PostgreSQL's exclusion constraint stands behind it.
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.statement import Statement, insert
from scheduling.sessions.claims import hold_person, lock_people, lock_session, person_resource, release
from scheduling.sessions.models import Need, Session
from scheduling.signups.announce import announce_roster
from scheduling.signups.eligibility import Reason, applicant_for, reasons_from, site_of
from scheduling.signups.models import Assignment
from scheduling.signups.signals import place_left_open, place_taken
from scheduling.signups.standbys import step_in
from scheduling.signups.standing import Standing, lock_person
from scheduling.signups.standing import lock_session as lock_standing

State = Assignment.State
Source = Assignment.Source


def sign_up(*, need: int, person: int, by: Person) -> Assignment:
    """A volunteer takes a free place; it counts as accepted.

    Refused: not_found, need_full and every code of signups.eligibility.
    """
    return take_place(need=need, person=person, by=by, state=State.ACCEPTED, source=Source.SELF)


@transaction.atomic
def assign_by_hand(*, need: int, person: int, by: Person) -> Assignment:
    """A coordinator gives a volunteer a place and they are told. The same rules as for sign-up, no exceptions."""
    assignment = take_place(need=need, person=person, by=by, state=State.PUBLISHED, source=Source.HAND)
    announce_roster(added=[assignment], released=[], by=by)
    return assignment


def take_place(*, need: int, person: int, by: Person, state: State, source: Source) -> Assignment:
    """What taking a place comes to, whoever wishes it; telling the volunteer is the caller's.

    Refused as sign_up is.
    """
    session = _look_before_locking(need)
    try:
        with transaction.atomic():
            standing = _judge(need=need, person=person, session=session)
            now = clock.now()
            assignment = Assignment(
                need=standing.need,
                session=standing.session,
                volunteer=standing.volunteer,
                state=state,
                source=source,
                by=by if by.pk != person else None,
                created_at=now,
                changed_at=now,
            )
            insert(assignment)
            _take_time(standing, person, by)
            _tell(assignment, person=person, by=by, action="assignment.taken")
            place_taken.send(sender=Assignment, session=standing.session, need=need)
    except IntegrityError:
        raise Refused("clash") from None
    return assignment


def _places(need: int) -> QuerySet[Any, Any]:
    taken = Count("assignments", filter=Q(assignments__state__in=Assignment.ACTIVE))
    return Need.objects.filter(pk=need).order_by().values("session_id", "target").annotate(taken=taken)


PLACES = Statement(_places, "need")


def _look_before_locking(need: int) -> int:
    """The session of a need that may still have a place. A crowd before a full one waits for no lock."""
    row = PLACES.first(need=need)
    if row is None:
        raise Refused("not_found", model="need", id=need)
    if row["taken"] >= row["target"]:
        raise Refused("need_full", target=row["target"])
    return int(row["session_id"])


def _judge(*, need: int, person: int, session: int) -> Standing:
    """Lock person and session; the first reason against them is the refusal."""
    known = lock_person(person)
    standing = lock_standing(session, need, known.volunteer)
    applicant = applicant_for(known, standing.session.week, mine=standing.mine, sites=[site_of(standing.session)])
    reasons: list[Reason] = reasons_from(standing, applicant)
    if reasons:
        raise reasons[0].refuse()
    return standing


def _take_time(standing: Standing, person: int, by: Person | None) -> None:
    """Who stands by holds it already."""
    if standing.stands_by:
        step_in(session=standing.session, volunteer=standing.volunteer, by=by)
    else:
        hold_person(session=standing.session, person=person)


def _tell(assignment: Assignment, *, person: int, by: Person | None, action: str) -> None:
    hub = assignment.session.hub_id
    append(
        action=action,
        subject=assignment,
        actor_id=by.pk if by else None,
        for_id=person if by is None or by.pk != person else None,
        hub_id=hub,
        need=assignment.need_id,
        state=assignment.state,
        source=assignment.source,
    )
    publish(
        [f"hub:{hub}", f"person:{person}"],
        "assignment.changed",
        session=[assignment.session_id],
        assignment=[assignment.pk],
    )


def _hold(assignment: int) -> tuple[Assignment, int]:
    """Lock the person and the session of an assignment; as it is now, with the person."""
    keys = Assignment.objects.filter(pk=assignment).values_list("volunteer__person", "session").first()
    if keys is None:
        raise Refused("not_found", model="assignment", id=assignment)
    person, session = keys
    lock_people([person])
    held = lock_session(session)
    row = Assignment.objects.select_related("need").get(pk=assignment)
    row.session = held
    return row, person


def _check_answerable(assignment: Assignment) -> None:
    if assignment.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if assignment.session.starts_at <= clock.now():
        raise Refused("session_over")
    if assignment.state == State.RELEASED:
        raise Refused("released")


def _set(assignment: Assignment, state: State, *, person: int, by: Person | None, reason: str = "") -> None:
    assignment.state = state
    assignment.reason = reason
    assignment.by = by if by and by.pk != person else None
    assignment.changed_at = clock.now()
    assignment.save(update_fields=["state", "reason", "by", "changed_at"])


@transaction.atomic
def accept(*, assignment: int, by: Person | None) -> Assignment:
    """我能来. Again is harmless. Who had said no takes the place anew, if there still is one.

    Refused: released, session_over, session_cancelled; after a no also what sign_up refuses.
    """
    row, person = _hold(assignment)
    _check_answerable(row)
    if row.state == State.ACCEPTED:
        return row
    if row.state == State.DECLINED:
        try:
            with transaction.atomic():
                _take_time(_judge(need=row.need_id, person=person, session=row.session_id), person, by)
                _set(row, State.ACCEPTED, person=person, by=by)
            place_taken.send(sender=Assignment, session=row.session, need=row.need_id)
        except IntegrityError:
            raise Refused("clash") from None
    else:
        _set(row, State.ACCEPTED, person=person, by=by)
    _tell(row, person=person, by=by, action="assignment.accepted")
    return row


@transaction.atomic
def decline(*, assignment: int, by: Person | None, reason: str = "") -> Assignment:
    """来不了, whoever gave the place: by the planner, by hand or by themselves. Again is harmless.

    Refused: released, session_over, session_cancelled.
    """
    row, person = _hold(assignment)
    _check_answerable(row)
    if row.state == State.DECLINED:
        return row
    release(session=row.session, resource=person_resource(person))
    _set(row, State.DECLINED, person=person, by=by, reason=reason.strip()[:200])
    _tell(row, person=person, by=by, action="assignment.declined")
    place_left_open.send(sender=Assignment, session=row.session, need=row.need_id, left=row.volunteer_id, by=by)
    return row


@transaction.atomic
def release_place(*, assignment: int, by: Person, reason: str = "") -> Assignment:
    """A coordinator takes a volunteer out and they are told. Again, or after a no, is harmless."""
    row = free_place(assignment=assignment, by=by, reason=reason)
    if row is None:
        return Assignment.objects.get(pk=assignment)
    announce_roster(added=[], released=[row], by=by)
    return row


@transaction.atomic
def free_place(*, assignment: int, by: Person, reason: str = "") -> Assignment | None:
    """What taking somebody out comes to, none when they hold no place; telling them is the caller's."""
    row, person = _hold(assignment)
    if row.state not in Assignment.ACTIVE:
        return None
    release(session=row.session, resource=person_resource(person))
    _set(row, State.RELEASED, person=person, by=by, reason=reason.strip()[:200])
    _tell(row, person=person, by=by, action="assignment.released")
    return row
