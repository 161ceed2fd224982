"""Short links that renew the books of one message without signing in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings

from hub import clock
from hub.errors import Refused
from hub.tokens import short_token, token_hash
from programs.lending.circulation.loans import renew
from programs.lending.circulation.models import Loan, RenewLink


def make_link(loans: Sequence[Loan]) -> str:
    """For loans of one family, good until the last is due."""
    token = short_token()
    last = max(loan.due_on for loan in loans)
    link = RenewLink.objects.create(
        family_id=loans[0].family_id,
        token_hash=token_hash(token),
        expires_at=clock.at(last + dt.timedelta(days=1)),
    )
    link.loans.set(loans)
    return f"{settings.PUBLIC_URL}/l/{token}"


def find_link(token: str) -> RenewLink:
    """Refused: not_found for a token that never was, link_expired when the last of its books was due."""
    link = RenewLink.objects.filter(token_hash=token_hash(token)).select_related("family__guardian").first()
    if link is None:
        raise Refused("not_found", model="link")
    if link.expires_at <= clock.now():
        raise Refused("link_expired")
    return link


def renew_all(link: RenewLink) -> None:
    """What can be renewed, each in a transaction of its own: one that others wait for keeps none of the rest."""
    for loan in link.loans.filter(ended="").order_by("pk").values_list("pk", flat=True):
        try:
            renew(loan=loan, by=link.family.guardian)
        except Refused:
            continue
