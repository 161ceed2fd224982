"""The conflict engine: what a session holds (rooms, people, things) and for how long.

Two exclusive claims on one resource never overlap. Here the clash is found and named; PostgreSQL's exclusion
constraint backs it where two transactions meet, SQLite's single writer needs no more. Claims end where the next begins:
16:00-17:00 and 17:00-18:00 do not clash.

Callers lock in the house's order (person, session, room) before they place: lock_people, lock_session, lock_rooms.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import IntegrityError, transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from hub.places.models import Room
from hub.statement import insert
from scheduling.sessions.models import Claim, Session


def room_resource(room_id: int) -> str:
    return f"room:{room_id}"


def person_resource(person_id: int) -> str:
    return f"person:{person_id}"


def ids_held(session_id: int, prefix: str) -> list[int]:
    """The rooms (`room`) or people (`person`) that a session holds."""
    held = Claim.objects.filter(session_id=session_id, resource__startswith=f"{prefix}:")
    return sorted(int(resource.partition(":")[2]) for resource in held.values_list("resource", flat=True))


def lock_people(ids: Iterable[int]) -> None:
    people = Person.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
    list(people.values_list("pk", flat=True))


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


def lock_rooms(ids: Iterable[int | None]) -> None:
    rooms = Room.objects.select_for_update(no_key=True).filter(pk__in={pk for pk in ids if pk}).order_by("pk")
    list(rooms.values_list("pk", flat=True))


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
    """The other session, named: what a screen needs for "that room is taken by ... from ... to ..."."""
    other = claim.session
    return {
        "resource": claim.resource,
        "session": other.pk,
        "title": other.program.name,
        "starts_at": clock.local(claim.starts_at).isoformat(),
        "ends_at": clock.local(claim.ends_at).isoformat(),
        "hub": other.hub_id,
        "room": other.room.name if other.room else "",
    }


def check(*, resource: str, starts_at: dt.datetime, ends_at: dt.datetime, except_session: int | None = None) -> None:
    """Refused("clash") with the other session's facts when somebody else holds the resource then."""
    other = clash(resource=resource, starts_at=starts_at, ends_at=ends_at, except_session=except_session)
    if other:
        raise Refused("clash", **clash_facts(other))


def place(*, session: Session, resource: str, exclusive: bool = True) -> None:
    """Hold `resource` for the session's window. Placing again is harmless. Refused("clash")."""
    if exclusive:
        check(resource=resource, starts_at=session.starts_at, ends_at=session.ends_at, except_session=session.pk)
    try:
        with transaction.atomic():
            Claim.objects.update_or_create(
                session=session,
                resource=resource,
                defaults={"starts_at": session.starts_at, "ends_at": session.ends_at, "exclusive": exclusive},
            )
    except IntegrityError:
        # Somebody who holds none of our locks was faster: now their claim is there to be named.
        check(resource=resource, starts_at=session.starts_at, ends_at=session.ends_at, except_session=session.pk)
        raise Refused("clash", resource=resource) from None


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
        if (claim.starts_at, claim.ends_at) != (session.starts_at, session.ends_at):
            place(session=session, resource=claim.resource, exclusive=claim.exclusive)
