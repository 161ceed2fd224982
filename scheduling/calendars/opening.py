"""A hub's calendar for everybody: its coordinator opens it, its address hangs at the door.

It names no child and no volunteer, and holds only what a hub may announce: sessions of kinds that say so, none that
take place at somebody's home or in a closed circle; and when the hub or a room is closed, but not why.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Hub
from programs.kinds import all_kinds
from scheduling.calendars.models import OpenCalendar
from scheduling.calendars.rows import Window, rows_of, window
from scheduling.calendars.scopes import Scope
from scheduling.sessions.models import Session

ANNOUNCED = (Session.State.PLANNED, Session.State.CANCELLED)
"""Named one by one: a state that comes later is nobody's business until it is named here."""
SHOWN = dt.timedelta(weeks=2)
MOST_SHOWN = 100


@transaction.atomic
def open_calendar(*, hub: Hub, by: Person) -> OpenCalendar:
    """Everybody may read it from now on. Again is harmless."""
    calendar, new = OpenCalendar.objects.get_or_create(hub=hub, defaults={"since": clock.now()})
    if new:
        append(action="open_calendar.opened", subject=calendar, actor_id=by.pk, hub_id=hub.pk)
    return calendar


@transaction.atomic
def close_calendar(*, hub: Hub, by: Person) -> None:
    """Nobody may any more, at once. Again is harmless."""
    for calendar in OpenCalendar.objects.select_for_update().filter(hub=hub):
        append(action="open_calendar.closed", subject=calendar, actor_id=by.pk, hub_id=hub.pk)
        calendar.delete()


def find_open(hub_id: int) -> Hub:
    """Refused("not_found"): no such hub, or not open."""
    hub = Hub.objects.filter(pk=hub_id, open_calendar__isnull=False).first()
    if hub is None:
        raise Refused("not_found", model="open_calendar", id=hub_id)
    return hub


def everybodys(hub: Hub) -> QuerySet[Session]:
    announced = [one.code for one in all_kinds() if one.announced]
    rows: QuerySet[Session] = rows_of(Scope.HUB, hub.pk, window())
    return rows.filter(program__kind__in=announced, state__in=ANNOUNCED, group_only=False)


def coming_weeks() -> Window:
    now = clock.now()
    return now, now + SHOWN


def coming(hub: Hub) -> QuerySet[Session]:
    """What begins or goes on within two weeks."""
    since, until = coming_weeks()
    soon = everybodys(hub).filter(ends_at__gt=since, starts_at__lt=until)
    return soon.select_related("program__agency", "room").order_by("starts_at", "pk")[:MOST_SHOWN]


def page_of(hub: Hub) -> str:
    """The page for everybody, which the code at the door leads to."""
    return f"/open?hub={hub.pk}"
