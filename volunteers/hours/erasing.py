"""What is erased of a volunteer's records when they ask: the words people wrote. What law obliges us to keep stays."""

from __future__ import annotations

import secrets

from django.db import transaction

from hub.people.models import Person
from volunteers.hours.models import Correction, Dispute, ServiceRecord
from volunteers.hours.records import record_deed
from volunteers.models import Volunteer


@transaction.atomic
def erase_words(*, volunteer: Volunteer, by: Person) -> int:
    """Empty the free texts of a volunteer's records; how many. The salt goes too, so that no digest in the journal can
    be held against a guess of what was written."""
    rows = list(
        ServiceRecord.objects.select_for_update(of=("self",), no_key=True)
        .select_related("volunteer")
        .filter(volunteer=volunteer)
        .order_by("pk")
    )
    for row in rows:
        row.reason = row.rejection = ""
        row.salt = secrets.token_hex(16)
    ServiceRecord.objects.bulk_update(rows, ["reason", "rejection", "salt"], batch_size=500)
    Correction.objects.filter(record__in=rows).update(reason="", rejection="")
    Dispute.objects.filter(record__in=rows).update(words="", answer="")
    if rows:
        record_deed("record.words_erased", rows, by=by)
    return len(rows)
