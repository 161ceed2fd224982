"""What stands against sessions as a workbook would have them: the same as against any, named with its cell."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from django.db.models import Q

from hub import clock
from hub.people.models import Person
from hub.places.models import LONGEST_TURNAROUND, Kit, Room
from hub.places.sheets import TURNAROUND, room_facts, rooms_with_new_times, site_facts
from hub.places.working_days import makeup_days, marked_days
from hub.workbook.book import Book, show
from hub.workbook.cells import listed
from hub.workbook.sheets import Row
from programs.sheets import program_facts
from scheduling.sessions.claims import person_resource, room_resource, room_window, window_anew
from scheduling.sessions.conflicts import (
    LONGEST_HOLD,
    Known,
    Rule,
    Wish,
    day_off,
    equipment_missing,
    outside_hours,
)
from scheduling.sessions.models import Claim, Closure, Session

WHERE = ("starts_at", "ends_at", "hub", "room")
Fault = tuple[Row, str, str, dict[str, Any]]
"""Row, field, code, facts."""
BORNE: Sequence[tuple[Rule, str]] = ((day_off, "starts_at"), (outside_hours, "starts_at"), (equipment_missing, "room"))
Hold = tuple[dt.datetime, dt.datetime, str]
"""From, until, the number of the session that holds."""


def hindered(rows: Iterable[Row], book: Book) -> Iterator[Fault]:
    """Of these rows, those to be written. Of two that hold one room, person or kit at once, setting up and clearing up
    included, the later row is at fault and names the other; so is one in what is closed then."""
    rows = [row for row in rows if row.to_write and not is_cancelled(row, book)]
    ours = {book.names["session"][(row["code"],)].pk for row in rows if not row.new}
    brought, near = _brought(ours), _near(book)
    holds: dict[str, list[Hold]] = defaultdict(list)
    anew: set[int] = set()
    for room_row, room, claims in _held_anew(book, ours):
        anew |= {claim.pk for claim in claims}
        holds[room_resource(room.pk)] += [_hold(claim) for claim in claims]
        for one, other in pairwise(claims):
            if other.starts_at < one.ends_at:
                name = next(name for name in TURNAROUND if name in room_row.write)
                yield room_row, name, "room_times_clash", _named(one, other)
    others = Claim.objects.filter(near, exclusive=True).exclude(session__in=ours).exclude(pk__in=anew)
    resources = {resource for held in brought.values() for resource in held}
    others = others.filter(Q(resource__startswith="room:") | Q(resource__in=resources))
    for claim in others.select_related("session"):
        holds[claim.resource].append(_hold(claim))
    closures = list(Closure.objects.filter(near).select_related("hub", "room"))
    for row in rows:
        yield from _closed(row, closures)
        for resource, field, since, until in _wanted(row, brought, book):
            by = next((code for start, end, code in holds[resource] if start < until and since < end), None)
            if by is None:
                holds[resource].append((since, until, row["code"]))
            else:
                yield _taken(row, field, resource, by)


def borne(rows: Iterable[Row], book: Book) -> Iterator[Fault]:
    """What stands against them, and gives way to whoever confirms: a session by hand needs a reason for it."""
    rows = [row for row in rows if (row.new or row.write & set(WHERE)) and not is_cancelled(row, book)]
    if not rows:
        return
    first, last = book.week.year, (book.week + dt.timedelta(days=7)).year
    known = Known(marked=marked_days(first, last), makeup=makeup_days(first, last))
    for row in rows:
        wish = Wish(
            hub=site_facts((row["hub"],), book),
            room=room_facts((row["hub"], row["room"]), book) if row["room"] else None,
            starts_at=row["starts_at"],
            ends_at=row["ends_at"],
            places=row["places"],
            equipment=program_facts(row["program"], book)["equipment"],
        )
        for rule, name in BORNE:
            for clash in rule(wish, known):
                facts = {key: listed(fact) if isinstance(fact, list) else fact for key, fact in clash.facts.items()}
                yield row, name, clash.code, facts


def twice_on_duty(rows: Iterable[Row], book: Book) -> Iterator[Fault]:
    """Duty workers who are on duty, or serve, elsewhere then: they may be next door."""
    rows = [row for row in rows if row.to_write and not is_cancelled(row, book)]
    sessions = {row.number: book.names["session"][(row["code"],)] for row in rows if not row.new}
    workers = {row.number: _worker(row, sessions.get(row.number), book) for row in rows if row["duty"]}
    holds: dict[str, list[Hold]] = defaultdict(list)
    theirs = Claim.objects.filter(_near(book), resource__in=set(workers.values()))
    for claim in theirs.exclude(session__in=sessions.values()).select_related("session"):
        holds[claim.resource].append(_hold(claim))
    for row in rows:
        if resource := workers.get(row.number):
            start, end = row["starts_at"], row["ends_at"]
            other = next((code for since, until, code in holds[resource] if since < end and start < until), None)
            if other and (row.new or row.write & {*WHERE, "duty"}):
                yield row, "duty", "duty_elsewhere", {"name": row["duty"], "other": other}
            holds[resource].append((start, end, row["code"]))


def _worker(row: Row, session: Session | None, book: Book) -> str:
    """As a resource; whom the workbook itself brings has no number yet."""
    key = book.kept.get("duty", {}).get(row.number)
    person = book.names["person"].get(key) if key else session and session.duty_worker
    return person_resource(person.pk) if person else f"person:{key}"


def _near(book: Book) -> Q:
    first, last = clock.week_bounds(book.week)
    return Q(starts_at__lt=last + LONGEST_HOLD, ends_at__gt=first - LONGEST_HOLD)


def is_cancelled(row: Row, book: Book) -> bool:
    session = book.names["session"].get((row["code"],))
    return bool(session and session.state == Session.State.CANCELLED)


def _brought(sessions: Iterable[int]) -> dict[int, list[str]]:
    """Who serves in them and what they take along: theirs alone, wherever they go."""
    found: dict[int, list[str]] = defaultdict(list)
    claims = Claim.objects.filter(session__in=sessions, exclusive=True).exclude(resource__startswith="room:")
    for session, resource in claims.order_by("resource").values_list("session", "resource"):
        found[session].append(resource)
    return found


def _held_anew(book: Book, ours: set[int]) -> Iterator[tuple[Row, Room, list[Claim]]]:
    """Rooms that take other times from now on, with the sessions of any week that stay as they are."""
    now = clock.now()
    for row, room in rooms_with_new_times(book):
        claims = Claim.objects.filter(
            resource=room_resource(room.pk), ends_at__gt=now - dt.timedelta(minutes=LONGEST_TURNAROUND)
        )
        stay = list(claims.exclude(session__in=ours).select_related("session__program").order_by("starts_at"))
        for claim in stay:
            claim.starts_at, claim.ends_at = window_anew(claim, room_facts(row.key, book), now)
        yield row, room, stay


def _hold(claim: Claim) -> Hold:
    return claim.starts_at, claim.ends_at, claim.session.code


def _wanted(row: Row, brought: dict[int, list[str]], book: Book) -> Iterator[tuple[str, str, dt.datetime, dt.datetime]]:
    window = row["starts_at"], row["ends_at"]
    if row["room"]:
        key = row["hub"], row["room"]
        room = book.names["room"].get(key)
        yield (
            room_resource(room.pk) if room else f"room:{key}", "room",
            *room_window(room_facts(key, book), *window),
        )  # fmt: skip
    if not row.new:
        for resource in brought.get(book.names["session"][(row["code"],)].pk, ()):
            yield resource, "starts_at", *window


def _taken(row: Row, field: str, resource: str, other: str) -> Fault:
    kind, _, pk = resource.partition(":")
    if kind == "room":
        return row, field, "room_taken", {"other": other, "room": row["room"]}
    name = (Person if kind == "person" else Kit).objects.values_list("name", flat=True).get(pk=int(pk))
    return row, field, f"{kind}_taken", {"other": other, "name": name}


def _closed(row: Row, closures: list[Closure]) -> Iterator[Fault]:
    if not (row.new or row.write & set(WHERE)):
        return
    for one in closures:
        there = one.hub.name == row["hub"] and (one.room is None or one.room.name == row["room"])
        if there and one.starts_at < row["ends_at"] and row["starts_at"] < one.ends_at:
            facts = {"place": one.room.name if one.room else row["hub"], "reason": one.reason}
            yield row, "starts_at", "closed", facts
            return


def _named(one: Claim, other: Claim) -> dict[str, Any]:
    return {
        "one": one.session.program.name,
        "one_at": show(one.session.starts_at),
        "other": other.session.program.name,
        "other_at": show(other.session.starts_at),
    }
