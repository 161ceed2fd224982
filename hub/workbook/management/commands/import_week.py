"""`manage.py import_week FILE`: a week's workbook, checked and written. Exit 0; 1 when something is at fault."""

from __future__ import annotations

import datetime as dt
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub import clock
from hub.errors import Refused
from hub.terminal import in_terminal_language
from hub.workbook.book import Finding
from hub.workbook.confirm import Outcome, import_workbook
from hub.workbook.wording import message_of, message_of_refusal

SHOWN = 30


def week(text: str) -> dt.date:
    try:
        return clock.parse_week(text)
    except ValueError:
        raise ArgumentTypeError(_("workbook.cli.not_a_week") % {"text": text}) from None


def as_json(finding: Finding) -> dict[str, object]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "message": message_of(finding),
    }


class Command(BaseCommand):
    help = "Import a week's workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--as-week", type=week, metavar="2026-W51", help="take all its dates along to this week")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from None
        try:
            outcome = import_workbook(
                data=data, file_name=options["file"].name, as_week=options["as_week"], dry_run=options["dry_run"]
            )
        except Refused as refused:
            self._tell_refusal(refused, options["as_json"])
            sys.exit(1)
        if options["as_json"]:
            self._tell_json(outcome)
        else:
            self._tell(outcome)
        if outcome.book.faults:
            sys.exit(1)

    def _tell_refusal(self, refused: Refused, json_wanted: bool) -> None:
        message = message_of_refusal(refused)
        if json_wanted:
            fault = {"sheet": "", "row": 0, "column": "", "code": refused.code, "message": message}
            self._print({"written": False, "refused": refused.code, "faults": [fault], "warnings": [], "conflicts": []})
        else:
            self.stderr.write(f"{message} ({refused.code})")

    def _tell_json(self, outcome: Outcome) -> None:
        book = outcome.book
        self._print(
            {
                "written": outcome.written,
                "week": book.week.isoformat(),
                "sheets": {name: vars(counts) for name, counts in outcome.counts.items()},
                "faults": [as_json(finding) for finding in book.faults],
                "warnings": [as_json(finding) for finding in book.warnings],
                "conflicts": [
                    {
                        "sheet": one.sheet,
                        "row": one.row,
                        "column": one.column,
                        "file": one.file_value,
                        "app": one.app_value,
                    }
                    for one in book.conflicts
                ],
            }
        )

    def _print(self, value: dict[str, object]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))

    def _tell(self, outcome: Outcome) -> None:
        book, out = outcome.book, self.stdout
        last = book.week + dt.timedelta(days=6)
        said = _("workbook.cli.week") if book.week_told else _("workbook.cli.week_assumed")
        out.write(said % {"first": book.week.isoformat(), "last": last.isoformat()})
        titles = [
            _("workbook.cli.created"),
            _("workbook.cli.changed"),
            _("workbook.cli.same"),
            _("workbook.cli.faulty"),
        ]
        out.write("  " + "".join(f"{title:>8}" for title in titles))
        for name, counts in outcome.counts.items():
            out.write("  " + "".join(f"{value:>8}" for value in vars(counts).values()) + f"  {name}")
        self._list(_("workbook.cli.faults"), book.faults)
        self._list(_("workbook.cli.warnings"), book.warnings)
        if book.conflicts:
            out.write(_("workbook.cli.conflicts") % {"count": len(book.conflicts)})
        if outcome.written and not outcome.changed:
            out.write(_("workbook.cli.nothing_new"))
        elif outcome.written:
            out.write(_("workbook.cli.written"))
        else:
            out.write(_("workbook.cli.nothing_written"))

    def _list(self, title: str, findings: list[Finding]) -> None:
        if not findings:
            return
        self.stdout.write(f"{title} ({len(findings)})")
        for one in findings[:SHOWN]:
            self.stdout.write(f"  {f'{one.place} {one.column}'.strip()}: {message_of(one)} ({one.code})")
        if len(findings) > SHOWN:
            self.stdout.write(f"  … +{len(findings) - SHOWN}")
