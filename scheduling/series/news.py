"""Who hears of a series: the journal, and the pages that show it."""

from __future__ import annotations

from typing import Any

from hub.journal.append import append
from hub.live.publish import publish
from hub.people.models import Person
from scheduling.series.models import Series


def record(action: str, series: Series, by: Person, **facts: Any) -> None:
    append(action=action, subject=series, actor_id=by.pk, hub_id=series.hub_id, **facts)


def tell(series: Series) -> None:
    """A draft is its agency's alone."""
    site = {f"hub:{series.hub_id}"} if series.published_at else set()
    publish({f"team:{series.program.agency_id}"} | site, "series.changed", series=[series.pk])
