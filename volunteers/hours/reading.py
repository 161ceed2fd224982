"""Records as pages read them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, cast

from django.db.models import Prefetch, QuerySet

from hub.access.actor import Actor
from hub.access.rules import visible
from hub.people.models import Person
from volunteers.hours.models import Correction, Dispute, ServiceRecord
from volunteers.hours.owed import Owed, owed_to
from volunteers.hours.schemas import (
    HoursByProgram,
    HoursCorrection,
    HoursDesk,
    HoursDeskRecord,
    HoursDeskSession,
    HoursDispute,
    HoursMine,
    HoursOwed,
    HoursRecord,
    HoursRecordDetail,
    HoursStars,
    RecordSource,
    RecordState,
)
from volunteers.hours.totals import totals_of
from volunteers.models import Volunteer

State = ServiceRecord.State
PAGE = 30
MOST = 300
"""Records of a kind on the desk; what is beyond comes once these are done."""


def with_open_words(rows: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """With the dispute nobody answered yet, and the correction nobody decided on."""
    return rows.select_related("hub", "program", "volunteer__person").prefetch_related(
        Prefetch("disputes", Dispute.objects.filter(answered_at=None), to_attr="open_disputes"),
        Prefetch("corrections", Correction.objects.filter(approved=None), to_attr="open_corrections"),
    )


def my_hours(volunteer: Volunteer, before: int | None) -> HoursMine:
    """Newest first, a page at a time; `before` is the record that the page before ended with."""
    totals = totals_of(volunteer)
    mine = ServiceRecord.objects.filter(volunteer=volunteer)
    rows = mine
    last = mine.filter(pk=before).first() if before is not None else None
    if last:
        rows = rows.filter(starts_at__lt=last.starts_at) | rows.filter(starts_at=last.starts_at, pk__lt=last.pk)
    found = list(with_open_words(rows).order_by("-starts_at", "-pk")[: PAGE + 1])
    return HoursMine(
        minutes=totals.minutes,
        prior_minutes=totals.prior_minutes,
        this_year=totals.this_year,
        open_minutes=totals.open_minutes,
        stars=HoursStars(level=totals.stars.level, most=totals.stars.most, next_minutes=totals.stars.next_minutes),
        programs=[
            HoursByProgram(name=one.name, kind=one.kind, times=one.times, minutes=one.minutes)
            for one in totals.programs
        ],
        records=[record_out(one) for one in found[:PAGE]],
        to_answer=mine.filter(state=State.ENTERED, volunteer_confirmed_at=None).count(),
        before=found[PAGE - 1].pk if len(found) > PAGE else None,
    )


def record_out(one: ServiceRecord) -> HoursRecord:
    return HoursRecord(**_plain(one))


def _plain(one: ServiceRecord) -> dict[str, Any]:
    return {
        "id": one.pk,
        "title": one.title,
        "role": one.role,
        "hub": one.hub.name,
        "program": one.program.name,
        "kind": one.program.kind,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "minutes": one.minutes,
        "state": cast(RecordState, one.state),
        "source": cast(RecordSource, one.source),
        "late": one.is_late,
        "mine_confirmed": one.volunteer_confirmed_at is not None,
        "hub_confirmed": one.hub_confirmed_at is not None,
        "silent_until": one.silent_until,
        "words": _open_words(one),
    }


def _open_words(one: ServiceRecord) -> str:
    disputes: list[Dispute] = one.open_disputes  # type: ignore[attr-defined]
    return disputes[0].words if disputes else ""


def record_detail(record: ServiceRecord) -> HoursRecordDetail:
    one = with_open_words(ServiceRecord.objects.filter(pk=record.pk)).get()
    corrections = one.corrections.select_related("by", "decided_by").order_by("pk")
    disputes = one.disputes.select_related("answered_by").order_by("pk")
    return HoursRecordDetail(
        **_plain(one),
        volunteer=one.volunteer.person.name,
        volunteer_no=one.volunteer.volunteer_no,
        started_at=one.started_at,
        ended_at=one.ended_at,
        entered_by=_name(one.entered_by),
        entered_at=one.entered_at,
        reason=one.reason,
        rejection=one.rejection,
        approved_by=_name(one.approved_by),
        confirmed_by=_name(one.hub_confirmed_by),
        corrections=[
            HoursCorrection(
                started_at=row.started_at,
                ended_at=row.ended_at,
                minutes=row.minutes,
                reason=row.reason,
                by=row.by.name,
                at=row.at,
                decided_by=_name(row.decided_by),
                approved=row.approved,
                rejection=row.rejection,
            )
            for row in corrections
        ],
        disputes=[
            HoursDispute(words=row.words, at=row.at, answer=row.answer, answered_by=_name(row.answered_by))
            for row in disputes
        ],
    )


def _name(person: Person | None) -> str:
    return person.name if person else ""


def desk(actor: Actor) -> HoursDesk:
    """What waits for who answers for sessions: to confirm, to approve, to answer, to enter."""
    mine = visible(actor, "vouch", ServiceRecord.objects.exclude(volunteer__person=actor.person))
    to_confirm = mine.filter(state=State.ENTERED, hub_confirmed_at=None)
    owed = owed_to(actor)
    return HoursDesk(
        to_confirm=_sessions(to_confirm, actor),
        to_confirm_count=to_confirm.count(),
        awaiting=_sessions(mine.filter(state=State.AWAITING), actor),
        disputed=_sessions(mine.filter(state=State.DISPUTED), actor),
        owed=[owed_out(one) for one in owed],
        late=sum(one.late for one in owed),
    )


def _sessions(rows: QuerySet[ServiceRecord], actor: Actor) -> list[HoursDeskSession]:
    found = with_open_words(rows).order_by("starts_at", "session_uid", "pk")[:MOST]
    return [_session(list(same), actor) for _, same in groupby(found, key=lambda one: one.session_uid)]


def _session(rows: Iterable[ServiceRecord], actor: Actor) -> HoursDeskSession:
    records = list(rows)
    first = records[0]
    return HoursDeskSession(
        session_uid=first.session_uid,
        title=first.title,
        hub=first.hub.name,
        starts_at=first.starts_at,
        ends_at=first.ends_at,
        records=[_desk_record(one, actor) for one in records],
    )


def _desk_record(one: ServiceRecord, actor: Actor) -> HoursDeskRecord:
    """What is to be decided on: the correction, where there is one."""
    corrections: list[Correction] = one.open_corrections  # type: ignore[attr-defined]
    asked = corrections[0] if corrections else None
    return HoursDeskRecord(
        id=one.pk,
        volunteer=one.volunteer.person.name,
        minutes=asked.minutes if asked else one.minutes,
        source=cast(RecordSource, one.source),
        late=one.is_late,
        reason=asked.reason if asked else one.reason,
        words=_open_words(one),
        by_me=(asked.by_id if asked else one.entered_by_id) == actor.person.pk,
    )


def owed_out(one: Owed) -> HoursOwed:
    work = one.served.work
    return HoursOwed(
        volunteer_id=one.served.volunteer.pk,
        volunteer=one.served.volunteer.person.name,
        session_uid=work.session_uid,
        title=work.title,
        role=work.role,
        hub=work.hub.name,
        starts_at=work.starts_at,
        ends_at=work.ends_at,
        due_on=one.due_on,
        late=one.late,
    )
