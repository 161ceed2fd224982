"""What somebody has before them: places, what they asked for, sessions they stand by for. Given up together, each in a
transaction of its own: one for all would take many locks, out of order."""

from __future__ import annotations

from contextlib import suppress

from django.db.models import QuerySet

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from scheduling.signups import signups, standbys
from scheduling.signups.announce import announce_roster, announce_standby
from scheduling.signups.models import Assignment, Standby


def places_ahead(person: int) -> QuerySet[Assignment]:
    wanted = (*Assignment.ACTIVE, *Assignment.OPEN)
    rows = Assignment.objects.filter(volunteer__person=person, state__in=wanted)
    return rows.filter(session__starts_at__gt=clock.now()).order_by("session")


def standbys_ahead(person: int) -> QuerySet[Standby]:
    rows = Standby.objects.filter(volunteer__person=person, state=Standby.State.READY)
    return rows.filter(session__starts_at__gt=clock.now()).order_by("session")


def take_out(*, person: int, by: Person) -> None:
    """Somebody else decided that they don't come: they are told. Broken off in between, it goes on where it was."""
    loaded = places_ahead(person).select_related("session__program", "session__hub")
    had = [row for row in loaded if row.state in Assignment.ACTIVE]
    for row in places_ahead(person):
        # What was settled meanwhile is no place to give up any more.
        with suppress(Refused):
            signups.decline(assignment=row.pk, by=by)
    announce_roster(added=[], released=had, by=by)
    ready = list(standbys_ahead(person).select_related("session__program", "session__hub"))
    for standby in ready:
        with suppress(Refused):
            standbys.decline_standby(standby=standby.pk, by=by)
    announce_standby(rows=ready, template="standby_released")
