"""What the events of a child's booking come to, stored and told: to the site's screens, and to the guardians who wish
for it."""

from __future__ import annotations

from dataclasses import replace

from hub import clock
from hub.live.publish import publish
from hub.notify import outbox
from hub.people.circles import guardians_of, onlookers
from hub.people.models import Child, FamilyMember, Person
from hub.people.names import given_name
from scheduling.attendance.folding import Kind, Noted, fold
from scheduling.attendance.models import AttendanceEvent, ChildAttendance, ComingsTold
from scheduling.attendance.noting import COLUMNS
from scheduling.attendance.tasks import keep_watching
from scheduling.bookings.models import Booking


def settle_child(row: Booking, *, by: Person | None) -> ChildAttendance:
    """Under the lock of the session. `participant.child.family.guardian` should be loaded."""
    events = AttendanceEvent.objects.filter(booking=row).exclude(kind=Kind.VOID)
    by_uid = {event.uid: event for event in events}
    noted = [_noted(event) for event in by_uid.values()]
    outcome = fold(noted, ends_at=row.session.ends_at)
    found = ChildAttendance.objects.filter(booking=row).first() or ChildAttendance(booking=row)
    before = found.arrived_at, found.left_at
    went = by_uid[outcome.went.uid] if outcome.went else None
    found.arrived_at = outcome.came.at if outcome.came else None
    found.left_at = went.at if went else None
    found.fetched_by = went.fetched_by if went else None
    found.code_said = bool(went and went.code_said)
    found.by, found.changed_at = by, clock.now()
    found.save()
    if before == (found.arrived_at, found.left_at):
        return found
    child: Child = row.participant.child
    guardians = guardians_of(child.family)
    _tell_who_wishes(row, child, found, guardians)
    if found.arrived_at and not found.left_at:
        keep_watching()
    topics = [f"hub:{row.session.hub_id}", *(f"person:{pk}" for pk in onlookers([child.family_id]))]
    publish(topics, "attendance.changed", session=[row.session_id], booking=[row.pk])
    return found


def _noted(event: AttendanceEvent) -> Noted:
    """What was noted by hand at one moment stands in the order in which it was."""
    noted = Noted(*(getattr(event, column) for column in COLUMNS))
    return replace(noted, counter=event.counter or noted.serial)


def relation_to(child: Child, person: int) -> str:
    """What whoever fetched the child is to it, as the family says; empty where nothing was said."""
    if child.family.guardian_id == person:
        return child.relation
    members = FamilyMember.objects.filter(family=child.family_id, person=person).exclude(relation="")
    return next(iter(members.order_by("pk").values_list("relation", flat=True)), "")


def _tell_who_wishes(row: Booking, child: Child, found: ChildAttendance, guardians: list[Person]) -> None:
    if found.arrived_at is None:
        return
    told = ComingsTold.objects.filter(guardian__in=guardians).values_list("guardian", flat=True)
    variables = {
        "children": given_name(row.participant.name),
        "program": row.session.program.name,
        "hub": row.session.hub.name,
    }
    at = found.left_at or found.arrived_at
    if found.left_at is None:
        template = "child_arrived"
    elif found.fetched_by_id:
        template = "child_fetched"
        variables["with"] = relation_to(child, found.fetched_by_id) or (
            found.fetched_by.name if found.fetched_by else ""
        )
    else:
        template = "child_went_alone"
    outbox.queue_all(
        outbox.Draft(
            to_id=guardian,
            template=template,
            variables={**variables, "time": f"{clock.local(at):%H:%M}"},
            dedupe_key=f"{template}:{row.pk}:{guardian}:{int(at.timestamp())}",
        )
        for guardian in told
    )
