"""What the events of children's bookings come to, stored and told: to the site's screens, the families', and guardians
by message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from hub import clock
from hub.journal.append import append
from hub.live.publish import publish_each
from hub.notify import outbox
from hub.people.circles import onlookers_by_family
from scheduling.attendance.child_news import drafts_of
from scheduling.attendance.folding import Kind, Noted, fold_child
from scheduling.attendance.models import AttendanceEvent, ChildAttendance
from scheduling.attendance.noting import COLUMNS
from scheduling.attendance.tasks import keep_watching
from scheduling.bookings.models import Booking
from scheduling.sessions.claims import lock_people, lock_sessions

COUNT = ("", AttendanceEvent.Doubt.NOT_ALLOWED)
Events = Mapping[UUID, AttendanceEvent]


def hold_children(bookings: Collection[int], **of: object) -> list[Booking]:
    """Children's bookings (ids) with all that settling needs, the children and the sessions locked."""
    rows = Booking.objects.filter(pk__in=bookings, participant__child__isnull=False, **of).order_by("pk")
    keys = list(rows.values_list("participant", "session"))
    lock_people(participant for participant, _ in keys)
    lock_sessions(session for _, session in keys)
    return list(rows.select_related("participant__child__family__guardian", "session__program", "session__hub"))


def settle_children(rows: Collection[Booking]) -> dict[int, ChildAttendance]:
    """By booking; `hold_children` gave the rows. As many queries for one as for thirty, but for what is written."""
    events: dict[int, dict[UUID, AttendanceEvent]] = defaultdict(dict)
    counting = AttendanceEvent.objects.filter(booking__in=rows, doubt__in=COUNT).exclude(kind__in=(Kind.VOID, Kind.TRY))
    for event in counting.select_related("by", "fetched_by"):
        events[event.booking_id or 0][event.uid] = event
    found = {one.booking_id: one for one in ChildAttendance.objects.filter(booking__in=rows)}
    moved: list[Booking] = []
    told: list[tuple[Booking, ChildAttendance]] = []
    for row in rows:
        one = found.setdefault(row.pk, ChildAttendance(booking=row))
        before = _standing(one)
        if _apply(events[row.pk], one):
            one.save()
            moved.append(row)
            if _standing(one) != before:
                told.append((row, one))
    if any(found[row.pk].arrived_at and not found[row.pk].left_at for row in moved):
        keep_watching()
    outbox.queue_all(drafts_of(told))
    _publish(moved)
    return found


def record_deeds(events: Sequence[AttendanceEvent], rows: Collection[Booking]) -> None:
    """That they were noted, by whom or what."""
    participants = {row.pk: row.participant_id for row in rows}
    for event in events:
        append(
            action=f"child.{event.kind}",
            subject=event,
            actor_id=event.by_id,
            for_id=participants.get(event.booking_id or 0),
            hub_id=event.hub_id,
            booking=event.booking_id,
            code_said=event.code_said,
            **({"device": event.device_id} if event.device_id else {}),
            **({"doubt": event.doubt} if event.doubt else {}),
        )


def _standing(one: ChildAttendance) -> tuple[object, ...]:
    """What guardians are told of: a time put right by minutes is no news."""
    return bool(one.arrived_at), bool(one.left_at), one.fetched_by_id, one.doubt


def _apply(events: Events, row: ChildAttendance) -> bool:
    """Write what the events come to into the row; whether anything is different."""
    outcome = fold_child(Noted(*(getattr(event, column) for column in COLUMNS)) for event in events.values())
    came = events[outcome.came.uid] if outcome.came else None
    went = events[outcome.went.uid] if outcome.went else None
    last = went or came
    unseen = "out_without_in" if "out_without_in" in outcome.doubts else ""
    new = {
        "arrived_at": came.at if came else None,
        "left_at": went.at if went else None,
        "fetched_by": went.fetched_by if went else None,
        "code_said": bool(went and went.code_said),
        "by": last.by if last else None,
        "doubt": (went.doubt if went else "") or unseen,
    }
    if all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    row.changed_at = clock.now()
    return True


def _publish(rows: Sequence[Booking]) -> None:
    """Each family hears of its own."""
    groups: dict[str, list[Booking]] = defaultdict(list)
    people = onlookers_by_family({row.participant.child.family_id for row in rows}) if rows else {}
    for row in rows:
        groups[f"hub:{row.session.hub_id}"].append(row)
        for person in people[row.participant.child.family_id]:
            groups[f"person:{person}"].append(row)
    publish_each(
        (
            topic,
            "attendance.changed",
            {"session": sorted({row.session_id for row in some}), "booking": sorted(row.pk for row in some)},
        )
        for topic, some in groups.items()
    )
