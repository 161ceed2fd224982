"""How many queries a call takes: lists must take as many for 30 rows as for one."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def count_queries(call: Callable[[], object]) -> int:
    """Queries of one call; what it returns is not looked at. Call it once before, so that caches are warm."""
    with CaptureQueriesContext(connection) as captured:
        call()
    return len([query for query in captured.captured_queries if "SAVEPOINT" not in query["sql"]])
