"""Dates that differ from the usual week: when somebody can't come for once, and when they can.

Later words count before earlier ones, a week's own word among them: an absence cuts what was said before it, an extra
time adds to it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from volunteers.availability import Windows, by_day, common, flat, merge, spans_in, without
from volunteers.models import Absence, ExtraTime, Volunteer
from volunteers.persons import lock, other, tell

MOST_DAYS = 366
MOST = 60
Span = tuple[dt.datetime, dt.datetime]
Change = Callable[[Windows, Windows], Windows]
"""(what was said for a week, the span in it) -> what holds now."""


@transaction.atomic
def add_absence(*, volunteer: Volunteer, starts_at: dt.datetime, ends_at: dt.datetime, by: Person) -> Absence:
    """They can't come in this span. Refused: times_wrong, span_over, span_too_long, too_many_spans."""
    span = _checked(starts_at, ends_at)
    lock(volunteer)
    _count(volunteer.absences.filter(calendar=None, ends_at__gt=clock.now()).count())
    absence, _ = Absence.objects.get_or_create(volunteer=volunteer, calendar=None, starts_at=span[0], ends_at=span[1])
    for extra in volunteer.extra_times.filter(starts_at__lt=span[1], ends_at__gt=span[0]):
        _cut(extra, span)
    amend(volunteer, span, without)
    _record("absence.added", absence, volunteer, by)
    return absence


@transaction.atomic
def remove_absence(*, absence: Absence, by: Person) -> None:
    """They can come as usual after all. Again is harmless."""
    volunteer = absence.volunteer
    lock(volunteer)
    if not Absence.objects.filter(pk=absence.pk).exists():
        return
    usual = flat(volunteer.availability)
    _record("absence.removed", absence, volunteer, by)
    amend(volunteer, (absence.starts_at, absence.ends_at), lambda said, span: merge([*said, *common(usual, span)]))
    absence.delete()


@transaction.atomic
def add_extra_time(*, volunteer: Volunteer, starts_at: dt.datetime, ends_at: dt.datetime, by: Person) -> ExtraTime:
    """They can come in this span for once. Refused: times_wrong, span_over, span_too_long, too_many_spans."""
    span = _checked(starts_at, ends_at)
    lock(volunteer)
    _count(volunteer.extra_times.filter(ends_at__gt=clock.now()).count())
    extra, _ = ExtraTime.objects.get_or_create(volunteer=volunteer, starts_at=span[0], ends_at=span[1])
    amend(volunteer, span, lambda said, more: merge([*said, *more]))
    _record("extra_time.added", extra, volunteer, by)
    return extra


@transaction.atomic
def remove_extra_time(*, extra: ExtraTime, by: Person) -> None:
    volunteer = extra.volunteer
    lock(volunteer)
    if not ExtraTime.objects.filter(pk=extra.pk).exists():
        return
    _record("extra_time.removed", extra, volunteer, by)
    amend(volunteer, (extra.starts_at, extra.ends_at), without)
    extra.delete()


def _checked(starts_at: dt.datetime, ends_at: dt.datetime) -> Span:
    if not (starts_at.tzinfo and ends_at.tzinfo and starts_at < ends_at):
        raise Refused("times_wrong")
    if ends_at <= clock.now():
        raise Refused("span_over")
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
        ExtraTime(volunteer_id=extra.volunteer_id, starts_at=start, ends_at=end) for start, end in left if start < end
    )


def amend(volunteer: Volunteer, span: Span, change: Change) -> None:
    """Weeks that were spoken of already are spoken of anew."""
    weeks = volunteer.own_weeks.filter(week__range=(clock.monday_of(span[0]), clock.monday_of(span[1])))
    for own in weeks:
        part = merge(spans_in([span], own.week))
        own.availability = by_day(change(merge(flat(own.availability)), part))
        own.save(update_fields=["availability"])


def _record(action: str, row: Absence | ExtraTime, volunteer: Volunteer, by: Person) -> None:
    append(action=action, subject=row, actor_id=by.pk, for_id=other(volunteer, by), volunteer=volunteer.pk)
    tell(volunteer)
