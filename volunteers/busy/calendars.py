"""Calendars of volunteers' own: read, they say when somebody is busy; read again, they say it anew."""

from __future__ import annotations

import datetime as dt
from pathlib import PurePath
from urllib.parse import urlsplit

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from volunteers.busy.fetching import fetch, normal_address
from volunteers.busy.reading import Reading, read_busy
from volunteers.busy.tasks import keep_reading
from volunteers.models import Absence, BusyCalendar, Volunteer
from volunteers.persons import lock, other, tell

AHEAD = dt.timedelta(weeks=26)
EVERY = dt.timedelta(hours=6)
MOST = 5
UNNAMED = "calendar.ics"


def look_at(data: bytes) -> Reading:
    """What a file would come to, from today on. Refused: what `read_busy` refuses."""
    first = clock.at(clock.today())
    return read_busy(data, first=first, last=first + AHEAD)


def import_file(*, volunteer: Volunteer, name: str, data: bytes, by: Person | None) -> tuple[BusyCalendar, Reading]:
    """A file's busy times in place of those of the file of that name before it. Refused: as `look_at`,
    too_many_calendars."""
    return _keep(volunteer, name=_called(name), address="", reading=look_at(data), by=by)


def subscribe(*, volunteer: Volunteer, address: str, by: Person) -> tuple[BusyCalendar, Reading]:
    """The calendar at an address, read now and every few hours. Refused: as `look_at` and `fetch`,
    too_many_calendars."""
    address = normal_address(address)
    name = urlsplit(address).hostname or ""
    known = {one.address: one.name for one in volunteer.busy_calendars.exclude(address="")}
    reading = look_at(fetch(address))
    return _keep(volunteer, name=known.get(address) or _free(volunteer, name), address=address, reading=reading, by=by)


@transaction.atomic
def remove(*, calendar: BusyCalendar, by: Person) -> None:
    """Forget it and all it said. Again is harmless."""
    volunteer = calendar.volunteer
    lock(volunteer)
    if not BusyCalendar.objects.filter(pk=calendar.pk).exists():
        return
    _record("busy_calendar.removed", calendar, volunteer, by)
    calendar.delete()


def read_again(calendar: BusyCalendar) -> None:
    """From its address. What can't be read leaves what was read before, with a word why."""
    try:
        reading = look_at(fetch(calendar.address))
    except Refused as refused:
        with transaction.atomic():
            found = BusyCalendar.objects.filter(pk=calendar.pk)
            if found.update(tried_at=clock.now(), problem=refused.code):
                tell(calendar.volunteer)
        return
    with transaction.atomic():
        lock(calendar.volunteer)
        if BusyCalendar.objects.filter(pk=calendar.pk).exists():
            _write(calendar, reading)


def due_again() -> list[BusyCalendar]:
    rows = BusyCalendar.objects.exclude(address="").filter(tried_at__lte=clock.now() - EVERY)
    return list(rows.select_related("volunteer__person").order_by("tried_at", "pk"))


@transaction.atomic
def _keep(
    volunteer: Volunteer, *, name: str, address: str, reading: Reading, by: Person | None
) -> tuple[BusyCalendar, Reading]:
    lock(volunteer)
    now = clock.now()
    calendar = volunteer.busy_calendars.filter(name=name).first()
    if calendar is None:
        if volunteer.busy_calendars.count() >= MOST:
            raise Refused("too_many_calendars", most=MOST)
        calendar = BusyCalendar(volunteer=volunteer, name=name, read_at=now, tried_at=now)
    calendar.address = address
    calendar.save()
    _write(calendar, reading)
    _record("busy_calendar.read", calendar, volunteer, by)
    if address:
        keep_reading(EVERY)
    return calendar, reading


def _write(calendar: BusyCalendar, reading: Reading) -> None:
    """What is the same as before stays the same rows: calendars change little."""
    had = {(one.starts_at, one.ends_at): one.pk for one in calendar.absences.all()}
    said = set(reading.spans)
    gone = [pk for span, pk in had.items() if span not in said]
    new = [span for span in reading.spans if span not in had]
    calendar.absences.filter(pk__in=gone).delete()
    Absence.objects.bulk_create(
        Absence(volunteer_id=calendar.volunteer_id, calendar=calendar, starts_at=start, ends_at=end)
        for start, end in new
    )
    calendar.read_at = calendar.tried_at = clock.now()
    calendar.problem = ""
    calendar.save(update_fields=["read_at", "tried_at", "problem"])
    if gone or new:
        tell(calendar.volunteer)


def _called(name: str) -> str:
    return PurePath(name.replace("\\", "/")).name[-60:] or UNNAMED


def _free(volunteer: Volunteer, name: str) -> str:
    """A second calendar of the same host is told apart by a number."""
    taken = set(volunteer.busy_calendars.values_list("name", flat=True))
    names = (f"{name[:54]} {number}" if number > 1 else name[:60] for number in range(1, MOST + 2))
    return next(one for one in names if one not in taken)


def _record(action: str, calendar: BusyCalendar, volunteer: Volunteer, by: Person | None) -> None:
    append(
        action=action,
        subject=calendar,
        actor_id=by.pk if by else None,
        for_id=other(volunteer, by) if by else None,
        volunteer=volunteer.pk,
    )
