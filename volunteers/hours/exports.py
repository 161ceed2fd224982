"""Files for the official platform: confirmed records in the columns it wants, each uploaded once."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from hub import clock
from hub.access.actor import Actor
from hub.access.rules import visible
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import District
from hub.workbook.writing import cell
from volunteers.hours.models import Correction, Export, ExportColumns, ServiceRecord

MOST = 20_000
LANGUAGE = "zh-hans"
"""The platform's, whoever exports."""

# What a column holds. Their headers are `hours.column_<key>` in the catalogs.
COLUMNS: dict[str, Callable[[ServiceRecord], Any]] = {
    "volunteer_no": lambda one: one.volunteer.volunteer_no,
    "official_no": lambda one: one.volunteer.official_no,
    "name": lambda one: one.volunteer.person.name,
    "title": lambda one: one.title,
    "role": lambda one: one.role,
    "date": lambda one: f"{clock.local(one.starts_at):%Y-%m-%d}",
    "starts": lambda one: f"{clock.local(_times(one).started_at):%H:%M}",
    "ends": lambda one: f"{clock.local(_times(one).ended_at):%H:%M}",
    "hours": lambda one: round(one.minutes / 60, 1),
    "minutes": lambda one: one.minutes,
    "hub": lambda one: one.hub.name,
    "address": lambda one: one.hub.address,
    "agency": lambda one: one.program.agency.name,
    "in_charge": lambda one: one.in_charge.name if one.in_charge else "",
    "source": lambda one: _(f"hours.source_{one.source}"),
    "record": lambda one: one.pk,
}
DEFAULT = ("official_no", "name", "title", "date", "hours", "hub", "agency", "source")


def chosen_columns() -> list[str]:
    row = ExportColumns.objects.order_by("pk").first()
    return [key for key in row.columns if key in COLUMNS] if row else list(DEFAULT)


@transaction.atomic
def choose_columns(*, columns: Sequence[str], by: Person) -> list[str]:
    """Which columns, in which order. Refused: columns_unknown, no_columns, not_found."""
    if not columns:
        raise Refused("no_columns")
    if len(set(columns)) < len(columns) or not set(columns) <= set(COLUMNS):
        raise Refused("columns_unknown")
    district = District.objects.order_by("pk").first()
    if district is None:
        raise Refused("not_found", model="district")
    row, _made = ExportColumns.objects.update_or_create(district=district, defaults={"columns": list(columns)})
    append(action="export_columns.changed", subject=row, actor_id=by.pk, columns=list(columns))
    return list(columns)


@transaction.atomic
def make_export(*, actor: Actor, again: bool) -> Export:
    """All confirmed records that `actor` exports and that were not uploaded; `again` takes those too.

    Refused("nothing_to_export").
    """
    rows = visible(actor, "export", ServiceRecord.objects.filter(state=ServiceRecord.State.CONFIRMED))
    if not again:
        rows = rows.filter(uploaded=None)
    keys = list(rows.order_by("starts_at", "pk").values_list("pk", flat=True)[:MOST])
    if not keys:
        raise Refused("nothing_to_export")
    export = Export.objects.create(made_at=clock.now(), made_by=actor.person, columns=chosen_columns())
    through = Export.records.through
    through.objects.bulk_create((through(export=export, servicerecord_id=key) for key in keys), batch_size=500)
    append(action="export.made", subject=export, actor_id=actor.person.pk, records=len(keys), again=again)
    return export


@transaction.atomic
def mark_uploaded(*, export: Export, by: Person) -> Export:
    """It reached the platform: its records are not exported again, but for those that stand otherwise by now. Again is
    harmless."""
    held = Export.objects.select_for_update(no_key=True).get(pk=export.pk)
    if held.uploaded_at is None:
        held.uploaded_at, held.uploaded_by = clock.now(), by
        held.save(update_fields=["uploaded_at", "uploaded_by"])
        count = standing_in(held).update(uploaded=held)
        append(action="export.uploaded", subject=held, actor_id=by.pk, records=count)
    return held


def standing_in(export: Export) -> QuerySet[ServiceRecord]:
    """Its records that are confirmed still, as they were when it was made. The others are the next one's."""
    since = Correction.objects.filter(record=OuterRef("pk"), approved=True, decided_at__gt=export.made_at)
    return export.records.filter(~Exists(since), state=ServiceRecord.State.CONFIRMED)


def _times(one: ServiceRecord) -> ServiceRecord | Correction:
    """When they came and went by the last word that holds, which is what the minutes are of."""
    approved: list[Correction] = one.approved_corrections  # type: ignore[attr-defined]
    return approved[-1] if approved else one


def write_export(export: Export) -> bytes:
    """The xlsx. Text stays text: nothing is written as a formula."""
    approved = Prefetch(
        "corrections", Correction.objects.filter(approved=True).order_by("pk"), to_attr="approved_corrections"
    )
    rows = standing_in(export).select_related("volunteer__person", "hub", "program__agency", "in_charge")
    rows = rows.prefetch_related(approved)
    book = Workbook(write_only=True)
    with override(LANGUAGE):
        page = book.create_sheet(_("hours.export_sheet"))
        page.freeze_panes = "A2"
        page.append([cell(page, _(f"hours.column_{key}"), bold=True) for key in export.columns])
        for one in rows.order_by("starts_at", "pk").iterator(chunk_size=1000):
            page.append([cell(page, COLUMNS[key](one)) for key in export.columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
