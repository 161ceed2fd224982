"""What the demo's volunteers served: records of three months, most of them confirmed, some that wait for somebody."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from random import Random
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction

from hub import clock
from hub.people.demo import face_of
from hub.people.models import Person, Role
from scheduling.attendance.hours import work_of
from scheduling.sessions.models import Need
from scheduling.signups.models import Assignment
from volunteers.hours.figures import figures_on
from volunteers.hours.models import Dispute, ServiceRecord
from volunteers.hours.records import Work, draft_record, due_after, record_deed
from volunteers.hours.tasks import keep_confirming

State = ServiceRecord.State
AT_A_TIME = 500
ROUNDS = 3
"""The weeks behind us happened so often: before them, four and eight weeks earlier, on other sessions."""
FORGOTTEN = 0.03
"""Nobody entered them yet."""


@transaction.atomic
def record_service(served: Sequence[Assignment]) -> None:
    if not served or ServiceRecord.objects.exists():
        return
    random, now = Random(500110), clock.now()
    records = _drafts(served, random, now)
    _leave_one_to_answer(records, now)
    _write(records)
    _settle([one for one in records if one.silent_until <= now], random)
    _leave_some_open([one for one in records if one.silent_until > now], random)
    keep_confirming()


def _drafts(served: Sequence[Assignment], random: Random, now: dt.datetime) -> list[ServiceRecord]:
    figures = figures_on(clock.today())
    silence = dt.timedelta(days=figures.silence_days)
    needs = Need.objects.in_bulk({one.need_id for one in served})

    @cache
    def due(day: dt.date) -> dt.date:
        return due_after(clock.at(day), figures)

    def draft(one: Assignment, work: Work) -> ServiceRecord:
        came = work.starts_at + dt.timedelta(minutes=random.choice([-12, -8, -5, -3, 0, 4]))
        went = work.ends_at + dt.timedelta(minutes=random.choice([-10, 0, 2, 5, 9]))
        return draft_record(
            volunteer=one.volunteer,
            work=work,
            started_at=came,
            ended_at=went,
            by=None,
            source=random.choice(["scan", "scan", "scan", "card"]),
            due_on=due(clock.local(work.ends_at).date()),
            silent_until=went + silence,
            now=went,
        )

    drafts = []
    for one in served:
        one.need = needs[one.need_id]
        if random.random() < FORGOTTEN:
            continue
        work = work_of(one)
        for before in range(ROUNDS):
            drafts.append(draft(one, _earlier(work, before)))
    return drafts


def _earlier(work: Work, rounds: int) -> Work:
    """The same work so many rounds of four weeks before."""
    if rounds == 0:
        return work
    back = dt.timedelta(weeks=4 * rounds)
    uid = uuid5(NAMESPACE_URL, f"{work.session_uid}-{rounds}")
    return replace(work, session_uid=uid, starts_at=work.starts_at - back, ends_at=work.ends_at - back)


def _leave_one_to_answer(records: Sequence[ServiceRecord], now: dt.datetime) -> None:
    """The volunteer that visitors become has a word to say still."""
    face = face_of(Role.VOLUNTEER)
    mine = [one for one in records if face and one.volunteer.person_id == face.pk]
    if mine:
        newest = max(mine, key=lambda one: one.starts_at)
        newest.silent_until = now + dt.timedelta(days=5)


def _write(records: list[ServiceRecord]) -> None:
    ServiceRecord.objects.bulk_create(records, batch_size=AT_A_TIME)
    _tell("record.entered", records, None)


def _settle(records: list[ServiceRecord], random: Random) -> None:
    """Confirmed by who was in charge and by silence."""
    for one in records:
        one.hub_confirmed_at = one.entered_at + dt.timedelta(hours=random.randrange(2, 60))
        one.hub_confirmed_by = one.in_charge
        one.volunteer_confirmed_at = one.silent_until
        one.state = State.CONFIRMED
    fields = ["hub_confirmed_at", "hub_confirmed_by", "volunteer_confirmed_at", "state"]
    ServiceRecord.objects.bulk_update(records, fields, batch_size=AT_A_TIME)
    _tell("record.confirmed_by_silence", records, None)


def _leave_some_open(records: list[ServiceRecord], random: Random) -> None:
    """Of the last days: half are vouched for by the hub; at each of the first sites somebody disputes one, and one was
    entered afterwards and waits for a second person."""
    by_hub: dict[int, list[ServiceRecord]] = defaultdict(list)
    face = face_of(Role.VOLUNTEER)
    for one in records:
        if face is None or one.volunteer.person_id != face.pk:
            by_hub[one.hub_id].append(one)
    vouched = [one for one in records if one.in_charge_id and random.random() < 0.5]
    for one in vouched:
        one.hub_confirmed_at, one.hub_confirmed_by = one.entered_at + dt.timedelta(hours=3), one.in_charge
    ServiceRecord.objects.bulk_update(vouched, ["hub_confirmed_at", "hub_confirmed_by"], batch_size=AT_A_TIME)
    _tell("record.hub_confirmed", vouched, None)
    administrator = face_of(Role.ADMINISTRATOR)
    for mine in list(by_hub.values())[:3]:
        if len(mine) > 2:
            _dispute(mine[0])
            if administrator:
                _make_back_entry(mine[1], administrator)


def _dispute(record: ServiceRecord) -> None:
    Dispute.objects.create(record=record, words="我待到收拾完才走，少记了二十分钟。", at=clock.now())
    record.state, record.volunteer_confirmed_at = State.DISPUTED, None
    record.save()
    _tell("record.disputed", [record], record.volunteer.person)


def _make_back_entry(record: ServiceRecord, by: Person) -> None:
    record.state, record.source, record.reason = State.AWAITING, ServiceRecord.Source.BACK_ENTRY, "手机没电，没有签到"
    record.entered_by, record.entered_at = by, clock.now()
    record.hub_confirmed_at = record.hub_confirmed_by = None
    record.save()
    _tell("record.back_entered", [record], by)


def _tell(action: str, records: Sequence[ServiceRecord], by: Person | None) -> None:
    for start in range(0, len(records), AT_A_TIME):
        record_deed(action, records[start : start + AT_A_TIME], by=by)
