"""A volunteer's card: `RQ 12345678 CODE` in a QR."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from hub import clock
from hub.card_numbers import CardKind, draw_number
from hub.errors import Refused
from hub.journal.append import append
from hub.people.models import Person
from scheduling.attendance.models import AttendanceEvent, Card
from scheduling.sessions.claims import lock_people
from volunteers.models import Volunteer

CARDS = CardKind(prefix="RQ", label="attendance.card")
Doubt = AttendanceEvent.Doubt


@dataclass(frozen=True)
class Read:
    """What a card said to a device."""

    volunteer_id: int | None
    typed: bool
    doubt: str


def card_text(card: Card) -> str:
    return CARDS.text(card.number, card.version)


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


def read_cards(texts: Collection[str]) -> Mapping[str, Read]:
    """What each of these texts says, in one query."""
    written = {text: CARDS.parse(text) for text in texts}
    numbers = {said[0] for said in written.values() if said}
    cards = {card.number: card for card in Card.objects.filter(number__in=numbers)}
    return {text: _read(said, cards) for text, said in written.items()}


def _read(said: tuple[str, str | None] | None, cards: Mapping[str, Card]) -> Read:
    card = cards.get(said[0]) if said else None
    if said is None or card is None:
        return Read(None, typed=False, doubt=Doubt.UNKNOWN_CARD)
    code = said[1]
    if code is None:
        return Read(card.volunteer_id, typed=True, doubt="")
    if not CARDS.is_code(code, card.number, card.version):
        return Read(card.volunteer_id, typed=False, doubt=Doubt.BAD_CARD)
    return Read(card.volunteer_id, typed=False, doubt="")


def find_volunteer(person_id: int) -> Volunteer:
    """Refused("not_found")."""
    volunteer = Volunteer.objects.filter(person=person_id).select_related("person").first()
    if volunteer is None:
        raise Refused("not_found", model="volunteer")
    return volunteer
