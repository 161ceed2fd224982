"""What the journal attests of a record: a digest of all it says, so that a change past the rules shows."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any
from uuid import UUID

from volunteers.hours.models import Correction, Dispute, ServiceRecord

# Named one by one: a column that comes later must not change the digests of what was sealed before. Only what was
# uploaded is left out, which exports journal themselves.
FORM = "record/1"
RECORD = (
    "pk",
    "salt",
    "volunteer_id",
    "session_uid",
    "title",
    "role",
    "program_id",
    "hub_id",
    "starts_at",
    "ends_at",
    "in_charge_id",
    "started_at",
    "ended_at",
    "minutes",
    "state",
    "source",
    "reason",
    "rejection",
    "entered_by_id",
    "entered_at",
    "due_on",
    "approved_by_id",
    "hub_confirmed_at",
    "hub_confirmed_by_id",
    "volunteer_confirmed_at",
    "silent_until",
)
CORRECTION = (
    "record_id",
    "pk",
    "started_at",
    "ended_at",
    "minutes",
    "reason",
    "by_id",
    "at",
    "decided_by_id",
    "decided_at",
    "approved",
    "rejection",
)
DISPUTE = ("record_id", "pk", "words", "at", "answer", "answered_by_id", "answered_at")

Parts = dict[int, list[Any]]


def digests_of(records: Collection[int]) -> dict[int, str]:
    """Record -> digest, of those that exist; read from the database, as whoever verifies reads it."""
    parts: Parts = defaultdict(list)
    for model, columns in ((Correction, CORRECTION), (Dispute, DISPUTE)):
        for row in model.objects.filter(record__in=records).order_by("pk").values_list(*columns):
            parts[row[0]].append([model.__name__, *row[1:]])
    rows = ServiceRecord.objects.filter(pk__in=records).values_list(*RECORD)
    return {row[0]: _digest([FORM, *row, parts.get(row[0], [])]) for row in rows}


def _digest(said: list[Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return hashlib.sha256(text.encode()).hexdigest()


def _as_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, dt.date | UUID):
        return str(value)
    raise TypeError(type(value))
