"""`manage.py import_busy FILE --volunteer PHONE`: a calendar file says when a volunteer is busy. Exit 0; 1 when the
file or the number is refused."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from hub import clock
from hub.errors import Refused
from hub.people.models import phone_key
from hub.people.phones import parse_phone
from hub.terminal import in_terminal_language
from volunteers.busy.calendars import import_file, look_at
from volunteers.busy.reading import MAX_BYTES, Reading
from volunteers.models import Volunteer

SHOWN = 20


def find_volunteer(phone: str, name: str | None) -> Volunteer:
    """Refused: not_a_phone, no_such_volunteer, several_volunteers (who share the number: `name` tells them apart)."""
    rows = Volunteer.objects.filter(person__phone_key=phone_key(parse_phone(phone)), person__erased_at=None)
    found = list((rows.filter(person__name=name) if name else rows).select_related("person"))
    if not found:
        raise Refused("no_such_volunteer")
    if len(found) > 1:
        raise Refused("several_volunteers")
    return found[0]


class Command(BaseCommand):
    help = "Take a calendar file (.ics) as a volunteer's busy time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--volunteer", required=True, metavar="PHONE")
        parser.add_argument("--name", help="which of those who share the number")
        parser.add_argument("--dry-run", action="store_true", help="read only, write nothing")
        parser.add_argument("--json", action="store_true", dest="as_json")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            with file.open("rb") as opened:
                data = opened.read(MAX_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        try:
            volunteer = find_volunteer(options["volunteer"], options["name"])
            if options["dry_run"]:
                reading = look_at(data)
            else:
                _calendar, reading = import_file(volunteer=volunteer, name=file.name, data=data, by=None)
        except Refused as refused:
            self._tell_refusal(refused, options["as_json"])
            sys.exit(1)
        written = not options["dry_run"]
        if options["as_json"]:
            self._tell_json(reading, written)
        else:
            self._tell(reading, written)

    def _tell_refusal(self, refused: Refused, as_json: bool) -> None:
        message = _(f"busy.refused.{refused.code}") % refused.facts
        if as_json:
            self._print({"written": False, "refused": refused.code, "message": message})
        else:
            self.stderr.write(f"{message} ({refused.code})")

    def _tell_json(self, reading: Reading, written: bool) -> None:
        self._print(
            {
                "written": written,
                "entries": reading.entries,
                "busy": [{"starts_at": start.isoformat(), "ends_at": end.isoformat()} for start, end in reading.spans],
                "skipped": [
                    {"entry": one.entry, "code": one.code, "message": _(f"busy.skipped.{one.code}")}
                    for one in reading.skipped
                ],
            }
        )

    def _print(self, value: dict[str, object]) -> None:
        self.stdout.write(json.dumps(value, ensure_ascii=False, indent=1))

    def _tell(self, reading: Reading, written: bool) -> None:
        facts = {"entries": reading.entries, "spans": len(reading.spans)}
        self.stdout.write(_("busy.written" if written else "busy.would_write") % facts)
        for start, end in reading.spans[:SHOWN]:
            self.stdout.write(f"  {clock.local(start):%Y-%m-%d %H:%M} - {clock.local(end):%Y-%m-%d %H:%M}")
        if len(reading.spans) > SHOWN:
            self.stdout.write(_("busy.more") % {"more": len(reading.spans) - SHOWN})
        for one in reading.skipped[:SHOWN]:
            self.stdout.write(_("busy.skipped") % {"entry": one.entry, "why": _(f"busy.skipped.{one.code}")})
        if len(reading.skipped) > SHOWN:
            self.stdout.write(_("busy.more") % {"more": len(reading.skipped) - SHOWN})
