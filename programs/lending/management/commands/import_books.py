"""`manage.py import_books FILE`: a list of books (xlsx, CSV, MARC), checked and written. Exit 0; 1 when a record is
refused or nothing could be read."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub.errors import Refused
from hub.places.models import Hub
from hub.terminal import in_terminal_language
from hub.workbook.book import Finding
from programs.lending.importing.importing import import_books
from programs.lending.importing.plan import Plan, by_outcome
from programs.lending.importing.wording import message_of, message_of_refusal

SHOWN = 30


class Command(BaseCommand):
    help = "Import a list of books."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--hub", help="whose book house has them, where the file doesn't say")
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        try:
            plan, written = import_books(data=data, hub=_hub(options["hub"]), dry_run=options["dry_run"])
        except Refused as refused:
            self._tell_refusal(refused, options["as_json"])
            sys.exit(1)
        if options["as_json"]:
            self._print(as_json(plan, written))
        else:
            self._tell(plan, written)
        if plan.count("refused"):
            sys.exit(1)

    def _tell_refusal(self, refused: Refused, as_json: bool) -> None:
        message = message_of_refusal(refused)
        if as_json:
            self._print({"written": False, "refused": refused.code, "message": message, "records": []})
        else:
            self.stderr.write(f"{message} ({refused.code})")

    def _print(self, value: dict[str, object]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))

    def _tell(self, plan: Plan, written: bool) -> None:
        for outcome, count in by_outcome(plan).items():
            self.stdout.write(f"{count:>8}  {_(f'books.outcome.{outcome}')}")
        self._list(_("books.faults"), plan.source.faults)
        self._list(_("books.warnings"), plan.source.warnings)
        if plan.source.conflicts:
            self.stdout.write(_("books.kept_as_it_was") % {"count": len(plan.source.conflicts)})
        self.stdout.write(_("books.written") if written else _("books.nothing_written"))

    def _list(self, title: str, findings: list[Finding]) -> None:
        if findings:
            self.stdout.write(f"{title} ({len(findings)})")
        for one in findings[:SHOWN]:
            self.stdout.write(f"  {f'{one.place} {one.column}'.strip()}: {message_of(one)} ({one.code})")
        if len(findings) > SHOWN:
            self.stdout.write(f"  … +{len(findings) - SHOWN}")


def _hub(name: str | None) -> Hub | None:
    """Named, or the only one there is."""
    if name is None:
        hubs = list(Hub.objects.filter(kind=Hub.Kind.HUB)[:2])
        return hubs[0] if len(hubs) == 1 else None
    found = Hub.objects.filter(name=name).first()
    if found is None:
        raise Refused("hub_unknown", name=name)
    return found


def as_json(plan: Plan, written: bool) -> dict[str, object]:
    """Every record with what becomes of it; a refused one with its place, its code and what to do."""
    faults = {one.row: one for one in plan.source.faults}
    records: list[dict[str, object]] = []
    for record in plan.source.records:
        fault = faults.get(record.row)
        told: dict[str, object] = {"row": record.row, "name": record.cells.get("name", ""), "outcome": record.outcome}
        if fault:
            told |= {"place": fault.place, "column": fault.column, "code": fault.code, "message": message_of(fault)}
        records.append(told)
    return {
        "written": written,
        "source": plan.source.name,
        **by_outcome(plan),
        "records": records,
        "warnings": [
            {"row": one.row, "column": one.column, "code": one.code, "message": message_of(one)}
            for one in plan.source.warnings
        ],
        "conflicts": [
            {"row": one.row, "column": one.column, "file": one.file_value, "app": one.app_value}
            for one in plan.source.conflicts
        ],
    }
