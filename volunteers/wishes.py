"""What a volunteer wishes: how often to come, and which shifts to come to every week. Planning goes by it, nothing is
booked by it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from programs.models import Program
from volunteers.models import StandingShift, Volunteer
from volunteers.persons import lock, other, tell

MOST_PER_WEEK = 14
SAME_SHIFT_MINUTES = 30
"""A session moved by no more than this is still the same shift."""


@transaction.atomic
def set_wish(*, volunteer: Volunteer, per_week: int | None, by: Person) -> Volunteer:
    """How many sessions a week they would like; None takes it back. Refused("wish_out_of_range")."""
    if per_week is not None and not 0 <= per_week <= MOST_PER_WEEK:
        raise Refused("wish_out_of_range", most=MOST_PER_WEEK)
    lock(volunteer)
    if volunteer.wish_per_week != per_week:
        volunteer.wish_per_week = per_week
        volunteer.save(update_fields=["wish_per_week"])
        append(
            action="volunteer.wished",
            subject=volunteer,
            actor_id=by.pk,
            for_id=other(volunteer, by),
            per_week=per_week,
        )
        tell(volunteer)
    return volunteer


@transaction.atomic
def make_standing(
    *, volunteer: Volunteer, program: Program, hub: Hub, starts_at: dt.datetime, by: Person
) -> StandingShift:
    """The shift of this program, place, weekday and time becomes theirs. Again is harmless."""
    lock(volunteer)
    mine = volunteer.standing_shifts.order_by("pk")
    if held := next((one for one in mine if is_of(one, program.pk, hub.pk, starts_at)), None):
        return held
    weekday, minute = weekly(starts_at)
    shift = mine.create(volunteer=volunteer, program=program, hub=hub, weekday=weekday, starts_minute=minute)
    _record("standing_shift.made", shift, by)
    return shift


@transaction.atomic
def end_standing(*, shift: StandingShift, by: Person) -> None:
    """It is nobody's own any more; places they have in it stay theirs. Again is harmless."""
    lock(shift.volunteer)
    if StandingShift.objects.filter(pk=shift.pk).exists():
        _record("standing_shift.ended", shift, by)
        shift.delete()


def weekly(moment: dt.datetime) -> tuple[int, int]:
    """A moment's local weekday and minute of the day."""
    local = clock.local(moment)
    return local.weekday(), local.hour * 60 + local.minute


def is_of(shift: StandingShift, program: int, hub: int, starts_at: dt.datetime) -> bool:
    """Whether a session of this program and place at this time is one of the shift's."""
    weekday, minute = weekly(starts_at)
    same = (shift.program_id, shift.hub_id, shift.weekday) == (program, hub, weekday)
    return same and abs(shift.starts_minute - minute) <= SAME_SHIFT_MINUTES


def _record(action: str, shift: StandingShift, by: Person) -> None:
    append(
        action=action,
        subject=shift,
        actor_id=by.pk,
        for_id=other(shift.volunteer, by),
        hub_id=shift.hub_id,
        volunteer=shift.volunteer_id,
        program=shift.program_id,
    )
    tell(shift.volunteer)
