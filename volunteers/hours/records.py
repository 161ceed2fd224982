"""Entering what a volunteer did. The time between coming and going counts, as far as the session's window holds it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append_all, deed
from hub.live.publish import publish
from hub.people.models import Person
from hub.places.models import Hub
from hub.places.working_days import working_days_after
from programs.models import Program
from volunteers.hours.digests import digests_of
from volunteers.hours.figures import figures_on
from volunteers.hours.models import HoursSettings, ServiceRecord
from volunteers.hours.tasks import keep_confirming
from volunteers.models import Volunteer

State = ServiceRecord.State
Source = ServiceRecord.Source
BY_HAND_WITHIN = dt.timedelta(days=1)
"""After a session's end staff may still note who came. Later it is a back-entry, with a reason and a second person."""


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

    Refused: ends_before_start, back_entry_needed.
    """
    now = clock.now()
    if ended_at < started_at:
        raise Refused("ends_before_start")
    if source == Source.HAND and now > work.ends_at + BY_HAND_WITHIN:
        raise Refused("back_entry_needed")
    figures = figures_on(clock.today())
    draft = draft_record(
        volunteer=volunteer,
        work=work,
        started_at=started_at,
        ended_at=ended_at,
        by=by,
        source=source,
        due_on=due_after(work.ends_at, figures),
        silent_until=now + dt.timedelta(days=figures.silence_days),
        now=now,
    )
    written = write_new(draft)
    if written is draft:
        record_deed("record.entered", [written], by=by)
        keep_confirming()
    return written


def due_after(ended_at: dt.datetime, figures: HoursSettings) -> dt.date:
    return working_days_after(clock.local(ended_at).date(), figures.entry_working_days)


def draft_record(
    *,
    volunteer: Volunteer,
    work: Work,
    started_at: dt.datetime,
    ended_at: dt.datetime,
    by: Person | None,
    source: str,
    due_on: dt.date,
    silent_until: dt.datetime,
    now: dt.datetime,
) -> ServiceRecord:
    """A record as it begins, not written yet."""
    return ServiceRecord(
        volunteer=volunteer,
        session_uid=work.session_uid,
        title=work.title,
        role=work.role,
        program=work.program,
        hub=work.hub,
        starts_at=work.starts_at,
        ends_at=work.ends_at,
        in_charge=work.in_charge,
        started_at=started_at,
        ended_at=ended_at,
        minutes=minutes_within(started_at=started_at, ended_at=ended_at, work=work),
        state=State.ENTERED,
        source=source,
        entered_by=by,
        entered_at=now,
        due_on=due_on,
        silent_until=silent_until,
        salt=secrets.token_hex(16),
    )


def write_new(draft: ServiceRecord) -> ServiceRecord:
    """The draft, written; or the record that was there before it."""
    ServiceRecord.objects.bulk_create([draft], ignore_conflicts=True)
    found = ServiceRecord.objects.get(volunteer=draft.volunteer, session_uid=draft.session_uid)
    if found.salt != draft.salt:
        return found
    draft.pk = found.pk
    return draft


def hold(record: int) -> ServiceRecord:
    """Lock a record; as it is now, with its volunteer. Refused("not_found")."""
    rows = ServiceRecord.objects.select_for_update(of=("self",), no_key=True)
    row = rows.select_related("volunteer").filter(pk=record).first()
    if row is None:
        raise Refused("not_found", model="servicerecord", id=record)
    return row


def record_deed(action: str, records: Sequence[ServiceRecord], *, by: Person | None, **facts: object) -> None:
    """The journal's entries of a change to records, and the news of it. Call it last."""
    digests = digests_of([one.pk for one in records])
    append_all(
        deed(
            action=action,
            subject=one,
            actor_id=by.pk if by else None,
            for_id=one.volunteer.person_id if by is None or by.pk != one.volunteer.person_id else None,
            hub_id=one.hub_id,
            state=one.state,
            minutes=one.minutes,
            digest=digests[one.pk],
            **facts,
        )
        for one in records
    )
    hubs = {f"hub:{one.hub_id}" for one in records}
    people = {f"person:{one.volunteer.person_id}" for one in records}
    publish(hubs | people, "record.changed", record=[one.pk for one in records])
