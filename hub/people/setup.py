"""The first run: whoever holds the code that the terminal printed makes the first administrator, district and hub."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.db import connection, transaction

from hub.errors import Refused
from hub.journal.append import append
from hub.operations.first_run import is_setup_code
from hub.operations.state import setup_is_open
from hub.people.directory import clean_name
from hub.people.models import Person, Role
from hub.people.roles import appoint
from hub.places.models import District, Hub
from hub.workbook.cells import CellFault
from hub.workbook.times import windows


@dataclass(frozen=True)
class FirstHub:
    name: str
    subdistrict: str = ""
    community: str = ""
    address: str = ""
    opening: str = ""
    """As people write it; kept as written where it is not understood."""


def check_code(code: str) -> None:
    """Refused: not_found once there is an administrator, setup_code_wrong."""
    if not setup_is_open():
        raise Refused("not_found")
    if not is_setup_code(code):
        raise Refused("setup_code_wrong")


@transaction.atomic
def set_up(*, code: str, name: str, phone: str, district: str, district_code: str, hub: FirstHub) -> Person:
    """All or nothing; of two who try at once, one does."""
    _take_turns()
    check_code(code)
    administrator = appoint(name=name, phone=phone, role=Role.ADMINISTRATOR, by=None).person
    row, _ = District.objects.update_or_create(name=clean_name(district), defaults={"code": district_code.strip()})
    append(action="district.made", subject=row, actor_id=administrator.pk)
    first, made = Hub.objects.get_or_create(
        name=clean_name(hub.name),
        defaults={
            "subdistrict": hub.subdistrict.strip(),
            "community": hub.community.strip(),
            "address": hub.address.strip(),
            "opening_text": hub.opening.strip(),
            "opening": _understood(hub.opening),
        },
    )
    if made:
        append(action="hub.made", subject=first, actor_id=administrator.pk, hub_id=first.pk)
    return administrator


def _understood(opening: str) -> list[list[int]]:
    try:
        return [list(window) for window in windows(opening)] if opening.strip() else []
    except CellFault:
        return []


def _take_turns() -> None:
    """There is no row to lock yet. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(b"hub.people.setup").digest()[:7])
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])
