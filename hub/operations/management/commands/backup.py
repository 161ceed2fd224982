"""`manage.py backup FILE`: rows, files and keys in one archive, while the installation serves."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub.operations.backup import write_backup
from hub.terminal import in_terminal_language


class Command(BaseCommand):
    help = "Write everything into one archive (mode 0600; the keys to encrypted data are in it)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--without-keys", action="store_true")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        with_keys = not options["without_keys"]
        try:
            written = write_backup(path, with_keys=with_keys)
        except FileExistsError:
            raise CommandError(_("backup.exists") % {"file": path}) from None
        self.stdout.write(_("backup.written") % {"file": path, "rows": written.rows, "files": written.files})
        note = "backup.keys_inside" if with_keys else "backup.keys_left_out"
        self.stdout.write(_(note) % {"path": settings.DATA_DIR / "keys.json"})
