"""A volunteer's card: `RQ 12345678 CODE` in a QR. The number can be typed; the code is what only we can make."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from hub.sealed import keyed_hash
from scheduling.attendance.models import AttendanceEvent, Card
from scheduling.sessions.claims import lock_people
from volunteers.models import Volunteer

PREFIX = "RQ"
WRITTEN = re.compile(rf"{PREFIX}([0-9]{{8}})([0-9A-F]{{20}})?")
Doubt = AttendanceEvent.Doubt


@dataclass(frozen=True)
class Read:
    """What a card said to a device."""

    volunteer_id: int | None
    typed: bool
    doubt: str


def card_text(card: Card) -> str:
    return f"{PREFIX}{card.number}{_code(card)}"


def _code(card: Card) -> str:
    return keyed_hash("attendance.card", card.number, str(card.version))[:20].upper()


def draw_number() -> str:
    """Seven digits by lot and a check digit, so that a slip of the finger is nobody else."""
    drawn = f"{secrets.randbelow(9_000_000) + 1_000_000}"
    return drawn + check_digit(drawn)


def check_digit(digits: str) -> str:
    """Luhn's: finds every wrong digit and nearly every pair that was swapped."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def cards_of(volunteers: Collection[int]) -> dict[int, Card]:
    """Volunteer id -> their card, made for those who have none yet. Two queries, or four."""
    found = {card.volunteer_id: card for card in Card.objects.filter(volunteer__in=volunteers)}
    missing = sorted(set(volunteers) - found.keys())
    if missing:
        now = clock.now()
        new = [Card(volunteer_id=volunteer, number=draw_number(), created_at=now) for volunteer in missing]
        # A number drawn twice leaves its second holder without one, until the next time.
        Card.objects.bulk_create(new, ignore_conflicts=True)
        found |= {card.volunteer_id: card for card in Card.objects.filter(volunteer__in=missing)}
    return found


def card_of(volunteer: Volunteer) -> Card:
    card = cards_of([volunteer.pk]).get(volunteer.pk)
    return card or card_of(volunteer)


@transaction.atomic
def replace_card(*, volunteer: Volunteer, by: Person) -> Card:
    """The card before it no longer opens anything: for one that was lost. Its number stays."""
    lock_people([volunteer.person_id])
    card = card_of(volunteer)
    card.version += 1
    card.save(update_fields=["version"])
    append(
        action="card.replaced",
        subject=card,
        actor_id=by.pk,
        for_id=volunteer.person_id if by.pk != volunteer.person_id else None,
    )
    return card


def normal(text: str) -> str:
    """A typed number as a card's QR would say it; in capitals, which scanners that act as keyboards may not keep."""
    plain = re.sub(r"[\s-]", "", text).upper()
    return PREFIX + plain if plain.isdigit() else plain


def read_cards(texts: Collection[str]) -> Mapping[str, Read]:
    """What each of these texts says, in one query."""
    written = {text: WRITTEN.fullmatch(normal(text)) for text in texts}
    numbers = {match[1] for match in written.values() if match}
    cards = {card.number: card for card in Card.objects.filter(number__in=numbers)}
    return {text: _read(match, cards) for text, match in written.items()}


def _read(match: re.Match[str] | None, cards: Mapping[str, Card]) -> Read:
    card = cards.get(match[1]) if match else None
    if match is None or card is None:
        return Read(None, typed=False, doubt=Doubt.UNKNOWN_CARD)
    code = match[2]
    if code is None:
        return Read(card.volunteer_id, typed=True, doubt="")
    if not hmac.compare_digest(code, _code(card)):
        return Read(card.volunteer_id, typed=False, doubt=Doubt.BAD_CARD)
    return Read(card.volunteer_id, typed=False, doubt="")


def find_volunteer(person_id: int) -> Volunteer:
    """Refused("not_found")."""
    volunteer = Volunteer.objects.filter(person=person_id).select_related("person").first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    return volunteer
