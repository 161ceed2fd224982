"""Making, moving, editing and cancelling a session.

Locks: the people who hold a place, the session, its rooms, then topics. A save names the revision it was made from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.people.models import Person, Role, RoleGrant
from hub.places.models import Hub, Room
from programs.models import Program
from scheduling.sessions import claims
from scheduling.sessions.codes import code_in, save_with_next_code
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish, set_needs
from scheduling.sessions.signals import session_cancelled, session_edited, session_moved

LONGEST = dt.timedelta(hours=24)


def _topics(session: Session, *hubs: int) -> set[str]:
    """Where a session is heard of: its hub, `hubs` besides, and its agency's team, who may not follow that hub yet.

    Told before the signals are sent, so that these topics are always locked in one order, whatever receivers tell.
    """
    return {f"team:{session.program.agency_id}", *(f"hub:{hub}" for hub in (session.hub_id, *hubs))}


def _check_time(starts_at: dt.datetime, ends_at: dt.datetime) -> None:
    if ends_at <= starts_at or ends_at - starts_at > LONGEST:
        raise Refused("impossible_time")


def _check_room(room: Room | None, hub: Hub) -> None:
    if room and room.hub_id != hub.pk:
        raise Refused("room_elsewhere", room=room.pk, hub=hub.pk)


def _check_worker(worker: Person | None) -> None:
    if worker and not RoleGrant.objects.filter(person=worker, role=Role.SOCIAL_WORKER).exists():
        raise Refused("not_a_social_worker")


def _check_worker_free(session: Session, *, confirmed: bool) -> None:
    """A duty worker in two places at once is asked about, not forbidden: they may be next door."""
    if not session.duty_worker_id or confirmed:
        return
    other = claims.clash(
        resource=claims.person_resource(session.duty_worker_id),
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        except_session=session.pk,
        exclusive_only=False,
    )
    if other:
        raise Refused("worker_busy", **claims.clash_facts(other))


def _hold(session: Session) -> None:
    if session.room_id:
        claims.place(session=session, resource=claims.room_resource(session.room_id))
    if session.duty_worker_id:
        claims.place(session=session, resource=claims.person_resource(session.duty_worker_id), exclusive=False)


def _current(session: Session) -> dict[str, object]:
    """What a refused save shows beside what the person wrote."""
    return {
        "session": session.pk,
        "revision": session.revision,
        "state": session.state,
        "starts_at": clock.local(session.starts_at).isoformat(),
        "ends_at": clock.local(session.ends_at).isoformat(),
        "hub": session.hub_id,
        "room": session.room_id,
        "places": session.places,
        "duty_worker": session.duty_worker_id,
    }


def _open(session_id: int, *, revision: int, people: bool = False) -> Session:
    """Lock a session to change it. `people`: those who hold it are locked first, as the house's order asks."""
    if people:
        claims.lock_people(claims.ids_held(session_id, "person"))
    session = claims.lock_session(session_id)
    if session.revision != revision:
        raise Refused("outdated", **_current(session))
    if session.state == Session.State.CANCELLED:
        raise Refused("already_cancelled", session=session.pk)
    return session


def _save(session: Session, *, rescheduled: bool) -> None:
    session.revision += 1
    session.sequence += 1 if rescheduled else 0
    session.changed_at = clock.now()
    session.save()


@transaction.atomic
def add_session(
    *,
    program: Program,
    hub: Hub,
    room: Room | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Person | None,
    places: int | None = None,
    duty_worker: Person | None = None,
    note: str = "",
    needs: Sequence[NeedWish] = (),
    code: str = "",
    confirmed: bool = False,
) -> Session:
    """Refused: impossible_time, room_elsewhere, not_a_social_worker, clash, worker_busy (unless `confirmed`), and what
    `set_needs` refuses."""
    _check_time(starts_at, ends_at)
    _check_room(room, hub)
    _check_worker(duty_worker)
    claims.lock_people([duty_worker.pk] if duty_worker else [])
    claims.lock_rooms([room.pk if room else None])
    week, now = clock.monday_of(starts_at), clock.now()
    session = Session(
        program=program,
        hub=hub,
        room=room,
        week=week,
        code=code,
        starts_at=starts_at,
        ends_at=ends_at,
        places=places,
        duty_worker=duty_worker,
        note=note,
        created_at=now,
        changed_at=now,
    )
    _check_worker_free(session, confirmed=confirmed)
    if code:
        session.save(force_insert=True)
    else:
        save_with_next_code(session)
    _hold(session)
    set_needs(session=session, wishes=needs)
    _record("session.added", session, by)
    publish(_topics(session), "session.added", session=[session.pk])
    return session


@transaction.atomic
@told_together()
def move_session(
    *,
    session_id: int,
    revision: int,
    hub: Hub,
    room: Room | None,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    by: Person | None,
    confirmed: bool = False,
) -> Session:
    """To another time or place, with everybody who holds a place. Refused: outdated, already_cancelled,
    impossible_time, room_elsewhere, clash (a room's or a person's), worker_busy (unless `confirmed`)."""
    _check_time(starts_at, ends_at)
    _check_room(room, hub)
    session = _open(session_id, revision=revision, people=True)
    wish = {"starts_at": starts_at, "ends_at": ends_at, "hub_id": hub.pk, "room_id": room.pk if room else None}
    before = {name: getattr(session, name) for name, value in wish.items() if getattr(session, name) != value}
    if not before:
        return session
    old_hub, old_room = session.hub_id, session.room_id
    claims.lock_rooms([old_room, room.pk if room else None])
    for name, value in wish.items():
        setattr(session, name, value)
    if clock.monday_of(starts_at) != session.week:
        session.week = clock.monday_of(starts_at)
        session.code = code_in(week=session.week, session=session)
    _check_worker_free(session, confirmed=confirmed)
    _save(session, rescheduled=True)
    if old_room and old_room != session.room_id:
        claims.release(session=session, resource=claims.room_resource(old_room))
    claims.move_all(session=session)
    _hold(session)
    _record("session.moved", session, by, changed=sorted(before))
    publish(_topics(session, old_hub), "session.changed", session=[session.pk])
    session_moved.send(Session, session=session, by=by, before={**_where(session), **before})
    return session


def _where(session: Session) -> dict[str, object]:
    return {name: getattr(session, name) for name in ("starts_at", "ends_at", "hub_id", "room_id")}


def _record(action: str, session: Session, by: Person | None, changed: Sequence[str] = ()) -> None:
    """`changed`: the names of what is different now."""
    actor_id = by.pk if by else None
    append(action=action, subject=session, actor_id=actor_id, hub_id=session.hub_id, changed=list(changed))


@transaction.atomic
@told_together()
def edit_session(
    *,
    session_id: int,
    revision: int,
    by: Person | None,
    places: int | None,
    duty_worker: Person | None,
    note: str,
    needs: Sequence[NeedWish] | None = None,
    confirmed: bool = False,
) -> Session:
    """Everything but time and place; `needs` none leaves them. Refused: outdated, already_cancelled,
    not_a_social_worker, worker_busy (unless `confirmed`), and what `set_needs` and its receivers refuse."""
    claims.lock_people([duty_worker.pk] if duty_worker else [])
    session = _open(session_id, revision=revision)
    wish = {"places": places, "duty_worker_id": duty_worker.pk if duty_worker else None, "note": note}
    before = {name: getattr(session, name) for name, value in wish.items() if getattr(session, name) != value}
    if "duty_worker_id" in before:
        _check_worker(duty_worker)
    for name, value in wish.items():
        setattr(session, name, value)
    if "duty_worker_id" in before:
        _check_worker_free(session, confirmed=confirmed)
        if before["duty_worker_id"]:
            claims.release(session=session, resource=claims.person_resource(before["duty_worker_id"]))
        _hold(session)
    changed = set(before)
    if needs is not None and set_needs(session=session, wishes=needs):
        changed.add("needs")
    if not changed:
        return session
    _save(session, rescheduled=False)
    _record("session.edited", session, by, changed=sorted(changed))
    publish(_topics(session), "session.changed", session=[session.pk])
    session_edited.send(Session, session=session, by=by, before=before)
    return session


@transaction.atomic
@told_together()
def cancel_session(*, session_id: int, revision: int, reason: str, by: Person | None) -> Session:
    """Nothing is deleted: it stays on the board, struck, and in every calendar as cancelled. Refused: outdated,
    already_cancelled, reason_missing."""
    if not reason.strip():
        raise Refused("reason_missing")
    session = _open(session_id, revision=revision, people=True)
    session.state = Session.State.CANCELLED
    session.cancel_reason = reason.strip()
    _save(session, rescheduled=True)
    claims.release_all(session=session)
    _record("session.cancelled", session, by)
    publish(_topics(session), "session.cancelled", session=[session.pk])
    session_cancelled.send(Session, session=session, by=by, reason=session.cancel_reason)
    return session
