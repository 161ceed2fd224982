"""`manage.py restore FILE`: bring back what `backup` wrote; over an installation in use only with --force."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub.errors import Refused
from hub.operations.data_lock import DataDirTaken, hold_data_dir
from hub.operations.restore import restore_backup
from hub.terminal import in_terminal_language


class Command(BaseCommand):
    help = "Bring back a backup. Verified before anything is touched."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with hold_data_dir():
                restored = restore_backup(options["file"], force=options["force"])
        except DataDirTaken:
            raise CommandError(_("restore.running")) from None
        except Refused as refused:
            raise CommandError(_(f"restore.{refused.code}") % {"file": options["file"], **refused.facts}) from None
        self.stdout.write(_("restore.done") % {"rows": restored.rows, "files": restored.files})
