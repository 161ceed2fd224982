from __future__ import annotations

import secrets
from typing import Any

from django.db import migrations
from django.utils import timezone


def keep_what_was_agreed(apps: Any, schema_editor: Any) -> None:
    """Families known so far came with a week's workbook: the site holds their papers, as a row of it says from now on."""
    family, child, consent = (apps.get_model("people", name) for name in ("Family", "Child", "Consent"))
    now = timezone.now()
    family.objects.update(confirmed_at=now)
    asked = set(consent.objects.filter(kind="data").values_list("subject", flat=True))
    known = child._base_manager.filter(person__erased_at__isnull=True).exclude(person__in=asked)
    consent.objects.bulk_create(
        (
            consent(subject_id=person, kind="data", granted=True, given_by_id=guardian, recorded_at=now)
            for person, guardian in known.values_list("person", "family__guardian")
        ),
        batch_size=500,
    )
    members = apps.get_model("people", "FamilyMember")
    fetching = list(members.objects.filter(part="pickup"))
    for member in fetching:
        member.code = f"{secrets.randbelow(1_000_000):06}"
    members.objects.bulk_update(fetching, ["code"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("people", "0004_families")]

    operations = [migrations.RunPython(keep_what_was_agreed, migrations.RunPython.noop, elidable=True)]
