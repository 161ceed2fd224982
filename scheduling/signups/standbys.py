"""机动: keeping somebody's time for a session, in case another can't come.

Locks: person, session, topic. Who stands by is judged as if they took a place; their claim on the session's window
keeps them free, and is the place's own once they step in.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.sessions.claims import hold_person, lock_people, lock_session, person_resource, release
from scheduling.sessions.models import Need, Session
from scheduling.signups.announce import announce_standby
from scheduling.signups.eligibility import Reason, applicant_for, reasons_from, site_of
from scheduling.signups.models import Assignment, Standby
from scheduling.signups.standing import Known, lock_person
from scheduling.signups.standing import lock_session as lock_standing
from volunteers.models import Volunteer

State = Standby.State


@transaction.atomic
def name_standby(*, session: int, person: int, by: Person) -> Standby:
    """Keep a volunteer's time for this session and tell them. Again is harmless.

    Refused: not_found, no_needs, and what sign_up refuses for whichever of its needs would suit them best, save that
    it is full.
    """
    known = lock_person(person)
    held = lock_session(session)
    if already := Standby.objects.filter(session=held, volunteer=known.volunteer, state=State.READY).first():
        return already
    if reasons := _against(known, held):
        raise reasons[0].refuse()
    now = clock.now()
    row = Standby(session=held, volunteer=known.volunteer, by=by, created_at=now, changed_at=now)
    try:
        with transaction.atomic():
            row.save()
            hold_person(session=held, person=person)
    except IntegrityError:
        raise Refused("clash") from None
    announce_standby(rows=[row], template="standby_named")
    _tell(row, person=person, by=by, action="standby.named")
    return row


@transaction.atomic
def release_standby(*, standby: int, by: Person) -> Standby:
    """Staff need them no more, and they are told. Harmless for who stands by no longer."""
    row, person = _hold(standby)
    if row.state != State.READY:
        return row
    _unclaim(row, person)
    _set(row, State.RELEASED, by=by)
    announce_standby(rows=[row], template="standby_released")
    _tell(row, person=person, by=by, action="standby.released")
    return row


@transaction.atomic
def decline_standby(*, standby: int, by: Person, reason: str = "") -> Standby:
    """来不了. Again is harmless. Refused: released, stepped_in, session_over."""
    row, person = _hold(standby)
    if row.state == State.DECLINED:
        return row
    if row.state != State.READY:
        raise Refused(row.state)
    if row.session.starts_at <= clock.now():
        raise Refused("session_over")
    _unclaim(row, person)
    row.reason = reason.strip()[:200]
    _set(row, State.DECLINED, by=None if by.pk == person else by)
    _tell(row, person=person, by=by, action="standby.declined")
    return row


def step_in(*, session: Session, volunteer: Volunteer, by: Person | None) -> None:
    """They take a place: what they held for standing by is held for that. Person and session are locked."""
    ready = Standby.objects.filter(session=session, volunteer=volunteer, state=State.READY)
    actor = by if by and by.pk != volunteer.person_id else None
    ready.update(state=State.STEPPED_IN, by=actor, changed_at=clock.now())


def stands_by(*, session: int, volunteer: int) -> bool:
    return Standby.objects.filter(session=session, volunteer=volunteer, state=State.READY).exists()


def stand_all_down(*, session: Session, by: Person | None) -> list[Standby]:
    """Nobody stands by for a session that is cancelled. Its claims and telling them are the caller's."""
    rows = ready_for(session)
    for row in rows:
        _set(row, State.RELEASED, by=by)
    return rows


def ready_for(session: Session) -> list[Standby]:
    rows = Standby.objects.filter(session=session, state=State.READY)
    return list(rows.select_related("volunteer").order_by("pk"))


def _against(known: Known, session: Session) -> Sequence[Reason]:
    """What keeps them from each of the session's needs, for the one that suits them best."""
    found: list[list[Reason]] = []
    for need in Need.objects.filter(session=session).order_by("position").values_list("pk", flat=True):
        standing = lock_standing(session.pk, need, known.volunteer)
        applicant = applicant_for(known, standing.session.week, mine=standing.mine, sites=[site_of(standing.session)])
        found.append([one for one in reasons_from(standing, applicant) if one.code != "need_full"])
    if not found:
        raise Refused("no_needs")
    return min(found, key=len)


def _hold(standby: int) -> tuple[Standby, int]:
    """Lock the person and the session; the row as it is now, with the person."""
    keys = Standby.objects.filter(pk=standby).values_list("volunteer__person", "session").first()
    if keys is None:
        raise Refused("not_found", model="standby", id=standby)
    person, session = keys
    lock_people([person])
    held = lock_session(session)
    row = Standby.objects.get(pk=standby)
    row.session = held
    return row, person


def _unclaim(row: Standby, person: int) -> None:
    """Unless they have agreed to a place there, which holds their time too."""
    busy = Assignment.objects.filter(session=row.session, volunteer=row.volunteer_id, state__in=Assignment.BUSY)
    if not busy.exists():
        release(session=row.session, resource=person_resource(person))


def _set(row: Standby, state: State, *, by: Person | None) -> None:
    row.state, row.by, row.changed_at = state, by, clock.now()
    row.save(update_fields=["state", "reason", "by", "changed_at"])


def _tell(row: Standby, *, person: int, by: Person, action: str) -> None:
    hub = row.session.hub_id
    append(
        action=action,
        subject=row,
        actor_id=by.pk,
        for_id=person if by.pk != person else None,
        hub_id=hub,
        session=row.session_id,
    )
    publish([f"hub:{hub}", f"person:{person}"], "standby.changed", session=[row.session_id], standby=[row.pk])
