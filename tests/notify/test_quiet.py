"""Quiet hours: what rings at night, and when the rest goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from hub import clock
from hub.notify.models import Message
from hub.notify.outbox import queue
from hub.notify.quiet import quiet_until
from hub.notify.sending import next_due, send_due
from tests.support.make import MONDAY, make_person

EVENING, MORNING = 21 * 60, 8 * 60
TUESDAY = MONDAY + dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("hours", "minute", "until"),
    [
        ("21:00-08:00", 12 * 60, None),
        ("21:00-08:00", EVENING - 1, None),
        ("21:00-08:00", EVENING, (TUESDAY, MORNING)),
        ("21:00-08:00", 23 * 60 + 59, (TUESDAY, MORNING)),
        ("21:00-08:00", 0, (MONDAY, MORNING)),
        ("21:00-08:00", MORNING - 1, (MONDAY, MORNING)),
        ("21:00-08:00", MORNING, None),
        ("12:30-14:00", 13 * 60, (MONDAY, 14 * 60)),
        ("12:30-14:00", 14 * 60, None),
        ("08:00-08:00", 13 * 60, None),
        ("", 0, None),
    ],
)
def test_when_it_is_quiet(hours: str, minute: int, until: tuple[dt.date, int] | None, settings: Any) -> None:
    settings.QUIET_HOURS = hours
    assert quiet_until(clock.at(MONDAY, minute)) == (clock.at(*until) if until else None)


@pytest.fixture
def night(settings: Any, at_time: Callable[[dt.datetime], None]) -> None:
    settings.QUIET_HOURS, settings.NOTIFY_CHANNELS = "21:00-08:00", ["demo"]
    at_time(clock.at(MONDAY, 22 * 60))


def note(key: str, template: str = "session_moved", starts: dt.datetime | None = None) -> None:
    variables = {"starts_at": starts.isoformat()} if starts else {}
    queue(to_id=make_person().pk, template=template, dedupe_key=key, variables=variables)


@pytest.mark.django_db
def test_at_night_only_what_is_urgent_goes_out(night: None, at_time: Callable[[dt.datetime], None]) -> None:
    note("code", "sign_in_code")
    note("tomorrow early", starts=clock.at(TUESDAY, 9 * 60))
    note("tomorrow late", starts=clock.at(TUESDAY, 16 * 60))
    note("any time")
    note("yesterday", starts=clock.at(MONDAY, 9 * 60))
    assert send_due() == 2
    waiting = Message.objects.filter(state=Message.State.QUEUED)
    assert set(waiting.values_list("dedupe_key", "not_before")) == {
        ("tomorrow late", clock.at(TUESDAY, MORNING)),
        ("any time", clock.at(TUESDAY, MORNING)),
        ("yesterday", clock.at(TUESDAY, MORNING)),
    }
    assert (next_due(), send_due()) == (clock.at(TUESDAY, MORNING), 0)
    at_time(clock.at(TUESDAY, MORNING))
    assert send_due() == 3


@pytest.mark.django_db
def test_hundreds_held_back_end_the_look(night: None) -> None:
    person = make_person()
    for number in range(250):
        queue(to_id=person.pk, template="session_moved", dedupe_key=f"k{number}")
    assert send_due() == 0
    assert Message.objects.filter(not_before=clock.at(TUESDAY, MORNING)).count() == 250
