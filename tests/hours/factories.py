"""Work to record, and records of it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from hub import clock
from hub.people.models import Person
from tests.support.make import MONDAY, make_hub, make_program, make_volunteer
from volunteers.hours.models import ServiceRecord
from volunteers.hours.records import Work, enter
from volunteers.models import Volunteer

HOUR = dt.timedelta(hours=1)


def make_work(*, day: dt.date = MONDAY, start: int = 9 * 60, minutes: int = 120, **values: Any) -> Work:
    """A session of two hours on `day`."""
    defaults = {
        "session_uid": uuid.uuid4(),
        "title": "周一共读",
        "role": "伴读",
        "starts_at": clock.at(day, start),
        "ends_at": clock.at(day, start + minutes),
        "in_charge": None,
    }
    needed = {"program": values.get("program") or make_program(), "hub": values.get("hub") or make_hub()}
    return Work(**defaults | needed | values)


def make_record(
    *, volunteer: Volunteer | None = None, work: Work | None = None, by: Person | None = None, source: str = "scan"
) -> ServiceRecord:
    """They came and went with the session."""
    work = work or make_work()
    return enter(
        volunteer=volunteer or make_volunteer(),
        work=work,
        started_at=work.starts_at,
        ended_at=work.ends_at,
        by=by,
        source=source,
    )
