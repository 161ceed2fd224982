"""What hub and agency agree on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.places.models import Residency, Room
from scheduling.residency.holding import hold, tell
from scheduling.residency.models import Agreement, Closing
from scheduling.residency.months import month_of


@dataclass(frozen=True)
class Terms:
    valid_from: dt.date
    """A month."""
    starts_on: dt.date | None
    """Of the stay as a whole."""
    ends_on: dt.date | None
    rooms: Sequence[int]
    room_minutes: int | None
    owed: Mapping[str, int]
    """Each month, by indicator."""


@transaction.atomic
def agree(*, residency: int, terms: Terms, by: Person) -> Agreement:
    """From a month on; earlier months keep what held for them. Refused: not_found (the stay, a room of the hub),
    term_ends_before_start, month_closed."""
    stay = hold(residency)
    month = month_of(terms.valid_from)
    if terms.starts_on and terms.ends_on and terms.ends_on < terms.starts_on:
        raise Refused("term_ends_before_start")
    closed = (
        Closing.objects.filter(residency=stay, month__gte=month, closed_at__isnull=False).order_by("-month").first()
    )
    if closed:
        raise Refused("month_closed", month=closed.month.isoformat())
    rooms = list(rooms_of(stay).filter(pk__in=terms.rooms).order_by("pk"))
    if len(rooms) < len(set(terms.rooms)):
        raise Refused("not_found", model="room")
    stay.starts_on, stay.ends_on = terms.starts_on, terms.ends_on
    stay.save(update_fields=["starts_on", "ends_on"])
    owed = {code: number for code, number in terms.owed.items() if number}
    made = Agreement.objects.create(
        residency=stay, valid_from=month, room_minutes=terms.room_minutes, owed=owed, by=by, at=clock.now()
    )
    made.rooms.set(rooms)
    append(
        action="agreement.made",
        subject=made,
        actor_id=by.pk,
        hub_id=stay.hub_id,
        residency=stay.pk,
        valid_from=month.isoformat(),
        term=[day.isoformat() if day else None for day in (stay.starts_on, stay.ends_on)],
        rooms=[room.pk for room in rooms],
        room_minutes=terms.room_minutes,
        owed=owed,
    )
    tell(stay)
    return made


def rooms_of(stay: Residency) -> QuerySet[Room]:
    """That its hub can grant: its own, and those of the canteens and meal points below it."""
    return Room.objects.filter(Q(hub=stay.hub_id) | Q(hub__parent=stay.hub_id))
