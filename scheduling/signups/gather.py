"""Rows of a subquery as one JSON value, so that a decision reads all it needs in one statement."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.db.models import JSONField, QuerySet, Subquery
from django.db.models.functions import JSONObject


class Gather(Subquery):
    """`Gather(rows, name="name", day="checked_on")`: a list of objects with these fields, on both databases."""

    template = "(SELECT COALESCE(jsonb_agg(gathered.item), '[]'::jsonb) FROM (%(subquery)s) gathered)"

    def __init__(self, rows: QuerySet[Any], **fields: str) -> None:
        super().__init__(rows.values(item=JSONObject(**fields)), output_field=JSONField())

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        template = "(SELECT json_group_array(json(gathered.item)) FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template=template)


def moment(text: str) -> dt.datetime:
    """A point of time as either database writes it into JSON: SQLite leaves the zone, UTC, unsaid."""
    parsed = dt.datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=dt.UTC)


def value_in(gathered: Any) -> Any:
    """A column of JSON as either database writes it into JSON: SQLite as the text that it is stored as."""
    return json.loads(gathered) if isinstance(gathered, str) else gathered
