"""Work that was done and has no record yet. Who served is the schedule's to say, above here: it registers itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from hub import clock
from hub.access.actor import Actor
from hub.errors import Refused
from hub.places.working_days import marked_days
from volunteers.hours.figures import figures_on
from volunteers.hours.records import Work
from volunteers.models import Volunteer

LOOK_BACK = dt.timedelta(days=60)
MOST = 200


@dataclass(frozen=True)
class Served:
    """Somebody had a place in a session that is over, and nothing says that they did not come."""

    volunteer: Volunteer
    work: Work


class Schedule(Protocol):
    def unrecorded(self, actor: Actor, since: dt.datetime, until: dt.datetime, most: int) -> list[Served]:
        """Of the sessions that `actor` answers for, ended in this span, oldest first."""

    def served(self, actor: Actor, session_uid: UUID, volunteer: int) -> Served | None:
        """Whoever they are: one place, of a session that `actor` answers for."""


_schedule: list[Schedule] = []


def use_schedule(schedule: Schedule) -> None:
    _schedule[:] = [schedule]


@dataclass(frozen=True)
class Owed:
    served: Served
    due_on: dt.date
    late: bool


def owed_to(actor: Actor) -> list[Owed]:
    """What `actor` has still to enter, the longest overdue first."""
    now, today = clock.now(), clock.today()
    if not _schedule:
        return []
    days = figures_on(today).entry_working_days
    marked = marked_days(today.year - 1, today.year + 1)
    rows = []
    for one in _schedule[0].unrecorded(actor, now - LOOK_BACK, now, MOST):
        due_on = clock.add_working_days(clock.local(one.work.ends_at).date(), days, marked)
        rows.append(Owed(one, due_on, due_on < today))
    return rows


def served_by(actor: Actor, session_uid: UUID, volunteer: int) -> Served:
    """Refused("not_found")."""
    found = _schedule[0].served(actor, session_uid, volunteer) if _schedule else None
    if found is None:
        raise Refused("not_found", model="session")
    return found
