"""Short links that answer for one week without signing in."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from hub.errors import Refused
from hub.tokens import short_token, token_hash
from volunteers.rounds.models import Asked, RoundLink


def make_links(asked: Sequence[Asked]) -> dict[int, str]:
    """Asked's id -> the address of a link. One statement for each five hundred."""
    tokens = {one.pk: short_token() for one in asked}
    RoundLink.objects.bulk_create(
        (RoundLink(asked_id=pk, token_hash=token_hash(token)) for pk, token in tokens.items()), batch_size=500
    )
    return {pk: f"{settings.PUBLIC_URL}/r/{token}" for pk, token in tokens.items()}


def find_asked(token: str) -> Asked:
    """Refused("not_found") for a token that never was."""
    asked = Asked.objects.select_related("round", "volunteer__person").filter(links__token_hash=token_hash(token))
    found = asked.first()
    if found is None:
        raise Refused("not_found", model="link")
    return found
