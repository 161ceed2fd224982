"""A cursor whose statements PostgreSQL plans once per connection. Not imported where there is no PostgreSQL."""

from __future__ import annotations

from typing import Any

from psycopg import Cursor


class PreparedCursor(Cursor[Any]):
    def execute(self, query: Any, params: Any = None, **kwargs: Any) -> PreparedCursor:
        return super().execute(query, params, prepare=True)
