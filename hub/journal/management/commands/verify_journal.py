"""`manage.py verify_journal [--chain N]`: recompute the hash chains and hold against them the rows that the journal
attests; 1 and the first bad link or row where one fails."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hub.journal.attest import RowReport, verify_rows
from hub.journal.seal import Report, verify, verify_all
from hub.terminal import in_terminal_language


class Command(BaseCommand):
    help = "Recompute the journal's hash chains, and what they attest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", type=int, help="a hub's id, or 0 for the district's own; that chain alone")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        reports = [verify(options["chain"])] if options["chain"] is not None else list(verify_all())
        for report in reports:
            self.stdout.write(self._line(report))
        attested = list(verify_rows()) if options["chain"] is None else []
        for rows in attested:
            self.stdout.write(self._row_line(rows))
        if any(report.fault for report in reports) or any(rows.fault for rows in attested):
            sys.exit(1)

    def _line(self, report: Report) -> str:
        counts = {"chain": report.chain, "sealed": report.sealed, "unsealed": report.unsealed, "digest": report.digest}
        if report.fault is None:
            return _("journal.holds") % counts
        fault = {"seq": report.fault.seq, "entry": report.fault.entry_id or "-"}
        return _(f"journal.{report.fault.kind}") % {**counts, **fault}

    def _row_line(self, report: RowReport) -> str:
        counts = {"rows": report.rows, "what": _(f"journal.{report.label}")}
        if report.fault is None:
            return _("journal.rows_hold") % counts
        fault = {"row": report.fault.pk, "entry": report.fault.entry_id or "-"}
        return _(f"journal.{report.fault.kind}") % {**counts, **fault}
