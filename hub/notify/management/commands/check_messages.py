"""manage.py check_messages: every template with its words, to be registered with a provider, and which id it has."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext, override

from hub.notify.checks import unknown, unmapped
from hub.notify.templates import DEFAULT, TEXTS


class Command(BaseCommand):
    help = "Lists the text messages to be registered with a provider; fails when one of them has no id."

    def handle(self, *args: Any, **options: Any) -> None:
        with override(DEFAULT):
            for code in TEXTS:
                known = settings.SMS["TEMPLATES"].get(code, "-")
                self.stdout.write(f"{code}\t{known}\t{gettext(f'message.{code}')}")
        faults = [*unmapped(), *unknown()]
        if faults:
            raise CommandError(", ".join(faults))
