"""Noting what was seen, and what it comes to. Everything that writes about attendance goes through here.

Locks: person, session, topic. A place's outcome is worked out under the session's lock from all its events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db.models import QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.attendance.folding import EARLIEST, FOLDED, LATEST, Kind, Noted, Outcome, concerns, fold
from scheduling.attendance.hours import enter_hours
from scheduling.attendance.models import Attendance, AttendanceEvent
from scheduling.attendance.tasks import keep_closing
from scheduling.sessions.claims import lock_people, lock_sessions
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.models import Volunteer

WRITTEN = (
    *("signed_in_at", "signed_out_at", "how", "how_out", "device", "by", "missed", "doubts"),
    *("closed_at", "changed_at"),
)
COLUMNS = ("kind", "how", "at", "uid", "counter", "device_id", "by_id", "pk")


def hold(assignment: int) -> Assignment:
    """Lock the person and the session of a place. Refused: not_found, no_place, session_cancelled."""
    keys = Assignment.objects.filter(pk=assignment).values_list("volunteer__person", "session").first()
    if keys is None:
        raise Refused("not_found", model="assignment", id=assignment)
    lock_people([keys[0]])
    lock_sessions([keys[1]])
    row = places().get(pk=assignment)
    if row.session.state == Session.State.CANCELLED:
        raise Refused("session_cancelled")
    if row.state not in Assignment.ACTIVE:
        raise Refused("no_place")
    return row


def places() -> QuerySet[Assignment]:
    """Places with all that their outcome needs."""
    return Assignment.objects.select_related(
        "need", "volunteer__person", "session__program", "session__hub", "session__room", "session__duty_worker"
    )


def hold_seen(volunteers: Collection[int], hub: int, first: dt.datetime, last: dt.datetime) -> list[Assignment]:
    """Whatever a sighting of these volunteers between two moments may concern, read once people and sessions are
    locked."""
    lock_people(Volunteer.objects.filter(pk__in=volunteers).values_list("person", flat=True))
    concerned = _seen(volunteers, hub, first, last)
    held = set(concerned.values_list("session", flat=True))
    lock_sessions(held)
    # What came meanwhile is held by nobody here, and works itself out (attendance.receivers).
    return list(concerned.filter(session__in=held))


def _seen(volunteers: Collection[int], hub: int, first: dt.datetime, last: dt.datetime) -> QuerySet[Assignment]:
    rows = places().filter(
        volunteer__in=volunteers,
        state__in=Assignment.ACTIVE,
        session__hub=hub,
        session__state=Session.State.PLANNED,
        session__starts_at__lte=last + EARLIEST,
        session__ends_at__gte=first - LATEST,
    )
    return rows.order_by("session__starts_at", "pk")


def note(
    *,
    kind: str,
    how: str,
    assignment: Assignment,
    at: dt.datetime,
    by: Person | None,
) -> AttendanceEvent:
    """An event of a place. Working out what it comes to is the caller's: `settle`."""
    event = AttendanceEvent.objects.create(
        kind=kind,
        how=how,
        hub=assignment.session.hub,
        assignment=assignment,
        volunteer_id=assignment.volunteer_id,
        at=at,
        received_at=clock.now(),
        by=by if by and by.pk != assignment.volunteer.person_id else None,
    )
    record_deed(event, by=by)
    return event


def record_deed(event: AttendanceEvent, *, by: Person | None) -> None:
    append(
        action=f"attendance.{event.kind}",
        subject=event,
        actor_id=by.pk if by else None,
        hub_id=event.hub_id,
        assignment=event.assignment_id,
        how=event.how,
        **({"voids": event.voids_id} if event.voids_id else {}),
        **({"device": event.device_id} if event.device_id else {}),
    )


def settle(rows: Collection[Assignment]) -> dict[int, Attendance]:
    """What the events of these places come to now, stored and told; their sessions are held by the caller. Five queries
    for any number of places, and those of hours that are complete."""
    if not rows:
        return {}
    known = {one.assignment_id: one for one in Attendance.objects.filter(assignment__in=rows)}
    events = _events_of(rows)
    changed: list[Attendance] = []
    for row in rows:
        found = known.setdefault(row.pk, Attendance(assignment=row))
        if _apply(fold(events[row.pk], ends_at=row.session.ends_at), found):
            changed.append(found)
        found.assignment = row
    new = [one for one in changed if one.pk is None]
    Attendance.objects.bulk_update([one for one in changed if one.pk], WRITTEN)
    Attendance.objects.bulk_create(new)
    if changed:
        keep_closing()
    for one in changed:
        enter_hours(one)
    _tell(changed)
    return known


def _apply(outcome: Outcome, row: Attendance) -> bool:
    """Write an outcome into its row; whether anything is different."""
    came, went = outcome.came, outcome.went
    by_hand = [one.by_id for one in (went, came) if one and one.by_id]
    new = {
        "signed_in_at": came.at if came else None,
        "signed_out_at": went.at if went else None,
        "how": came.how if came else "",
        "how_out": went.how if went else "",
        "device_id": came.device_id if came else None,
        "by_id": by_hand[0] if by_hand else None,
        "missed": outcome.missed,
        "doubts": list(outcome.doubts),
    }
    moved = (row.signed_in_at, row.signed_out_at) != (new["signed_in_at"], new["signed_out_at"])
    # The hours' own doubts stand as long as the times do.
    said = [code for code in row.doubts if code not in FOLDED]
    if moved:
        said = ["hours_differ"] if row.hours_entered_at else []
    new["doubts"] = [*outcome.doubts, *said]
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    row.changed_at, row.closed_at = clock.now(), None
    return True


def _events_of(rows: Collection[Assignment]) -> dict[int, list[Noted]]:
    """The events that concern each place: its own, and sightings of its volunteer at its hub around its time."""
    standing = AttendanceEvent.objects.exclude(kind=Kind.VOID).filter(voided_by=None)
    found: dict[int, list[Noted]] = {row.pk: [] for row in rows}
    own = standing.filter(assignment__in=rows)
    for assignment, *values in own.values_list("assignment", *COLUMNS):
        found[assignment].append(Noted(*values))
    seen = standing.filter(
        kind=Kind.SCAN,
        assignment=None,
        doubt="",
        volunteer__in={row.volunteer_id for row in rows},
        at__gte=min(row.session.starts_at for row in rows) - EARLIEST,
        at__lte=max(row.session.ends_at for row in rows) + LATEST,
    )
    for volunteer, hub, *values in seen.values_list("volunteer", "hub", *COLUMNS):
        one = Noted(*values)
        for row in rows:
            session = row.session
            if (row.volunteer_id, session.hub_id) == (volunteer, hub) and concerns(
                one.at, session.starts_at, session.ends_at
            ):
                found[row.pk].append(one)
    return found


def _tell(changed: Collection[Attendance]) -> None:
    if not changed:
        return
    rows = [one.assignment for one in changed]
    publish(
        {*(f"hub:{row.session.hub_id}" for row in rows), *(f"person:{row.volunteer.person_id}" for row in rows)},
        "attendance.changed",
        session=sorted({row.session_id for row in rows}),
        assignment=sorted(row.pk for row in rows),
    )
