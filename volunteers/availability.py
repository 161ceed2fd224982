"""When a volunteer can come in one week: what they say in general, for once, and for that week.

Windows are (start, end) in wall-clock minutes from the week's Monday; on record they stand by day,
`[weekday, start, end]`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hub import clock
from hub.errors import Refused
from volunteers.models import Absence, ExtraTime, OwnWeek, Volunteer

DAY = clock.MINUTES_A_DAY
WEEK = 7 * DAY
MOST_WINDOWS = 50
Windows = tuple[tuple[int, int], ...]
ByDay = list[list[int]]


@dataclass(frozen=True)
class Times:
    available: Windows
    away: Windows
    """Spans in which they can't come although they usually can."""

    @property
    def free(self) -> Windows:
        return without(self.available, self.away)


def times_in(volunteer: Volunteer, monday: dt.date) -> Times:
    """A word for the week stands in for all that was said before it, but for a calendar's spans, which may have changed
    since. `volunteer` with own_weeks, absences and extra_times loaded."""
    own = own_week(volunteer, monday)
    if own is None:
        return with_exceptions(volunteer, volunteer.availability, monday)
    return with_exceptions(volunteer, own.availability, monday, since=own.said_at)


def with_exceptions(volunteer: Volunteer, usual: ByDay, monday: dt.date, since: dt.datetime | None = None) -> Times:
    """An extra time counts before an absence, and that before the usual week. `since`: of their own words, those said
    from then on."""
    if not volunteer.extra_times.all() and not volunteer.absences.all():  # as with most people
        return Times(merge(flat(usual)), ())
    extra = spans_in(_spans(volunteer.extra_times.all(), since), monday)
    absent = without(spans_in(_spans(said_absences(volunteer), since), monday), extra)
    # Whenever it was said, it is their word against a calendar's.
    able = spans_in(_spans(volunteer.extra_times.all()), monday)
    busy = without(spans_in(_spans(busy_by_calendar(volunteer)), monday), able)
    return Times(merge([*flat(usual), *extra]), merge([*absent, *busy]))


def busy_by_calendar(volunteer: Volunteer) -> list[Absence]:
    return [one for one in volunteer.absences.all() if one.calendar_id]


def said_absences(volunteer: Volunteer) -> list[Absence]:
    """Those of their own words; the others are a calendar's to change."""
    return [one for one in volunteer.absences.all() if not one.calendar_id]


def _spans(
    rows: Iterable[Absence | ExtraTime], since: dt.datetime | None = None
) -> list[tuple[dt.datetime, dt.datetime]]:
    return [(one.starts_at, one.ends_at) for one in rows if since is None or one.said_at >= since]


def own_week(volunteer: Volunteer, monday: dt.date) -> OwnWeek | None:
    return next((one for one in volunteer.own_weeks.all() if one.week == monday), None)


def spans_in(spans: Iterable[tuple[dt.datetime, dt.datetime]], monday: dt.date) -> list[tuple[int, int]]:
    """The parts of these spans that lie in the week."""
    minutes = ((clock.week_minute(start, monday), clock.week_minute(end, monday)) for start, end in spans)
    return [(max(start, 0), min(end, WEEK)) for start, end in minutes if end > 0 and start < WEEK]


def flat(by_day: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    return [(day * DAY + start, day * DAY + end) for day, start, end in by_day]


def by_day(windows: Iterable[tuple[int, int]]) -> ByDay:
    """The same minutes, cut at midnights."""
    return [
        [day, max(start - day * DAY, 0), min(end - day * DAY, DAY)]
        for start, end in merge(windows)
        for day in range(start // DAY, (end - 1) // DAY + 1)
    ]


def merge(windows: Iterable[tuple[int, int]]) -> Windows:
    """Windows that touch or overlap become one: a session may lie across the seam."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(windows):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def without(windows: Iterable[tuple[int, int]], taken: Iterable[tuple[int, int]]) -> Windows:
    """What is left of the windows."""
    left = list(merge(windows))
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return tuple(left)


def common(one: Iterable[tuple[int, int]], other: Sequence[tuple[int, int]]) -> Windows:
    """What lies in both."""
    return without(one, without([(0, WEEK)], other))


def checked(by_day_: Iterable[Sequence[int]]) -> ByDay:
    """Windows as somebody sent them, put in order. Refused("times_wrong")."""
    given = [list(window) for window in by_day_]
    if len(given) > MOST_WINDOWS or not all(_is_window(window) for window in given):
        raise Refused("times_wrong")
    return by_day(flat(given))


def _is_window(window: Sequence[int]) -> bool:
    return len(window) == 3 and 0 <= window[0] < 7 and 0 <= window[1] < window[2] <= DAY
