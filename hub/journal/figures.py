"""The one row of figures that something goes by: what is said anew stands, what changed is in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from hub.journal.append import append

Row = TypeVar("Row", bound=Model)


@transaction.atomic
def set_figures(kind: type[Row], figures: Mapping[str, Any], *, by: int) -> Row:
    """`figures`: values by column; `by`: a person's id. The same again is no deed."""
    row = kind._default_manager.select_for_update().order_by("pk").first() or kind(pk=1)
    changed = {name: value for name, value in figures.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()
    if changed:
        append(action="settings.changed", subject=row, actor_id=by, changed=changed)
    return row
