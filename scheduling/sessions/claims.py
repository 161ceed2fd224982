"""What a session holds (rooms, people, things) and for how long; what stands against that is `conflicts.py`'s to say.

Two exclusive claims on one resource never overlap. Here the clash is found and named; PostgreSQL's exclusion
constraint backs it where two transactions meet, SQLite's single writer needs no more. Claims end where the next begins:
16:00-17:00 and 17:00-18:00 do not clash.

Callers lock in the house's order (person, session, site, room, kit) before they place: lock_people, lock_session,
lock_place, lock_kits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from hub import clock
from hub.errors import Refused
from hub.people.circles import lock_people as lock_people
from hub.places.models import Hub, Kit, Room
from hub.statement import insert
from scheduling.sessions.models import Claim, Session


def room_resource(room_id: int) -> str:
    return f"room:{room_id}"


def person_resource(person_id: int) -> str:
    return f"person:{person_id}"


def kit_resource(kit_id: int) -> str:
    return f"kit:{kit_id}"


def room_window(room: Room | None, starts_at: dt.datetime, ends_at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """How long a session holds the room: with the time to set up and to clear up."""
    if room is None:
        return starts_at, ends_at
    return starts_at - dt.timedelta(minutes=room.setup_minutes), ends_at + dt.timedelta(minutes=room.clearup_minutes)


def window_anew(claim: Claim, room: Room, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """How long a session holds the room that takes other times from now on: what has begun, or is over, keeps what it
    held until then."""
    session = claim.session
    start, end = room_window(room, session.starts_at, session.ends_at)
    return start if session.starts_at > now else claim.starts_at, end if session.ends_at > now else claim.ends_at


def _window(session: Session, resource: str) -> tuple[dt.datetime, dt.datetime]:
    ours = session.room_id and resource == room_resource(session.room_id)
    return room_window(session.room if ours else None, session.starts_at, session.ends_at)


def person_resource_of(field: str) -> Concat:
    """The same in a query, of the column that holds the person's id."""
    return Concat(Value("person:"), Cast(field, CharField()))


def ids_held(session_id: int, prefix: str) -> list[int]:
    """The rooms (`room`), people (`person`) or things (`kit`) that a session holds."""
    held = Claim.objects.filter(session_id=session_id, resource__startswith=f"{prefix}:")
    return sorted(int(resource.partition(":")[2]) for resource in held.values_list("resource", flat=True))


def lock_session(session_id: int) -> Session:
    """The session as it is now, held until commit. Refused("not_found")."""
    session = Session.objects.select_for_update(no_key=True).filter(pk=session_id).first()
    if session is None:
        raise Refused("not_found", model="session", id=session_id)
    return session


def lock_sessions(ids: Iterable[int]) -> None:
    """Several at once, in order of their keys."""
    sessions = Session.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    list(sessions.values_list("pk", flat=True))


def lock_rooms(ids: Iterable[int | None]) -> dict[int, Room]:
    """As they are now: with the time they take to set up from now on."""
    rooms = Room.objects.select_for_update(no_key=True).filter(pk__in={pk for pk in ids if pk}).order_by("pk")
    return {room.pk: room for room in rooms}


def lock_sites(ids: Iterable[int]) -> None:
    """Where no room is: sessions are put there one after the other, and none while the site is being closed."""
    hubs = Hub.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    list(hubs.values_list("pk", flat=True))


def lock_place(hub: Hub, rooms: Sequence[int | None]) -> dict[int, Room]:
    if not all(rooms):
        lock_sites([hub.pk])
    return lock_rooms(rooms)


def lock_kits(ids: Collection[int]) -> None:
    """Things that are to be held: none is taken away meanwhile. Refused("not_found")."""
    if ids:
        kits = Kit.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
        if gone := set(ids) - set(kits.values_list("pk", flat=True)):
            raise Refused("not_found", model="kit", id=min(gone))


def clash(
    *,
    resource: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    except_session: int | None = None,
    exclusive_only: bool = True,
) -> Claim | None:
    """The first claim on `resource` that overlaps the window, with its session."""
    claims = Claim.objects.filter(resource=resource, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if exclusive_only:
        claims = claims.filter(exclusive=True)
    if except_session:
        claims = claims.exclude(session_id=except_session)
    return claims.select_related("session__program", "session__room").order_by("starts_at", "pk").first()


def clash_facts(claim: Claim) -> dict[str, object]:
    """The other session, named: what a screen needs for "that room is taken by ... from ... to ...", and how long it is
    held before and after where that is longer."""
    other = claim.session
    before, after = other.starts_at - claim.starts_at, claim.ends_at - other.ends_at
    return {
        "resource": claim.resource,
        "session": other.pk,
        "title": other.program.name,
        "starts_at": clock.local(other.starts_at).isoformat(),
        "ends_at": clock.local(other.ends_at).isoformat(),
        "hub": other.hub_id,
        "room": other.room.name if other.room else "",
        **({"setup": _minutes(before), "clearup": _minutes(after)} if before or after else {}),
    }


def _minutes(span: dt.timedelta) -> int:
    return int(span.total_seconds()) // 60


def check(*, resource: str, starts_at: dt.datetime, ends_at: dt.datetime, except_session: int | None = None) -> None:
    """Refused("clash") with the other session's facts when somebody else holds the resource then."""
    other = clash(resource=resource, starts_at=starts_at, ends_at=ends_at, except_session=except_session)
    if other:
        raise Refused("clash", **clash_facts(other))


def place(*, session: Session, resource: str, exclusive: bool = True) -> None:
    """Hold `resource` for the session's window. Placing again is harmless. Refused("clash")."""
    start, end = _window(session, resource)
    if exclusive:
        check(resource=resource, starts_at=start, ends_at=end, except_session=session.pk)
    try:
        with transaction.atomic():
            Claim.objects.update_or_create(
                session=session,
                resource=resource,
                defaults={"starts_at": start, "ends_at": end, "exclusive": exclusive},
            )
    except IntegrityError:
        # Somebody who holds none of our locks was faster: now their claim is there to be named.
        check(resource=resource, starts_at=start, ends_at=end, except_session=session.pk)
        raise Refused("clash", resource=resource) from None


def hold_all(*, session: Session, kits: Collection[int] = ()) -> None:
    """Its room, for itself; its duty worker, who may be next door; these kits. Refused("clash")."""
    if session.room_id:
        place(session=session, resource=room_resource(session.room_id))
    if session.duty_worker_id:
        place(session=session, resource=person_resource(session.duty_worker_id), exclusive=False)
    for kit in sorted(kits):
        place(session=session, resource=kit_resource(kit))


def hold_person(*, session: Session, person: int) -> None:
    """For who holds the person's lock and has judged them free. IntegrityError when somebody without it was faster."""
    insert(
        Claim(
            session=session,
            resource=person_resource(person),
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            exclusive=True,
        )
    )


def release(*, session: Session, resource: str) -> None:
    Claim.objects.filter(session=session, resource=resource).delete()


def release_all(*, session: Session) -> None:
    Claim.objects.filter(session=session).delete()


def move_all(*, session: Session) -> None:
    """Bring every claim of the session to its window: whoever holds it comes along, or the move is refused."""
    for claim in Claim.objects.filter(session=session).order_by("resource"):
        if (claim.starts_at, claim.ends_at) != _window(session, claim.resource):
            place(session=session, resource=claim.resource, exclusive=claim.exclusive)
