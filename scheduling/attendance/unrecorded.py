"""Who had a place in a session that is over, and nobody said that they did not come: what the hours' room asks for when
it looks for work without a record."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from scheduling.attendance.hours import work_of
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment
from volunteers.hours.models import ServiceRecord
from volunteers.hours.owed import Served


class Places:
    """volunteers.hours.owed.Schedule, by the places people held."""

    def unrecorded(self, actor: Actor, since: dt.datetime, until: dt.datetime, most: int) -> list[Served]:
        record = ServiceRecord.objects.filter(volunteer=OuterRef("volunteer"), session_uid=OuterRef("session__uid"))
        rows = _places(actor).filter(session__ends_at__gte=since, session__ends_at__lte=until)
        found = rows.filter(~Exists(record)).order_by("session__ends_at", "session", "pk")
        return [Served(one.volunteer, work_of(one)) for one in found[:most]]

    def served(self, actor: Actor, session_uid: UUID, volunteer: int) -> Served | None:
        row = _places(actor).filter(session__uid=session_uid, volunteer=volunteer).first()
        return Served(row.volunteer, work_of(row)) if row else None


def _places(actor: Actor) -> QuerySet[Assignment]:
    sessions = visible(actor, "edit", Session.objects.filter(state=Session.State.PLANNED, ends_at__lte=clock.now()))
    rows = Assignment.objects.filter(state__in=Assignment.ACTIVE, session__in=sessions)
    others = rows.exclude(volunteer__person=actor.person).exclude(attendance__missed=True)
    return others.select_related(
        "need", "volunteer__person", "session__program__agency", "session__hub", "session__duty_worker"
    )
