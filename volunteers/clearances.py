"""Checks of those who work with children: how long one holds, and recording one."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from volunteers.models import Clearance, Unproven, Volunteer
from volunteers.persons import lock
from volunteers.tasks import keep_reminding

YEARS = 1


def last_day(checked_on: dt.date) -> dt.date:
    """The last day a check of this day holds: the day before its anniversary."""
    try:
        anniversary = checked_on.replace(year=checked_on.year + YEARS)
    except ValueError:
        # Made on 29 February: the anniversary is 1 March.
        anniversary = dt.date(checked_on.year + YEARS, 3, 1)
    return anniversary - dt.timedelta(days=1)


def check_of(checked_on: dt.date) -> dt.date:
    """The last day it holds. Refused: check_in_future, check_expired."""
    today = clock.today()
    if checked_on > today:
        raise Refused("check_in_future")
    until = last_day(checked_on)
    if until < today:
        raise Refused("check_expired", until=until.isoformat())
    return until


@transaction.atomic
def record_clearance(*, volunteer: Volunteer, kind: str, checked_on: dt.date, by: Person) -> Clearance:
    """`by` has seen the result of a check and that nothing speaks against this volunteer. Recorded twice is once; what
    they had said of it themselves is settled by it.

    Refused: proof_of_own, check_in_future, check_expired.
    """
    if by.pk == volunteer.person_id:
        raise Refused("proof_of_own")
    until = check_of(checked_on)
    lock(volunteer)
    Unproven.objects.filter(volunteer=volunteer, clearance=kind, checked_on__lte=checked_on).delete()
    clearance, is_new = Clearance.objects.get_or_create(
        volunteer=volunteer,
        kind=kind,
        checked_on=checked_on,
        defaults={"valid_until": until, "checked_by": by},
    )
    if is_new:
        keep_reminding()
        append(action="clearance.recorded", subject=clearance, actor_id=by.pk, for_id=volunteer.person_id)
        publish([f"person:{volunteer.person_id}"], "clearance.recorded", clearance=[clearance.pk])
    return clearance
