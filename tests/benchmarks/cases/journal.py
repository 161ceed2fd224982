"""A journal of 100,000 entries, half of them about records of service: verified, and the records held against it."""

from __future__ import annotations

import datetime as dt
import time
import uuid

from django.db import transaction

from hub import clock
from hub.journal.attest import verify_rows
from hub.journal.models import Chain, Entry
from hub.journal.seal import seal_all, verify_all
from tests.benchmarks.case import Answer, Case, Work, get
from tests.support.make import make_hub, make_program, make_volunteer
from volunteers.hours.models import ServiceRecord
from volunteers.hours.records import Work as Served
from volunteers.hours.records import draft_record, record_deed

ENTRIES = 100_000
RECORDS = ENTRIES // 2
AT_A_TIME = 2_000


def prepare() -> Work:
    hub, program, volunteer, now = make_hub(name="台账站"), make_program(name="台账项目"), make_volunteer(), clock.now()
    hour = dt.timedelta(hours=1)
    served = [
        Served(uuid.uuid4(), "共读", "伴读", program, hub, now - (n + 1) * hour, now - n * hour, None)
        for n in range(RECORDS)
    ]
    records = [
        draft_record(
            volunteer=volunteer,
            work=one,
            started_at=one.starts_at,
            ended_at=one.ends_at,
            by=None,
            source="scan",
            due_on=now.date(),
            silent_until=now,
            now=now,
        )
        for one in served
    ]
    ServiceRecord.objects.bulk_create(records, batch_size=AT_A_TIME)
    for start in range(0, RECORDS, AT_A_TIME):
        with transaction.atomic():
            record_deed("record.entered", records[start : start + AT_A_TIME], by=None)
    more = ENTRIES - Entry.objects.count()
    Entry.objects.bulk_create(
        (Entry(action="bench", subject=f"bench:{n}", facts={"n": n}, at=now) for n in range(more)),
        batch_size=AT_A_TIME,
    )
    seal_all()
    return Work(requests=[get("/healthz")] * 8, check=check)


def check(answers: list[Answer]) -> dict[str, float]:
    started = time.monotonic()
    chains = list(verify_all())
    chained = time.monotonic()
    rows = list(verify_rows())
    done = time.monotonic()
    assert [report.fault for report in chains] == [None] * len(chains)
    assert sum(report.sealed for report in chains) >= ENTRIES
    assert [report.fault for report in rows] == [None] * len(rows)
    assert sum(report.rows for report in rows) == RECORDS
    middle = ServiceRecord.objects.order_by("pk")[RECORDS // 2]
    ServiceRecord.objects.filter(pk=middle.pk).update(minutes=middle.minutes + 1)
    faults = [report.fault for report in verify_rows() if report.fault]
    assert [(fault.pk, fault.kind) for fault in faults] == [(middle.pk, "row_altered")]
    for model in (ServiceRecord, Entry, Chain):
        model.objects.all()._raw_delete("default")
    return {"chain_seconds": chained - started, "rows_seconds": done - chained}


CASES = [Case("journal of 100,000 entries", {"chain_seconds": 10, "rows_seconds": 10}, prepare)]
