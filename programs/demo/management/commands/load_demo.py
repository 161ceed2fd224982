"""`manage.py load_demo`: an invented district, in an empty database (or with --force in any)."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hub.operations.state import database_is_empty
from hub.terminal import in_terminal_language
from programs.demo.load import ensure_district, load_district, plan_next_week


class Command(BaseCommand):
    help = "Load the demo district into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="into a database that is in use, too")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["force"] and not database_is_empty():
            self.stdout.write(_("demo.not_empty"))
            return
        ensure_district()
        load_district()
        plan_next_week()
