"""The figures that hours go by: dated configuration (HoursSettings)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.working_days import check_day
from volunteers.hours.models import HoursSettings


def figures_on(day: dt.date) -> HoursSettings:
    """The newest row that has begun by `day`; the defaults before there is one."""
    found = HoursSettings.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    return found or HoursSettings(valid_from=day)


@transaction.atomic
def set_figures(
    *, valid_from: dt.date, star_hours: list[int], silence_days: int, entry_working_days: int, by: Person
) -> HoursSettings:
    """Figures from a day on; those of days gone by stay. Refused: figures_in_past, day_out_of_range,
    stars_not_rising."""
    check_day(valid_from)
    if valid_from < clock.today():
        raise Refused("figures_in_past")
    if any(one >= other for one, other in zip([0, *star_hours], star_hours, strict=False)):
        raise Refused("stars_not_rising")
    values = {"star_hours": star_hours, "silence_days": silence_days, "entry_working_days": entry_working_days}
    row, _ = HoursSettings.objects.update_or_create(valid_from=valid_from, defaults=values)
    since = valid_from.isoformat()
    append(action="hours_settings.changed", subject=row, actor_id=by.pk, valid_from=since, changed=values)
    return row
