"""When somebody can come in a week equals what a minute-by-minute oracle says."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from hub import clock
from tests.support.make import MONDAY
from volunteers.availability import DAY, WEEK, ByDay, by_day, common, flat, merge, times_in, without
from volunteers.models import Absence, ExtraTime, OwnWeek, Volunteer

QUARTER = 15
Span = tuple[int, int]
minutes = st.integers(-DAY // QUARTER, (WEEK + DAY) // QUARTER).map(lambda quarter: quarter * QUARTER)
spans = st.lists(st.tuples(minutes, minutes).map(sorted).map(tuple).filter(lambda one: one[0] < one[1]), max_size=4)
day_minutes = st.integers(0, DAY // QUARTER).map(lambda quarter: quarter * QUARTER)
windows = st.lists(
    st.tuples(st.integers(0, 6), day_minutes, day_minutes)
    .map(lambda one: [one[0], *sorted(one[1:])])
    .filter(lambda one: one[1] < one[2]),
    max_size=6,
)


def quarters(ranges: list[Span]) -> set[int]:
    return {quarter for start, end in ranges for quarter in range(start // QUARTER, end // QUARTER)} & set(
        range(WEEK // QUARTER)
    )


def moment(minute: int) -> dt.datetime:
    return clock.at(MONDAY) + dt.timedelta(minutes=minute)


EARLIER, THEN, LATER = (clock.at(MONDAY - dt.timedelta(days=days)) for days in (9, 8, 7))


def somebody(
    usual: ByDay, away: list[Span], extra: list[Span], own: ByDay | None, said_at: dt.datetime | None = THEN
) -> Volunteer:
    """Every other date that differs was said before the week's own word, the rest after it."""
    whens = (EARLIER, LATER) * 2
    volunteer = Volunteer(pk=1, availability=usual)
    volunteer._prefetched_objects_cache = {  # type: ignore[attr-defined]
        "absences": [
            Absence(starts_at=moment(start), ends_at=moment(end), said_at=when)
            for (start, end), when in zip(away, whens, strict=False)
        ],
        "extra_times": [
            ExtraTime(starts_at=moment(start), ends_at=moment(end), said_at=when)
            for (start, end), when in zip(extra, whens, strict=False)
        ],
        "own_weeks": [OwnWeek(week=MONDAY + dt.timedelta(weeks=1), availability=[[0, 0, DAY]])]
        + ([] if own is None else [OwnWeek(week=MONDAY, availability=own, said_at=said_at)]),
    }
    return volunteer


@settings(max_examples=200, deadline=None)
@given(usual=windows, away=spans, extra=spans, own=st.none() | windows, said_at=st.sampled_from([None, THEN]))
def test_the_week_or_a_word_for_it_minus_absences_plus_extra_times_said_later(
    usual: ByDay, away: list[Span], extra: list[Span], own: ByDay | None, said_at: dt.datetime | None
) -> None:
    count = slice(None) if own is None or said_at is None else slice(1, None, 2)
    word = usual if own is None else own
    oracle = (quarters(flat(word)) - quarters(away[count])) | quarters(extra[count])
    times = times_in(somebody(usual, away, extra, own, said_at), MONDAY)
    assert quarters(list(times.free)) == oracle
    # As the planner judges: inside one window, outside every span away.
    assert quarters(list(times.available)) - quarters(list(times.away)) == oracle
    assert all(0 <= start < end <= WEEK for start, end in (*times.available, *times.away))
    assert quarters(flat(by_day(times.free))) == oracle


@settings(max_examples=200, deadline=None)
@given(one=spans, other=spans)
def test_taking_away_and_sharing(one: list[Span], other: list[Span]) -> None:
    assert quarters(list(without(one, other))) == quarters(one) - quarters(other)
    assert quarters(list(common(one, other))) == quarters(one) & quarters(other)
    assert list(merge(one)) == sorted(merge(one))


def test_windows_are_cut_at_midnight() -> None:
    assert by_day([(DAY - 60, 2 * DAY + 30)]) == [[0, DAY - 60, DAY], [1, 0, DAY], [2, 0, 30]]
