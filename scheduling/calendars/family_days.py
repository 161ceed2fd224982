"""What kinds of programs bring into a family's calendar: books that are due, books to fetch."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from hub import clock
from programs.kinds import FamilyDay, all_kinds
from scheduling.calendars.ics import Entry


def days_of(family: int, first: dt.datetime, last: dt.datetime) -> list[FamilyDay]:
    days = (clock.local(first).date(), clock.local(last).date())
    return [one for kind in all_kinds() if kind.family_days for one in kind.family_days(family, *days)]


def entry_of(one: FamilyDay, *, names: bool) -> Entry:
    begin = clock.at(one.day)
    return Entry(
        uid=one.uid,
        starts_at=begin,
        ends_at=begin + dt.timedelta(days=1),
        summary=_(one.sentence) % dict(one.values),
        location="",
        description=one.child if names else "",
        category="",
        geo=None,
        url=f"{settings.PUBLIC_URL}{one.path}",
        status="CONFIRMED",
        sequence=int((one.changed_at - one.created_at).total_seconds()),
        created_at=one.created_at,
        changed_at=one.changed_at,
        whole_day=True,
    )
