"""Somebody would rather come on another day: a proposal that another volunteer has in a message, unanswered."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from hub import clock
from hub.errors import Refused
from hub.people.demo import face_of
from hub.people.models import Person, Role
from scheduling.callouts.models import CallOut, Swap
from scheduling.callouts.partners import partners
from scheduling.callouts.swaps import propose_swap
from scheduling.signups.models import Assignment

LOOKED_AT = 60
SOONEST = dt.timedelta(hours=3)


def propose_one_swap() -> None:
    """Not of the next hours, so that it can be answered for a while. On a Sunday night only the demo's own volunteer
    has places ahead: they ask a colleague to take one over."""
    if Swap.objects.exists():
        return
    face = face_of(Role.VOLUNTEER)
    ahead = Assignment.objects.filter(
        state__in=Assignment.ACTIVE, session__starts_at__gt=clock.now() + SOONEST
    ).exclude(session__in=CallOut.objects.values("session"))
    related = ("need__skill", "session__program", "session__hub", "volunteer__person")
    ahead = ahead.select_related(*related).order_by("session__starts_at", "pk")
    for mine in [*ahead.exclude(volunteer__person=face)[:LOOKED_AT], *ahead.filter(volunteer__person=face)]:
        if _is_proposed(mine, face):
            return


def _is_proposed(mine: Assignment, face: Person | None) -> bool:
    found = partners(mine)
    shifts = [one.pk for one in found.shifts if one.volunteer.person != face]
    for wish in (*({"yours": pk} for pk in shifts), *({"asked": one.volunteer.pk} for one in found.colleagues)):
        with suppress(Refused):
            propose_swap(mine=mine.pk, **wish, by=mine.volunteer.person)
            return True
    return False
