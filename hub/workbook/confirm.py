"""Writing a workbook: checked again and written in one transaction, told once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction

from hub import clock
from hub.access.actor import Actor
from hub.among import among
from hub.errors import Refused
from hub.journal.append import append
from hub.live.publish import publish, told_together
from hub.workbook.book import Book
from hub.workbook.examine import examine, in_order
from hub.workbook.models import Baseline, Upload
from hub.workbook.sheets import all_sheets

LOCK_ORDER = ("person", "session", "hub", "room")
"""The house's, by the models' names: see docs/architecture.md."""
DEADLOCK = "40P01"
LARGE = 500
"""Rows written from which on the database's planner is to look at its tables again."""


@dataclass(frozen=True)
class Counts:
    created: int = 0
    changed: int = 0
    same: int = 0
    faulty: int = 0


@dataclass(frozen=True)
class Outcome:
    book: Book
    written: bool
    counts: dict[str, Counts] = field(default_factory=dict)

    @property
    def changed(self) -> int:
        """Rows that are new or changed."""
        return sum(one.created + one.changed for one in self.counts.values())


def count(book: Book) -> dict[str, Counts]:
    """Rows of each sheet that the file has, in the template's order. What only refers to a faulty row is in none."""
    rows = {(one.sheet, one.row) for one in book.faults if one.row > book.header_rows.get(one.sheet, 0)}
    at_fault = Counter(name for name, _ in rows)
    counts = {}
    for sheet in in_order():
        if sheet.name in book.letters:
            good = book.good(sheet)
            counts[sheet.name] = Counts(
                created=sum(row.new for row in good),
                changed=sum(not row.new and row.to_write for row in good),
                same=sum(not row.to_write for row in good),
                faulty=at_fault[sheet.name],
            )
    return counts


def import_workbook(
    *, data: bytes, file_name: str, actor: Actor | None = None, as_week: dt.date | None = None, dry_run: bool = False
) -> Outcome:
    """Read, check and, unless something is at fault, write. Refused: what `examine` refuses, changed_meanwhile."""
    if dry_run:
        book = examine(data, actor=actor, as_week=as_week)
        return Outcome(book, False, count(book))
    now = clock.now()
    with writing():
        upload = Upload(
            person_id=actor.person.pk if actor else 0,
            file_name=file_name[:200],
            state=Upload.State.CONFIRMED,
            created_at=now,
            expires_at=now,
        )
        return write_examined(examine(data, actor=actor, as_week=as_week), upload)


@contextmanager
def writing() -> Iterator[None]:
    """One transaction, whose clash with somebody else's is a refusal and not an accident. What its signals tell is told
    with its own news."""
    try:
        with transaction.atomic(), told_together():
            yield
    except IntegrityError as error:
        raise Refused("changed_meanwhile") from error
    except OperationalError as error:
        # Of two files that bring the same rows in another order PostgreSQL ends one.
        if getattr(error.__cause__, "sqlstate", None) != DEADLOCK:
            raise
        raise Refused("changed_meanwhile") from error


def write_examined(book: Book, upload: Upload) -> Outcome:
    """Write what an examined book found, unless it is at fault. Belongs into the transaction that examined it."""
    counts = count(book)
    if book.faults:
        return Outcome(book, False, counts)
    _hold(book)
    for sheet in all_sheets():
        sheet.prepare(book.to_write(sheet), book)
    for sheet in all_sheets():
        if rows := book.to_write(sheet):
            sheet.write(rows, book)
    _remember(book)
    upload.outcome = {
        "week": book.week.isoformat() if book.week_told else None,
        "sheets": {name: vars(one) for name, one in counts.items()},
        "warnings": len(book.warnings),
        "conflicts": len(book.conflicts),
    }
    if upload.pk or book.kept["memory"]:
        upload.save()
    if book.kept["memory"]:
        append(
            action="workbook.imported",
            subject=upload,
            actor_id=book.by_id,
            week=book.week.isoformat(),
            created=sum(one.created for one in counts.values()),
            changed=sum(one.changed for one in counts.values()),
        )
    for topic in sorted(book.news):
        for kind, ids in sorted(book.news[topic].items()):
            publish([topic], kind, **{model: sorted(pks) for model, pks in ids.items()})
    outcome = Outcome(book, True, counts)
    if outcome.changed >= LARGE:
        transaction.on_commit(refresh_statistics, robust=True)
    return outcome


def _hold(book: Book) -> None:
    """Lock what all sheets touch, in the house's order, as the verbs for single rows do."""
    for sheet in all_sheets():
        for model, ids in sheet.touched(book.to_write(sheet), book).items():
            book.held[model].update(ids)
    for model in sorted(book.held, key=lambda one: LOCK_ORDER.index(one.__name__.lower())):
        rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=among(book.held[model]))
        list(rows.order_by("pk").values_list("pk", flat=True))


def refresh_statistics() -> None:
    """PostgreSQL plans by figures of before the import until it looks again, which its own sweep does minutes later."""
    if connection.vendor != "postgresql":
        return
    owners = {apps.get_containing_app_config(type(sheet).__module__) for sheet in all_sheets()}
    tables = sorted(model._meta.db_table for owner in owners if owner for model in owner.get_models())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(connection.ops.quote_name(table) for table in tables))


def _remember(book: Book) -> None:
    Baseline.objects.bulk_create(
        [Baseline(sheet=sheet, key=key, cells=cells) for (sheet, key), cells in sorted(book.kept["memory"].items())],
        update_conflicts=True,
        unique_fields=["sheet", "key"],
        update_fields=["cells"],
    )
