"""`manage.py verify_certificate PAYLOAD --public-key FILE [--name NAME]`: is this signed by that key? It asks nobody
and reads no database, so it can't know what was revoked: the page behind the code does."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub.terminal import in_terminal_language
from volunteers.certificates.payload import NotOurs, name_hash, read_keys, verify


class Command(BaseCommand):
    help = "Verify a certificate's payload (or the address in its code) with a published key."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("payload")
        parser.add_argument("--public-key", required=True, type=Path, help="the file from /verify/keys.pem")
        parser.add_argument("--name", help="the name printed on the certificate, to compare")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys = read_keys(options["public_key"].read_bytes())
        except (OSError, ValueError) as error:
            raise CommandError(_("certificate.no_key") % {"path": options["public_key"]}) from error
        try:
            claims = verify(options["payload"].rstrip("/").rpartition("/")[2], keys)
        except NotOurs:
            self.stdout.write(_("certificate.not_ours"))
            sys.exit(1)
        self.stdout.write(_("certificate.holds") % vars(claims))
        if options["name"] is not None:
            same = name_hash(claims.number, options["name"]) == claims.name_hash
            self.stdout.write(_("certificate.name_fits") if same else _("certificate.name_differs"))
            if not same:
                sys.exit(1)
