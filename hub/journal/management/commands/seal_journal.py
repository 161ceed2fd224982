"""`manage.py seal_journal`: link what is not linked yet. The worker does so by itself; this does it now."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from hub.journal.seal import seal_all
from hub.terminal import in_terminal_language


class Command(BaseCommand):
    help = "Link the journal's new entries into their hash chains."

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        sealed = seal_all()
        self.stdout.write(ngettext("journal.sealed", "journal.sealed", sealed) % {"n": sealed})
