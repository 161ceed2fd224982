"""What a hub's tablet holds to work without a network: the day's sign-in sheet, as it would lie there on paper.

Names, times and roles; no numbers, no birth dates. A card is known by a hash of what its QR says: a tablet that was
stolen can make none. The tablet clears the sheet when the day is over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from hub import clock
from hub.places.models import Hub
from scheduling.attendance.cards import card_text, cards_of
from scheduling.attendance.models import Attendance
from scheduling.sessions.models import Session
from scheduling.signups.models import Assignment


@dataclass(frozen=True)
class Expected:
    name: str
    number: str
    proof: str
    """SHA-256 of the card's text."""
    places: Sequence[tuple[Assignment, Attendance | None]]


def sheet_of(hub: Hub, day: dt.date) -> list[Expected]:
    """Who is expected on a day, in order of time. Three queries, two more where somebody has no card yet."""
    rows = Assignment.objects.filter(
        session__hub=hub,
        session__state=Session.State.PLANNED,
        session__starts_at__gte=clock.at(day),
        session__starts_at__lt=clock.at(day, clock.MINUTES_A_DAY),
        state__in=Assignment.ACTIVE,
    )
    rows = rows.select_related("volunteer__person", "session__program", "need", "attendance")
    found: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.order_by("session__starts_at", "need__position", "pk"):
        found[row.volunteer_id].append(row)
    cards = cards_of(found.keys())
    return [
        Expected(
            name=theirs[0].volunteer.person.name,
            number=cards[volunteer].number,
            proof=hashlib.sha256(card_text(cards[volunteer]).encode()).hexdigest(),
            places=[(row, getattr(row, "attendance", None)) for row in theirs],
        )
        for volunteer, theirs in found.items()
        if volunteer in cards
    ]
