"""Entering what a volunteer did. The time between coming and going counts, as far as the session's window holds it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub
from programs.models import Program
from volunteers.hours.models import ServiceRecord
from volunteers.models import Volunteer

State = ServiceRecord.State


@dataclass(frozen=True)
class Work:
    """A session as its records tell it."""

    session_uid: UUID
    title: str
    role: str
    program: Program
    hub: Hub
    starts_at: dt.datetime
    ends_at: dt.datetime
    in_charge: Person | None


def minutes_within(*, started_at: dt.datetime, ended_at: dt.datetime, work: Work | ServiceRecord) -> int:
    """Whole minutes of a stay that lie in the session's window."""
    stay = min(ended_at, work.ends_at) - max(started_at, work.starts_at)
    return max(0, stay // dt.timedelta(minutes=1))


@transaction.atomic
def enter(
    *,
    volunteer: Volunteer,
    work: Work,
    started_at: dt.datetime,
    ended_at: dt.datetime,
    by: Person | None,
    source: str,
) -> ServiceRecord:
    """Record that a volunteer came and went. Entered again it stays as it is: what was wrong is corrected.

    Refused("ends_before_start").
    """
    if ended_at < started_at:
        raise Refused("ends_before_start")
    record, is_new = ServiceRecord.objects.get_or_create(
        volunteer=volunteer,
        session_uid=work.session_uid,
        defaults={
            "title": work.title,
            "role": work.role,
            "program": work.program,
            "hub": work.hub,
            "starts_at": work.starts_at,
            "ends_at": work.ends_at,
            "in_charge": work.in_charge,
            "started_at": started_at,
            "ended_at": ended_at,
            "minutes": minutes_within(started_at=started_at, ended_at=ended_at, work=work),
            "state": State.ENTERED,
            "source": source,
            "entered_by": by,
            "entered_at": clock.now(),
            "salt": secrets.token_hex(16),
        },
    )
    if is_new:
        record_deed("record.entered", record, by=by)
    return record


def record_deed(action: str, record: ServiceRecord, *, by: Person | None, **facts: object) -> None:
    """The journal's entry of a change to a record, and the news of it. Call it last."""
    person = record.volunteer.person_id
    append(
        action=action,
        subject=record,
        actor_id=by.pk if by else None,
        for_id=person if by is None or by.pk != person else None,
        hub_id=record.hub_id,
        state=record.state,
        minutes=record.minutes,
        **facts,
    )
    publish([f"hub:{record.hub_id}", f"person:{person}"], "record.changed", record=[record.pk])
