"""Entering a service: what counts, once."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.errors import Refused
from hub.journal.models import Entry
from tests.hours.factories import HOUR, make_record, make_work
from tests.support.make import make_person, make_volunteer
from volunteers.hours.models import ServiceRecord
from volunteers.hours.records import enter, minutes_within

MINUTE = dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_a_stay_is_recorded_with_what_it_was_for() -> None:
    staff, me = make_person(), make_volunteer()
    work = make_work(in_charge=staff)
    left = work.ends_at + HOUR
    record = enter(volunteer=me, work=work, started_at=work.starts_at, ended_at=left, by=staff, source="hand")
    record.refresh_from_db()
    assert (record.title, record.role, record.program, record.hub) == (work.title, work.role, work.program, work.hub)
    assert (record.started_at, record.ended_at, record.minutes) == (work.starts_at, left, 120)
    assert (record.state, record.source, record.in_charge, record.entered_by) == ("entered", "hand", staff, staff)
    entry = Entry.objects.get(action="record.entered")
    assert (entry.actor_id, entry.for_id, entry.chain) == (staff.pk, me.person_id, work.hub.pk)
    assert entry.subject == f"hours.servicerecord:{record.pk}"


@pytest.mark.django_db
def test_entered_again_it_stays_as_it_was() -> None:
    me, work = make_volunteer(), make_work()
    first = make_record(volunteer=me, work=work)
    again = enter(
        volunteer=me, work=work, started_at=work.starts_at + HOUR, ended_at=work.ends_at, by=None, source="card"
    )
    assert (again.pk, again.minutes, again.source) == (first.pk, 120, "scan")
    assert Entry.objects.filter(action="record.entered").count() == 1


@pytest.mark.django_db
def test_nobody_goes_before_they_came() -> None:
    me, work = make_volunteer(), make_work()
    with pytest.raises(Refused, match="ends_before_start"):
        enter(
            volunteer=me, work=work, started_at=work.starts_at, ended_at=work.starts_at - MINUTE, by=None, source="scan"
        )
    assert not ServiceRecord.objects.exists()


SECONDS = st.integers(0, 6 * 3600)


@given(came=SECONDS, stayed=SECONDS, opens=SECONDS, lasts=st.integers(1, 4 * 3600))
def test_what_counts_is_what_a_stopwatch_in_the_window_shows(came: int, stayed: int, opens: int, lasts: int) -> None:
    """Second by second, as somebody with a watch would count."""
    dawn = dt.datetime(2026, 12, 14, tzinfo=dt.UTC)
    second = dt.timedelta(seconds=1)

    class Window:
        starts_at, ends_at = dawn + opens * second, dawn + (opens + lasts) * second

    found = minutes_within(
        started_at=dawn + came * second,
        ended_at=dawn + (came + stayed) * second,
        work=Window,  # type: ignore[arg-type]
    )
    assert found == len(range(max(came, opens), min(came + stayed, opens + lasts))) // 60
