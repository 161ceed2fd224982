"""When a room or a kit changes that sessions to come hold."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

from django.dispatch import receiver

from hub import clock
from hub.errors import Refused
from hub.places.models import LONGEST_TURNAROUND, Kit, Room
from hub.places.signals import kit_leaving, room_changed
from scheduling.sessions.claims import clash_facts, kit_resource, room_resource, window_anew
from scheduling.sessions.models import Claim

LONGEST_SETUP = dt.timedelta(minutes=LONGEST_TURNAROUND)


@receiver(room_changed, dispatch_uid="sessions.room_changed")
def hold_anew(sender: object, room: Room, **kwargs: Any) -> None:
    """From now on with the time to set up and clear up. Refused("clash") where two would overlap."""
    now = clock.now()
    held = Claim.objects.filter(resource=room_resource(room.pk), ends_at__gt=now - LONGEST_SETUP)
    rows = list(held.select_related("session__program").order_by("starts_at"))
    for row in rows:
        row.session.room = room
        row.starts_at, row.ends_at = window_anew(row, room, now)
    for before, after in pairwise(rows):
        if after.starts_at < before.ends_at:
            raise Refused("clash", **clash_facts(before))
    # Away first: one that grows may reach into what its neighbor is about to leave.
    held.delete()
    Claim.objects.bulk_create(rows)


@receiver(kit_leaving, dispatch_uid="sessions.kit_leaving")
def keep_kit(sender: object, kit: Kit, **kwargs: Any) -> None:
    held = Claim.objects.filter(resource=kit_resource(kit.pk), ends_at__gt=clock.now()).count()
    if held:
        raise Refused("kit_in_use", name=kit.name, count=held)
