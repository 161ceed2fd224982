"""Queries of the hot paths, written in the ORM and compiled once: writing them out anew each time took longer than the
database needs to answer them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Parameter:
    name: str


class Statement:
    """`Statement(lambda person: Person.objects.filter(pk=person).values("name"), "person").first(person=3)`

    `build` is called once, with placeholders; it must use its arguments as values to compare with and nothing else, and
    return `values()`. A statement that locks is first run inside a transaction, as Django demands.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *parameters: str) -> None:
        self.build = build
        self.placeholders = {-(10**15) - number: name for number, name in enumerate(parameters)}

    @cached_property
    def compiled(self) -> tuple[str, list[Any], list[str], dict[int, Any]]:
        queryset = self.build(**{name: placeholder for placeholder, name in self.placeholders.items()})
        compiler = queryset.query.get_compiler(connection=connection)
        sql, compiled = compiler.as_sql()
        # A column of text turns its placeholder into text.
        names = {str(placeholder): name for placeholder, name in self.placeholders.items()}
        parameters = [Parameter(names[str(one)]) if str(one) in names else one for one in compiled]
        if {one.name for one in parameters if isinstance(one, Parameter)} != set(names.values()):
            raise TypeError("a parameter does not reach the statement as it was given")
        columns = [*queryset.query.extra_select, *queryset.query.values_select, *queryset.query.annotation_select]
        converters = compiler.get_converters([expression for expression, _, _ in compiler.select])
        return (*_spell_out(sql, parameters), columns, converters)

    def all(self, **values: Any) -> list[dict[str, Any]]:
        sql, parameters, columns, converters = self.compiled
        filled = [values[one.name] if isinstance(one, Parameter) else one for one in parameters]
        with prepared_cursor() as cursor:
            cursor.execute(sql, filled)
            rows = [list(row) for row in cursor.fetchall()]
        for row in rows:
            for position, (convert, expression) in converters.items():
                for one in convert:
                    row[position] = one(row[position], expression, connection)
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def first(self, **values: Any) -> dict[str, Any] | None:
        """For statements that find one row at most."""
        return next(iter(self.all(**values)), None)


def _spell_out(sql: str, parameters: list[Any]) -> tuple[str, list[Any]]:
    """Constants written into the statement for PostgreSQL: a kept plan may then use what holds for them (a partial
    index), instead of being made anew each time."""
    if connection.vendor != "postgresql":
        return sql, parameters
    from psycopg.sql import Literal

    pieces = sql.split("%s")
    spelled = [
        "%s" if isinstance(one, Parameter) else Literal(one).as_string(connection.connection).replace("%", "%%")
        for one in parameters
    ]
    text = "".join(piece + value for piece, value in zip(pieces, [*spelled, ""], strict=True))
    return text, [one for one in parameters if isinstance(one, Parameter)]


def insert(row: Model) -> None:
    """Save a new row, without what Model.save does for rows that may exist, and without its signals."""
    model = type(row)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in _columns(model)]
    with prepared_cursor() as cursor:
        cursor.execute(_insertion(model), values)
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, connection.alias


def _columns(model: type[Model]) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not field.primary_key]


@cache
def _insertion(model: type[Model]) -> str:
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in _columns(model)]
    key = model._meta.pk
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)})"
        f" VALUES ({', '.join(['%s'] * len(columns))}) RETURNING {quote(str(key.column))}"
    )


def prepared_cursor() -> Any:
    """For statements whose text is always the same: PostgreSQL keeps the plan, for as long as the connection lives."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    # Django turns preparing off; its own cursors, which bind at this end, leave it off whatever stands here.
    connection.connection.prepare_threshold = 0
    cursor = _prepared_class()(connection.connection)
    return connection.make_debug_cursor(cursor) if connection.queries_logged else connection.make_cursor(cursor)


@cache
def _prepared_class() -> Any:
    # Imported here, since an embedded installation needs no PostgreSQL.
    from psycopg import Cursor

    class PreparedCursor(Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **kwargs: Any) -> PreparedCursor:
            super().execute(query, params, prepare=True)
            if connection.queries_logged:
                self._query = self._convert_query(query, params)  # where Django's log of queries looks
            return self

    return PreparedCursor


def part_of(model: type[M], row: Mapping[str, Any], prefix: str = "") -> M:
    """A row of `model` from the columns below a prefix (`session__hub__`); what was not read loads when asked for."""
    names = [field.attname for field in model._meta.concrete_fields if prefix + field.attname in row]
    return model.from_db(connection.alias, names, [row[prefix + name] for name in names])
