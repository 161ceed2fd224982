"""A volunteer at the door, with the door's code on their own phone.

Within a visit what to do follows from the time: whose shift begins is signed in, whose shift ends is signed out. Going
early is asked about, not assumed: people open the page again to look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from scheduling.attendance.folding import EARLIEST, LATEST, SAME_VISIT, How, Kind, concerns
from scheduling.attendance.models import Attendance
from scheduling.attendance.noting import hold_seen, note, settle
from scheduling.signups.models import Assignment
from scheduling.signups.shifts import OpenShift, Wish, find_shifts
from volunteers.models import Volunteer

GOING_FROM = dt.timedelta(minutes=15)
"""Before the end: from then on the door's code signs out unasked."""


@dataclass(frozen=True)
class Stop:
    """A place of theirs here today, as it stands after the visit."""

    assignment: Assignment
    attendance: Attendance
    done: str
    """in, out, or empty: what this visit did."""


@transaction.atomic
def pass_door(*, volunteer: Volunteer, hub: int, by: Person) -> list[Stop]:
    """Opened twice it is done once. Empty for somebody who has no place here today."""
    now = clock.now()
    rows = _hold(volunteer, hub, now)
    known = settle(rows)
    done: dict[int, str] = {}
    for row in rows:
        found, session = known[row.pk], row.session
        if not concerns(now, session.starts_at, session.ends_at) or found.missed:
            continue
        if found.signed_in_at is None:
            if now < session.ends_at and "in" not in done.values() and not _is_inside(rows, known, done):
                done[row.pk] = "in"
        elif (
            found.signed_out_at is None
            and now >= session.ends_at - GOING_FROM
            and now - found.signed_in_at >= SAME_VISIT
        ):
            done[row.pk] = "out"
    for row in rows:
        if what := done.get(row.pk):
            note(kind=Kind(what), how=How.QR, assignment=row, at=now, by=by)
    known = settle(rows)
    return [Stop(row, known[row.pk], done.get(row.pk, "")) for row in rows]


@transaction.atomic
def go_early(*, volunteer: Volunteer, hub: int, assignment: int, by: Person) -> list[Stop]:
    """Before the end, on asking. Refused: not_found (no such place of theirs here now), not_signed_in, already_out."""
    now = clock.now()
    rows = _hold(volunteer, hub, now)
    row = next((one for one in rows if one.pk == assignment), None)
    if row is None or not concerns(now, row.session.starts_at, row.session.ends_at):
        raise Refused("not_found", model="assignment", id=assignment)
    found = settle(rows)[row.pk]
    if found.signed_in_at is None:
        raise Refused("not_signed_in")
    if found.signed_out_at is not None:
        raise Refused("already_out")
    note(kind=Kind.OUT, how=How.QR, assignment=row, at=now, by=by)
    known = settle(rows)
    return [Stop(one, known[one.pk], "out" if one is row else "") for one in rows]


def noted_of(person: int) -> list[Attendance]:
    """What is noted of their places that one may sign in to or out of now. One query."""
    now = clock.now()
    rows = Attendance.objects.filter(
        assignment__volunteer__person=person,
        assignment__state__in=Assignment.ACTIVE,
        assignment__session__starts_at__lte=now + EARLIEST,
        assignment__session__ends_at__gte=now - LATEST,
    )
    return list(rows.order_by("pk"))


def may_join(*, person: int, hub: int) -> Sequence[OpenShift]:
    """Shifts of this hub that begin within the day and that sign-up would give them."""
    found = find_shifts(person_id=person, wish=Wish(day=clock.today())).shifts
    return [shift for shift in found if shift.need.session.hub_id == hub]


def _hold(volunteer: Volunteer, hub: int, now: dt.datetime) -> list[Assignment]:
    """Their places here from those that ended a while ago to those that begin later today, locked."""
    tonight = clock.at(clock.local(now).date(), clock.MINUTES_A_DAY)
    return hold_seen([volunteer.pk], hub, now, max(now, tonight - EARLIEST))


def _is_inside(rows: Sequence[Assignment], known: dict[int, Attendance], done: dict[int, str]) -> bool:
    """Still at another shift, that this visit does not end: the next one can wait."""
    return any(
        known[row.pk].signed_in_at is not None and known[row.pk].signed_out_at is None and done.get(row.pk) != "out"
        for row in rows
    )
