"""Dates that differ from the usual week: when somebody can't come for once, and when they can.

Later words count before earlier ones, a week's own word among them (volunteers.availability): an absence cuts what was
said before it, an extra time adds to it. What is taken back never was.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from volunteers.models import Absence, ExtraTime, Volunteer
from volunteers.persons import lock, other, tell

MOST_DAYS = 366
AHEAD = dt.timedelta(days=2 * MOST_DAYS)
MOST = 60
Span = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def add_absence(*, volunteer: Volunteer, starts_at: dt.datetime, ends_at: dt.datetime, by: Person) -> Absence:
    """They can't come in this span. Refused: times_wrong, span_over, span_too_far, span_too_long,
    too_many_spans."""
    span = _checked(starts_at, ends_at)
    lock(volunteer)
    _count(volunteer.absences.filter(calendar=None, ends_at__gt=clock.now()).count())
    absence, _ = Absence.objects.update_or_create(
        volunteer=volunteer, calendar=None, starts_at=span[0], ends_at=span[1], defaults={"said_at": clock.now()}
    )
    for extra in volunteer.extra_times.filter(starts_at__lt=span[1], ends_at__gt=span[0]):
        _cut(extra, span)
    _record("absence.added", absence, volunteer, by)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: Person) -> None:
    """They can come as usual after all. Again is harmless."""
    volunteer = absence.volunteer
    lock(volunteer)
    if not Absence.objects.filter(pk=absence.pk).exists():
        return
    _record("absence.removed", absence, volunteer, by)
    absence.delete()


@transaction.atomic
def add_extra_time(*, volunteer: Volunteer, starts_at: dt.datetime, ends_at: dt.datetime, by: Person) -> ExtraTime:
    """They can come in this span for once. Refused: times_wrong, span_over, span_too_far, span_too_long,
    too_many_spans."""
    span = _checked(starts_at, ends_at)
    lock(volunteer)
    _count(volunteer.extra_times.filter(ends_at__gt=clock.now()).count())
    extra, _ = ExtraTime.objects.update_or_create(
        volunteer=volunteer, starts_at=span[0], ends_at=span[1], defaults={"said_at": clock.now()}
    )
    _record("extra_time.added", extra, volunteer, by)
    return extra


@transaction.atomic
def remove_extra_time(*, extra: ExtraTime, by: Person) -> None:
    volunteer = extra.volunteer
    lock(volunteer)
    if not ExtraTime.objects.filter(pk=extra.pk).exists():
        return
    _record("extra_time.removed", extra, volunteer, by)
    extra.delete()


def _checked(starts_at: dt.datetime, ends_at: dt.datetime) -> Span:
    if not (starts_at.tzinfo and ends_at.tzinfo and starts_at < ends_at):
        raise Refused("times_wrong")
    if ends_at <= clock.now():
        raise Refused("span_over")
    if ends_at > clock.now() + AHEAD:
        raise Refused("span_too_far", days=AHEAD.days)
    if ends_at - starts_at > dt.timedelta(days=MOST_DAYS):
        raise Refused("span_too_long", days=MOST_DAYS)
    return starts_at, ends_at


def _count(known: int) -> None:
    if known >= MOST:
        raise Refused("too_many_spans", most=MOST)


def _cut(extra: ExtraTime, span: Span) -> None:
    """What of an extra time an absence leaves."""
    left = [(extra.starts_at, min(extra.ends_at, span[0])), (max(extra.starts_at, span[1]), extra.ends_at)]
    extra.delete()
    ExtraTime.objects.bulk_create(
        ExtraTime(volunteer_id=extra.volunteer_id, starts_at=start, ends_at=end, said_at=extra.said_at)
        for start, end in left
        if start < end
    )


def _record(action: str, row: Absence | ExtraTime, volunteer: Volunteer, by: Person) -> None:
    append(action=action, subject=row, actor_id=by.pk, for_id=other(volunteer, by), volunteer=volunteer.pk)
    tell(volunteer)
