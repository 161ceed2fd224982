"""What a hub's tablet holds of the day's children, to work without a network.

By family: the children's names and times; the card by a hash, as volunteers' are; who may fetch them by no name at all.
Guardians are what they are to the children and an id that says nothing elsewhere; those who say a code are what the
code is checked against (hub.people.pickup_codes), bound to the day and to this tablet, by a key that it keeps where no
script can read it. Nothing of health, photos, phones. The tablet clears it when the day is over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from hub import clock
from hub.people.family_cards import card_text
from hub.people.models import Child, FamilyCard
from hub.people.pickup_codes import salt_of, stretch_new, stretched_codes
from hub.sealed import keyed_hash
from hub.upkeep import run_soon
from scheduling.attendance.fetching import homegoers, who_may_fetch
from scheduling.attendance.models import ChildAttendance, Device
from scheduling.attendance.tasks import stretch_codes
from scheduling.bookings.models import Booking
from scheduling.sessions.models import Session


@dataclass(frozen=True)
class AwaitedChild:
    child: Child
    may_go_alone: bool
    places: Sequence[tuple[Booking, ChildAttendance | None]]


@dataclass(frozen=True)
class AwaitedFamily:
    number: str
    """Of its card; empty where it has none that opens anything."""
    proof: str
    """SHA-256 of the card's text."""
    guardians: Sequence[tuple[str, str]]
    """(id, what they are to the children)."""
    salt: str
    codes: Sequence[str]
    children: Sequence[AwaitedChild]


def code_key(device: int) -> str:
    """What codes on this tablet are bound to: told once, when it is paired."""
    return keyed_hash("attendance.codes", str(device))


def guardian_id(*, device: int, person: int) -> str:
    return keyed_hash("attendance.guardian", str(device), str(person))


def code_mark(*, device: int, day: dt.date, stretched: str) -> str:
    """What a code, stretched, is compared with on this tablet on this day."""
    return hmac.new(code_key(device).encode(), f"{day}.{stretched}".encode(), hashlib.sha256).hexdigest()


def awaited_on(day: dt.date) -> QuerySet[Booking]:
    """Children's places of a local day."""
    return Booking.objects.filter(
        state=Booking.State.BOOKED,
        session__state=Session.State.PLANNED,
        session__starts_at__gte=clock.at(day),
        session__starts_at__lt=clock.at(day, clock.MINUTES_A_DAY),
        participant__child__isnull=False,
    )


def stretch_awaited(*, most: int) -> bool:
    """At most `most` codes of today's families where a tablet is; whether these were all."""
    places = awaited_on(clock.today()).filter(session__hub__in=Device.objects.filter(revoked_at=None).values("hub"))
    return stretch_new(set(places.values_list("participant__child__family", flat=True)), most=most)


def families_of(device: Device, day: dt.date) -> tuple[list[AwaitedFamily], bool]:
    """In order of time, and whether every code is there yet: ask again where not. As many queries for one as for
    thirty."""
    rows = awaited_on(day).filter(session__hub=device.hub_id)
    rows = rows.select_related("session__program", "participant__child__family__guardian", "attendance")
    places: dict[int, dict[Child, list[Booking]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("session__starts_at", "participant__name", "pk"):
        child: Child = row.participant.child
        child.person = row.participant
        places[child.family_id][child].append(row)
    children = [child for theirs in places.values() for child in theirs]
    fetching, alone = who_may_fetch(children), homegoers(children)
    cards = {card.family_id: card for card in FamilyCard.objects.filter(family__in=places, revoked_at=None)}
    codes, complete = stretched_codes(places)
    if not complete:
        run_soon(stretch_codes)
    found = []
    for family, theirs in places.items():
        card = cards.get(family)
        guardians: dict[int, str] = {}
        for one in (one for child in theirs for one in fetching[child.pk] if one.guardian):
            guardians[one.person.pk] = guardians.get(one.person.pk) or one.relation
        found.append(
            AwaitedFamily(
                number=card.number if card else "",
                proof=hashlib.sha256(card_text(card).encode()).hexdigest() if card else "",
                guardians=[
                    (guardian_id(device=device.pk, person=person), relation) for person, relation in guardians.items()
                ],
                salt=salt_of(family),
                codes=[code_mark(device=device.pk, day=day, stretched=one) for one in codes.get(family, ())],
                children=[
                    AwaitedChild(child, child.pk in alone, [(row, getattr(row, "attendance", None)) for row in some])
                    for child, some in theirs.items()
                ],
            )
        )
    return found, complete
