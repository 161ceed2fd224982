"""What is entered or corrected afterwards: with a reason, and never by one person alone. Nothing is overwritten."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.people.models import Person
from volunteers.hours.announce import announce
from volunteers.hours.confirming import check_not_own, close_dispute, confirm_as, reopen
from volunteers.hours.figures import figures_on
from volunteers.hours.models import Correction, ServiceRecord
from volunteers.hours.records import Work, draft_record, due_after, hold, minutes_within, record_deed, write_new
from volunteers.models import Volunteer

State = ServiceRecord.State
AROUND = dt.timedelta(days=1)
"""Nobody came more than a day before a session, or left more than a day after it."""


@transaction.atomic
def back_enter(
    *, volunteer: Volunteer, work: Work, started_at: dt.datetime, ended_at: dt.datetime, reason: str, by: Person
) -> ServiceRecord:
    """Enter a service afterwards (补录). It waits for a second person, and stays marked for ever.

    Refused: why_missing, own_record, session_not_over, ends_before_start, times_far_off, no_minutes,
    already_recorded.
    """
    reason, now = _given(reason), clock.now()
    if volunteer.person_id == by.pk:
        raise Refused("own_record")
    if work.ends_at > now:
        raise Refused("session_not_over")
    _check_times(started_at, ended_at, work)
    if minutes_within(started_at=started_at, ended_at=ended_at, work=work) == 0:
        raise Refused("no_minutes")
    figures = figures_on(clock.today())
    draft = draft_record(
        volunteer=volunteer,
        work=work,
        started_at=started_at,
        ended_at=ended_at,
        by=by,
        source=ServiceRecord.Source.BACK_ENTRY,
        due_on=due_after(work.ends_at, figures),
        silent_until=now + dt.timedelta(days=figures.silence_days),
        now=now,
    )
    draft.reason, draft.state = reason, State.AWAITING
    if write_new(draft) is not draft:
        raise Refused("already_recorded")
    record_deed("record.back_entered", [draft], by=by)
    return draft


@transaction.atomic
def correct(*, record: int, started_at: dt.datetime, ended_at: dt.datetime, reason: str, by: Person) -> ServiceRecord:
    """Other times than were entered: they hold once a second person approves. An open dispute is answered by it.

    Refused: not_found, why_missing, own_record, record_not_open, ends_before_start, times_far_off.
    """
    reason = _given(reason)
    row = hold(record)
    check_not_own(row, by)
    if row.state == State.AWAITING:
        raise Refused("record_not_open", state=row.state)
    _check_times(started_at, ended_at, row)
    minutes = minutes_within(started_at=started_at, ended_at=ended_at, work=row)
    Correction.objects.create(
        record=row, started_at=started_at, ended_at=ended_at, minutes=minutes, reason=reason, by=by, at=clock.now()
    )
    close_dispute(row, reason, by)
    row.state = State.AWAITING
    row.save()
    record_deed("record.corrected", [row], by=by)
    return row


@transaction.atomic
def approve(*, record: int, by: Person) -> ServiceRecord:
    """The second person: so it was. The volunteer is asked as for any other record.

    Refused: not_found, record_not_open, own_record, second_person_needed.
    """
    row, correction = _hold_awaiting(record, by)
    if correction:
        _decide(correction, by, approved=True)
        row.minutes = correction.minutes
        # What the platform has is no longer what we have.
        row.uploaded = None
    if row.source == ServiceRecord.Source.BACK_ENTRY:
        row.approved_by = by
    confirm_as(row, by)
    reopen(row)
    record_deed("record.approved", [row], by=by)
    announce("hours_corrected" if correction else "hours_back_entered", row)
    return row


@transaction.atomic
def reject(*, record: int, reason: str, by: Person) -> ServiceRecord:
    """The second person: not so, and who wrote it down hears of it. A back-entry never counts then; a record to be
    corrected stays as it was, and the volunteer is asked again. Refused: as approve, why_missing."""
    reason = _given(reason)
    row, correction = _hold_awaiting(record, by)
    wrote = correction.by_id if correction else row.entered_by_id
    if correction:
        _decide(correction, by, approved=False, rejection=reason)
    if row.source == ServiceRecord.Source.BACK_ENTRY and row.approved_by_id is None:
        row.state = State.REJECTED
        row.rejection = row.rejection or reason
        row.save()
    else:
        reopen(row)
    record_deed("record.rejected", [row], by=by)
    announce("hours_turned_down", row, to=wrote)
    if row.state == State.ENTERED:
        announce("hours_kept", row)
    return row


def _hold_awaiting(record: int, by: Person) -> tuple[ServiceRecord, Correction | None]:
    """The record, and the correction to decide on: none for a back-entry itself."""
    row = hold(record)
    if row.state != State.AWAITING:
        raise Refused("record_not_open", state=row.state)
    check_not_own(row, by)
    correction = row.corrections.filter(approved=None).first()
    if by.pk == (correction.by_id if correction else row.entered_by_id):
        raise Refused("second_person_needed")
    return row, correction


def _decide(correction: Correction, by: Person, *, approved: bool, rejection: str = "") -> None:
    correction.approved, correction.rejection = approved, rejection
    correction.decided_by, correction.decided_at = by, clock.now()
    correction.save()


def _given(reason: str) -> str:
    if not reason.strip():
        raise Refused("why_missing")
    return reason.strip()[:200]


def _check_times(started_at: dt.datetime, ended_at: dt.datetime, work: Work | ServiceRecord) -> None:
    if ended_at < started_at:
        raise Refused("ends_before_start")
    if started_at < work.starts_at - AROUND or ended_at > work.ends_at + AROUND:
        raise Refused("times_far_off")
