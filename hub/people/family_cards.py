"""A family's card: `RF 12345678 CODE` in a QR, for coming, borrowing and being fetched. It names nobody."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from hub import clock
from hub.card_numbers import CardKind, draw_number
from hub.errors import Refused
from hub.journal.append import append
from hub.people.circles import lock_family
from hub.people.models import Family, FamilyCard, Person

CARDS = CardKind(prefix="RF", label="people.family_card")


def card_text(card: FamilyCard) -> str:
    return CARDS.text(card.number, card.version)


def card_of(family: Family) -> FamilyCard:
    """Made when first asked for. A number drawn twice is drawn again. Refused("family_unconfirmed")."""
    if family.confirmed_at is None:
        raise Refused("family_unconfirmed", family=family.pk)
    card = FamilyCard.objects.filter(family=family).first()
    while card is None:
        FamilyCard.objects.bulk_create(
            [FamilyCard(family=family, number=draw_number(), created_at=clock.now())], ignore_conflicts=True
        )
        card = FamilyCard.objects.filter(family=family).first()
    return card


@transaction.atomic
def replace_card(*, family: Family, by: Person) -> FamilyCard:
    """The card before it opens nothing any more: for one that was lost. Its number stays."""
    lock_family(family)
    card = card_of(family)
    card.version, card.revoked_at = card.version + 1, None
    card.save(update_fields=["version", "revoked_at"])
    append(action="family_card.replaced", subject=card, actor_id=by.pk)
    return card


@transaction.atomic
def revoke_card(*, family: Family, by: Person) -> FamilyCard:
    """No card of theirs opens anything until a new one is made."""
    lock_family(family)
    card = card_of(family)
    if card.revoked_at is None:
        card.revoked_at = clock.now()
        card.save(update_fields=["revoked_at"])
        append(action="family_card.revoked", subject=card, actor_id=by.pk)
    return card


def find_by_code(text: str) -> Family | None:
    """Whose card this is, scanned or its number typed in; None for a stranger's, an old or a revoked one."""
    said = CARDS.parse(text)
    card = FamilyCard.objects.filter(number=said[0]).select_related("family").first() if said else None
    return card.family if card and said and _opens(card, said[1]) else None


def families_by_card(texts: Collection[str]) -> dict[str, int]:
    """Text -> family (id), of cards that were held before a device: a number alone is none. One query."""
    said = {text: parsed for text in texts if (parsed := CARDS.parse(text)) and parsed[1]}
    rows = FamilyCard.objects.filter(number__in={number for number, _ in said.values()}) if said else []
    cards = {card.number: card for card in rows}
    return {
        text: cards[number].family_id
        for text, (number, code) in said.items()
        if number in cards and _opens(cards[number], code)
    }


def _opens(card: FamilyCard, code: str | None) -> bool:
    return card.revoked_at is None and (code is None or CARDS.is_code(code, card.number, card.version))
