"""Making, moving, editing, cancelling and removing a session.

Locks: the people who hold a place, the session, the site or its rooms, kits, then topics. A save names the revision it
was made from.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.people.models import Person
from hub.places.models import Hub, Kit, Room
from programs.models import Program
from scheduling.sessions import claims
from scheduling.sessions.checks import check_kits, check_room, check_time, check_worker
from scheduling.sessions.codes import code_in, save_with_next_code
from scheduling.sessions.known import wish_of
from scheduling.sessions.models import Session
from scheduling.sessions.needs import NeedWish, set_needs
from scheduling.sessions.overrides import NOTHING, Bearing, drop_settled, judge, keep
from scheduling.sessions.signals import session_cancelled, session_cancelling, session_edited, session_moved


def _topics(session: Session, *hubs: int) -> set[str]:
    """Where a session is heard of: its hub, `hubs` besides, and its agency's team, who may not follow that hub yet.

    Told before the signals are sent, so that these topics are always locked in one order, whatever receivers tell.
    """
    return {f"team:{session.program.agency_id}", *(f"hub:{hub}" for hub in (session.hub_id, *hubs))}


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
    group_only: bool = False,
    duty_worker: Person | None = None,
    note: str = "",
    needs: Sequence[NeedWish] = (),
    kits: Sequence[Kit] = (),
    code: str = "",
    confirmed: bool = False,
    bearing: Bearing = NOTHING,
    meant: Collection[str] = (),
    uid: UUID | None = None,
    sequence: int = 0,
) -> Session:
    """`meant`: clashes that a rule decided on (a series over holidays). `uid`, `sequence`: of one that comes back.

    Refused: impossible_time, room_elsewhere, not_a_social_worker, kit_elsewhere, what `conflicts` finds unless
    `bearing` bears it, and what `set_needs` refuses."""
    check_time(starts_at, ends_at)
    check_room(room, hub)
    check_worker(duty_worker)
    check_kits(kits, hub)
    claims.lock_people([duty_worker.pk] if duty_worker else [])
    rooms = claims.lock_place(hub, [room.pk if room else None])
    room = rooms[room.pk] if room else None
    claims.lock_kits([kit.pk for kit in kits])
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
        group_only=group_only,
        duty_worker=duty_worker,
        note=note,
        sequence=sequence,
        created_at=now,
        changed_at=now,
    )
    session.uid = uid or session.uid
    held = frozenset(kit.pk for kit in kits)
    wish = replace(wish_of(session), kits=held)
    _, borne = judge(wish, was=None, session=None, by=by, confirmed=confirmed, bearing=bearing, meant=meant)
    if code:
        session.save(force_insert=True)
    else:
        save_with_next_code(session)
    claims.hold_all(session=session, kits=held)
    set_needs(session=session, wishes=needs)
    _record("session.added", session, by)
    keep(session, borne=borne, bearing=bearing, by=by)
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
    bearing: Bearing = NOTHING,
    meant: Collection[str] = (),
) -> Session:
    """To another time or place, with everybody who holds a place. `meant`: as in add_session. Refused: outdated,
    already_cancelled, impossible_time, room_elsewhere, what `conflicts` finds unless `bearing` bears it."""
    check_time(starts_at, ends_at)
    check_room(room, hub)
    session = _open(session_id, revision=revision, people=True)
    wish = {"starts_at": starts_at, "ends_at": ends_at, "hub_id": hub.pk, "room_id": room.pk if room else None}
    before = {name: getattr(session, name) for name, value in wish.items() if getattr(session, name) != value}
    if not before:
        return session
    old_hub, old_room = session.hub_id, session.room_id
    rooms = claims.lock_place(hub, [old_room, room.pk if room else None])
    room = rooms[room.pk] if room else None
    was = wish_of(session)
    there, borne = judge(
        replace(was, hub=hub, room=room, starts_at=starts_at, ends_at=ends_at),
        was=was,
        session=session.pk,
        by=by,
        confirmed=confirmed,
        bearing=bearing,
        meant=meant,
    )
    for name, value in wish.items():
        setattr(session, name, value)
    if clock.monday_of(starts_at) != session.week:
        session.week = clock.monday_of(starts_at)
        session.code = code_in(week=session.week, session=session)
    _save(session, rescheduled=True)
    if old_room and old_room != session.room_id:
        claims.release(session=session, resource=claims.room_resource(old_room))
    claims.move_all(session=session)
    claims.hold_all(session=session)
    _record("session.moved", session, by, changed=sorted(before))
    drop_settled(session, there)
    keep(session, borne=borne, bearing=bearing, by=by)
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
    kits: Sequence[Kit] | None = None,
    confirmed: bool = False,
    bearing: Bearing = NOTHING,
) -> Session:
    """Everything but time and place; `needs` or `kits` none leaves them. Refused: outdated, already_cancelled,
    not_a_social_worker, kit_elsewhere, what `conflicts` finds unless `bearing` bears it, what `set_needs` and its
    receivers refuse."""
    claims.lock_people([duty_worker.pk] if duty_worker else [])
    session = _open(session_id, revision=revision)
    wish = {"places": places, "duty_worker_id": duty_worker.pk if duty_worker else None, "note": note}
    before = {name: getattr(session, name) for name, value in wish.items() if getattr(session, name) != value}
    if "duty_worker_id" in before:
        check_worker(duty_worker)
    changed = set(before)
    borne: list[str] = []
    if kits is not None or before.keys() - {"note"}:
        was = wish_of(session)
        check_kits(kits or (), session.hub, held=was.kits)
        held = was.kits if kits is None else frozenset(kit.pk for kit in kits)
        claims.lock_kits(set(held) - set(was.kits))
        wished = replace(was, places=places, worker=duty_worker.pk if duty_worker else None, kits=held)
        if wished != was:
            there, borne = judge(wished, was=was, session=session.pk, by=by, confirmed=confirmed, bearing=bearing)
            for gone in set(was.kits) - set(held):
                claims.release(session=session, resource=claims.kit_resource(gone))
            changed |= {"kits"} if held != was.kits else set()
            drop_settled(session, there)
    for name, value in wish.items():
        setattr(session, name, value)
    if before.get("duty_worker_id"):
        claims.release(session=session, resource=claims.person_resource(before["duty_worker_id"]))
    if changed & {"duty_worker_id", "kits"}:
        claims.hold_all(session=session, kits=held)
    if needs is not None and set_needs(session=session, wishes=needs):
        changed.add("needs")
    if not changed:
        return session
    _save(session, rescheduled=False)
    _record("session.edited", session, by, changed=sorted(changed))
    keep(session, borne=borne, bearing=bearing, by=by)
    publish(_topics(session), "session.changed", session=[session.pk])
    session_edited.send(Session, session=session, by=by, before=before)
    return session


@transaction.atomic
@told_together()
def cancel_session(*, session_id: int, revision: int, reason: str, by: Person | None) -> Session:
    """Nothing is deleted: it stays on the board, struck, and in every calendar as cancelled. Refused: outdated,
    already_cancelled, reason_missing, people_came."""
    if not reason.strip():
        raise Refused("reason_missing")
    session = _open(session_id, revision=revision, people=True)
    session_cancelling.send(Session, session=session, by=by)
    session.state = Session.State.CANCELLED
    session.cancel_reason = reason.strip()
    _save(session, rescheduled=True)
    claims.release_all(session=session)
    _record("session.cancelled", session, by)
    publish(_topics(session), "session.cancelled", session=[session.pk])
    session_cancelled.send(Session, session=session, by=by, reason=session.cancel_reason)
    return session


@transaction.atomic
def remove_session(*, session_id: int, by: Person | None) -> None:
    """One in which nobody ever had a place vanishes; any other is cancelled, with a reason. Refused: not_found,
    session_in_use."""
    session = claims.lock_session(session_id)
    _record("session.removed", session, by)
    publish(_topics(session), "session.changed", session=[session.pk])
    try:
        with transaction.atomic():
            session.delete()
    except ProtectedError:
        raise Refused("session_in_use", session=session_id) from None
