"""`manage.py export_calendar --hub NAME --out FILE`: a calendar as a file. Exit 0; 1 not found, 2 asked wrongly."""

from __future__ import annotations

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hub.errors import Refused
from hub.people.models import phone_key
from hub.people.phones import parse_phone
from hub.places.models import Agency, District, Hub, Room
from hub.terminal import in_terminal_language
from programs.models import Program
from scheduling.calendars.calendar import write_target
from scheduling.calendars.scopes import Scope, Target
from volunteers.models import Volunteer

EXITS = """exit codes:
  0  written
  1  nothing of that name, or the file can't be written
  2  asked wrongly: no such form, or several share the phone"""


class Command(BaseCommand):
    help = "Write the calendar of a hub, room, agency, program, volunteer or the district to an .ics file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXITS
        whose = parser.add_mutually_exclusive_group(required=True)
        whose.add_argument("--hub", metavar="NAME")
        whose.add_argument("--room", metavar="HUB/ROOM")
        whose.add_argument("--agency", metavar="NAME")
        whose.add_argument("--program", metavar="NAME")
        whose.add_argument("--volunteer", metavar="PHONE")
        whose.add_argument("--district", action="store_true", help="all of it")
        parser.add_argument("--name", help="which volunteer, where several share the phone")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE")

    @in_terminal_language
    def handle(self, *args: Any, **options: Any) -> None:
        target, language = self._target(options), get_language() or ""
        body, count = write_target(target, None, language=language)
        path: Path = options["out"]
        try:
            path.write_bytes(body)
        except OSError as error:
            raise CommandError(_("calendar.export.not_written") % {"path": path, "error": error.strerror}) from None
        self.stdout.write(_("calendar.export.written") % {"path": path, "count": count})

    def _target(self, options: dict[str, Any]) -> Target:
        if options["volunteer"] is not None:
            return self._volunteer(options["volunteer"], options["name"])
        if options["room"] is not None:
            return self._room(options["room"])
        if options["district"]:
            district = District.objects.order_by("pk").first()
            return Target(Scope.DISTRICT, district.pk if district else 0, district.name if district else "")
        for model, scope in ((Hub, Scope.HUB), (Agency, Scope.AGENCY), (Program, Scope.PROGRAM)):
            name = options[scope.value]
            if name is not None:
                row = model._default_manager.filter(name=name).first()
                if row is None:
                    raise self._none(name)
                return Target(scope, row.pk, name)
        raise AssertionError("argparse asks for one of them")

    def _room(self, text: str) -> Target:
        """A name may hold a slash itself: every way to part the two is tried."""
        if "/" not in text:
            raise CommandError(_("calendar.export.room_form"), returncode=2)
        parts = text.split("/")
        for cut in range(1, len(parts)):
            hub, name = "/".join(parts[:cut]).strip(), "/".join(parts[cut:]).strip()
            room = Room.objects.filter(hub__name=hub, name=name).first()
            if room:
                return Target(Scope.ROOM, room.pk, f"{hub} {name}")
        raise self._none(text)

    def _volunteer(self, phone: str, name: str | None) -> Target:
        try:
            key = phone_key(parse_phone(phone))
        except Refused:
            raise self._none(phone) from None
        behind = Volunteer.objects.filter(person__phone_key=key).select_related("person").order_by("pk")
        found = [one for one in behind if name in (None, one.person.name)]
        if not found:
            raise self._none(" ".join(part for part in (phone, name) if part))
        if len(found) > 1:
            names = " ".join(one.person.name for one in found)
            raise CommandError(_("calendar.export.several") % {"names": names}, returncode=2)
        return Target(Scope.VOLUNTEER, found[0].pk)

    def _none(self, name: str) -> CommandError:
        return CommandError(_("calendar.export.none") % {"name": name})
