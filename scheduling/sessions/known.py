"""What is known that may clash: read from the database for a session, or for all that several could be moved to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from hub.places.models import Room
from hub.places.working_days import makeup_days, marked_days
from scheduling.sessions.claims import kit_resource, person_resource, room_resource, room_window
from scheduling.sessions.conflicts import Known, Wish
from scheduling.sessions.models import Claim, Closure, Session

DAY = dt.timedelta(days=1)


def known_of(wish: Wish, *, session: int | None) -> Known:
    """For this wish alone. `session`: whose own holds don't count."""
    start, end = room_window(wish.room, wish.starts_at, wish.ends_at)
    return known_within([wish], [wish.room] if wish.room else [], start=start, end=end, session=session)


def known_within(
    wishes: Sequence[Wish],
    rooms: Iterable[Room],
    *,
    start: dt.datetime,
    end: dt.datetime,
    session: int | None = None,
) -> Known:
    """For these wishes, of one site, at any time within the span, in any of these rooms. Four queries at most."""
    hub = wishes[0].hub
    resources = {room_resource(room.pk) for room in rooms}
    for wish in wishes:
        resources |= {
            *(person_resource(pk) for pk in (*wish.people, *wish.children, *([wish.worker] if wish.worker else []))),
            *(kit_resource(pk) for pk in wish.kits),
        }
    first, last = (start - DAY).date(), (end + DAY).date()
    marked = marked_days(first.year, last.year)
    worked = any(works and first <= day <= last for day, works in marked.items())
    return Known(
        holds=_holds(resources, start, end),
        closures=list(Closure.objects.filter(hub=hub, starts_at__lt=end, ends_at__gt=start).order_by("pk")),
        marked=marked,
        makeup=makeup_days(first.year, last.year) if worked and hub.opening else {},
        own=session,
    )


def _holds(resources: Collection[str], start: dt.datetime, end: dt.datetime) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = defaultdict(list)
    if resources:
        claims = Claim.objects.filter(resource__in=resources, starts_at__lt=end, ends_at__gt=start)
        for claim in claims.select_related("session__program", "session__room").order_by("starts_at", "pk"):
            found[claim.resource].append(claim)
    return found


def wish_of(session: Session) -> Wish:
    """The session as it is, with whom and what it holds."""
    return wishes_of([session])[0]


def wishes_of(sessions: Sequence[Session]) -> list[Wish]:
    """One query for all of them."""
    held: dict[int, list[tuple[str, int, bool]]] = defaultdict(list)
    there = [session.pk for session in sessions if session.pk]
    if there:
        rows = Claim.objects.filter(session__in=there).values_list("session", "resource", "exclusive")
        for session, resource, exclusive in rows:
            name, _, pk = resource.partition(":")
            held[session].append((name, int(pk), exclusive))
    return [_wish(session, held[session.pk] if session.pk else []) for session in sessions]


def _wish(session: Session, held: Sequence[tuple[str, int, bool]]) -> Wish:
    guests = {pk for name, pk, exclusive in held if name == "person" and not exclusive} - {session.duty_worker_id}
    return Wish(
        hub=session.hub,
        room=session.room,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        places=session.places,
        equipment=session.program.equipment,
        worker=session.duty_worker_id,
        people=frozenset(pk for name, pk, exclusive in held if name == "person" and exclusive),
        children=frozenset(guests),
        kits=frozenset(pk for name, pk, _ in held if name == "kit"),
    )
