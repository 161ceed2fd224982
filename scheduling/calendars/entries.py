"""What stands in a calendar.

Cancelled sessions, places given back and places taken away stay in as CANCELLED, so that calendar programs strike them
out: as long as their session is in the window.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.people.names import given_name
from hub.places.models import Hub
from scheduling.bookings.models import Booking
from scheduling.calendars.family_days import days_of, entry_of
from scheduling.calendars.ics import Entry, Status
from scheduling.calendars.rows import belongs, closures_of, rows_of, window
from scheduling.calendars.scopes import Scope, Target
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment

MOST_ENTRIES = 5000

SESSION = (
    "uid", "state", "starts_at", "ends_at", "sequence", "created_at", "changed_at", "program__name", "program__kind",
    "program__agency__name", "hub__name", "hub__address", "hub__latitude", "hub__longitude", "room__name",
    "program__changed_at", "hub__changed_at", "room__changed_at",
)  # fmt: skip
BESIDE = tuple(f"session__{name}" for name in SESSION)


class Facts(NamedTuple):
    """A session's columns, whichever table they were reached from."""

    uid: Any
    state: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    sequence: int
    created_at: dt.datetime
    changed_at: dt.datetime
    program: str
    kind: str
    agency: str
    hub: str
    address: str
    latitude: float | None
    longitude: float | None
    room: str | None
    program_changed_at: dt.datetime
    hub_changed_at: dt.datetime
    room_changed_at: dt.datetime | None

    @property
    def last_changed_at(self) -> dt.datetime:
        changes = self.changed_at, self.program_changed_at, self.hub_changed_at, self.room_changed_at
        return max(one for one in changes if one)


def entries_of(target: Target, actor: Actor | None, *, names: bool = False) -> list[Entry]:
    """`actor` none: everything, for the command line. `names`: children stand in their family's calendar by name."""
    between = window()
    rows = rows_of(target.scope, target.scope_id, between)
    if target.scope == Scope.VOLUNTEER:
        return _shifts(rows.filter(volunteer__person=actor.person) if actor else rows)
    if target.scope == Scope.FAMILY:
        if actor and not belongs(actor.person.pk, target.scope_id):
            return []
        days = days_of(target.scope_id, *between)
        return [*_family_places(rows, names=names), *(entry_of(one, names=names) for one in days)]
    return [*closed_entries(target), *session_entries(visible(actor, "view", rows) if actor else rows)]


def _entry(facts: Facts, *, summary: str, description: Iterable[str], path: str, status: Status, own: Own) -> Entry:
    cancelled = facts.state == Session.State.CANCELLED
    return Entry(
        uid=str(facts.uid),
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        summary=summary,
        location=_location(" ".join(part for part in (facts.hub, facts.room) if part), facts.address),
        description="\n".join(line for line in description if line),
        category=_(f"kind.{facts.kind}"),
        geo=_geo(facts),
        url=f"{settings.PUBLIC_URL}{path}",
        status="CANCELLED" if cancelled else status,
        sequence=facts.sequence + own.sequence,
        created_at=own.created_at or facts.created_at,
        changed_at=max(facts.last_changed_at, own.changed_at or facts.changed_at),
        takes_time=own.created_at is not None,
    )


def _location(place: str, address: str) -> str:
    return _("calendar.location") % {"place": place, "address": address} if address else place


def _geo(where: Facts | Hub) -> tuple[float, float] | None:
    located = where.latitude is not None and where.longitude is not None
    return (where.latitude or 0.0, where.longitude or 0.0) if located else None


@dataclass(frozen=True)
class Own:
    """What a person's place adds to its session's dates. It has no counter: the seconds since it was made do."""

    created_at: dt.datetime | None = None
    changed_at: dt.datetime | None = None

    @property
    def sequence(self) -> int:
        return int((self.changed_at - self.created_at).total_seconds()) if self.changed_at and self.created_at else 0


def session_entries(sessions: QuerySet[Session], *, path: str = "/") -> list[Entry]:
    """`path`: of the page that shows them."""
    return [
        _entry(
            facts,
            summary=facts.program,
            description=[_("calendar.by_agency") % {"agency": facts.agency}],
            path=path,
            status="CONFIRMED",
            own=Own(),
        )
        for facts in map(Facts._make, _nearest(sessions, "", SESSION))
    ]


def closed_entries(target: Target, *, path: str = "/") -> list[Entry]:
    """What is closed of a place, when and not why: a reason may name somebody. Whole days are told as such."""
    closures = closures_of(target.scope, target.scope_id, window()).select_related("hub", "room")
    return [
        Entry(
            uid=f"closure-{one.pk}",
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            summary=_("calendar.closed_room") % {"room": one.room.name} if one.room else _("calendar.closed"),
            location=_location(" ".join(str(part) for part in (one.hub, one.room) if part), one.hub.address),
            description="",
            category="",
            geo=_geo(one.hub),
            url=f"{settings.PUBLIC_URL}{path}",
            status="CANCELLED" if one.lifted_at and one.lifted_at <= one.starts_at else "CONFIRMED",
            sequence=1 if one.lifted_at else 0,
            created_at=one.created_at,
            changed_at=max(
                one.lifted_at or one.created_at, one.hub.changed_at, one.room.changed_at if one.room else one.created_at
            ),
            whole_day=all(clock.local(moment).time() == dt.time() for moment in (one.starts_at, one.ends_at)),
        )
        for one in closures.order_by("starts_at", "pk")
    ]


def _nearest(rows: QuerySet[Any], session: str, columns: Iterable[str]) -> list[tuple[Any, ...]]:
    """In order. Where there are too many, those from this week on come first, then the latest of those before."""
    start = f"{session}starts_at"
    monday = clock.at(clock.monday_of(clock.today()))
    told = rows.values_list(*columns)
    ahead = list(told.filter(**{f"{start}__gte": monday}).order_by(start, "pk")[:MOST_ENTRIES])
    before = told.filter(**{f"{start}__lt": monday}).order_by(f"-{start}", "-pk")[: MOST_ENTRIES - len(ahead)]
    return [*reversed(before), *ahead]


def _by_session(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Facts, list[tuple[Any, ...]]]]:
    """Rows end in their session's columns. A session stands once, however many rows lead to it: UIDs are unique."""
    grouped: dict[Any, tuple[Facts, list[tuple[Any, ...]]]] = {}
    for row in rows:
        facts = Facts._make(row[-len(SESSION) :])
        grouped.setdefault(facts.uid, (facts, []))[1].append(row[: -len(SESSION)])
    return list(grouped.values())


def _shifts(places: QuerySet[Assignment]) -> list[Entry]:
    """The newest place counts: who said no and signed up again has two rows."""
    columns = ("state", "need__role", "created_at", "changed_at", "session__duty_worker__name", *BESIDE)
    entries = []
    for facts, mine in _by_session(_nearest(places, "session__", columns)):
        active = [row for row in mine if row[0] in Assignment.ACTIVE]
        state, role, _created, changed, worker = (active or mine)[-1]
        status: Status = "CANCELLED"
        if state in Assignment.ACTIVE:
            status = "CONFIRMED" if state == Assignment.State.ACCEPTED else "TENTATIVE"
        entries.append(
            _entry(
                facts,
                summary=_("calendar.shift") % {"program": facts.program, "role": role},
                description=[
                    _("calendar.please_answer") if status == "TENTATIVE" else "",
                    _("calendar.duty_worker") % {"name": worker} if worker else "",
                ],
                path="/shifts",
                status=status,
                own=Own(mine[0][2], max(changed, *(row[3] for row in mine))),
            )
        )
    return entries


def _family_places(bookings: QuerySet[Booking], *, names: bool) -> list[Entry]:
    """Siblings share an entry."""
    columns = ("state", "participant__name", "created_at", "changed_at", *BESIDE)
    entries = []
    for facts, mine in _by_session(_nearest(bookings, "session__", columns)):
        booked = [name for state, name, *_dates in mine if state == Booking.State.BOOKED]
        waiting = [name for state, name, *_dates in mine if state in (Booking.State.WAITING, Booking.State.OFFERED)]
        named = booked or waiting or list(dict.fromkeys(name for _state, name, *_dates in mine))
        status: Status = "CONFIRMED" if booked else "TENTATIVE" if waiting else "CANCELLED"
        entries.append(
            _entry(
                facts,
                summary=_("calendar.place") % {"program": facts.program, "children": _called(named)}
                if names
                else facts.program,
                description=[_waits(_called(waiting) if names else "") if waiting else ""],
                path="/family",
                status=status,
                own=Own(min(row[2] for row in mine), max(row[3] for row in mine)),
            )
        )
    return entries


def _waits(children: str) -> str:
    return _("calendar.waiting") % {"children": children} if children else _("calendar.waits")


def _called(names: Iterable[str]) -> str:
    return " ".join(given_name(name) for name in names)
