"""A database that fails, as a full disk makes it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from django.db import OperationalError, connection, models


@contextlib.contextmanager
def refusing(model: type[models.Model]) -> Iterator[None]:
    """What is added to this model's table."""

    def execute(run: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("INSERT") and f'"{model._meta.db_table}"' in sql:
            raise OperationalError(model.__name__)
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield
